#include "commands/report.h"

#include <algorithm>
#include <iterator>

#include <fmt/chrono.h>
#include <fmt/format.h>

#include "commands/context.h"
#include "commands/contributors.h"
#include "commands/csv.h"
#include "commands/skill_words.h"

namespace osrbot {
namespace {

using language::ArgumentKind;
using storage::progress::Line;
using storage::progress::Lines;
using storage::progress::Period;

constexpr int lines_in_a_message = 8;
constexpr std::int64_t bar_length = 10;

Period last_days(std::chrono::sys_seconds now, int days) {
  return {std::chrono::floor<std::chrono::days>(now) - std::chrono::days(days - 1), now + std::chrono::seconds(1)};
}

std::string day(std::chrono::sys_seconds time) {
  return fmt::format("{:%Y-%m-%d}", time);
}

std::chrono::sys_seconds last_day(const Period& period) {
  return period.to - std::chrono::seconds(1);
}

/// Writes a report in one language.
class Writer {
 public:
  Writer(const Catalogue& words, std::string_view language) : words_(words), language_(language) {}

  void say(std::string_view key, const Arguments& arguments = {}) {
    std::ranges::move(words_.blocks(language_, key, arguments), std::back_inserter(blocks));
  }

  /// A headline with the number of all, and the first of them; nothing when there are none.
  void list(std::string_view head, const Lines& lines, std::string Line::*date) {
    if (lines.first.empty()) return;
    say(head, {{"count", lines.all}});
    for (const Line& line : lines.first) {
      say("report.line",
          {{"task", task_ref(line.id)}, {"title", line.title}, {"owner", line.owner}, {"date", line.*date}});
    }
    const auto more = lines.all - std::ssize(lines.first);
    if (more > 0) say("report.more", {{"count", more}});
  }

  std::vector<Block> blocks;

 private:
  const Catalogue& words_;
  std::string_view language_;
};

void run_report(Context& context, const Args& args) {
  const bool month = args.text("period") == "month";
  const Period period = month ? last_month(context.now) : last_week(context.now);
  Message message;
  message.blocks = report_blocks(report_on(context.db, *context.project, period, lines_in_a_message),
                                 context.house.words, context.house.vocabulary, context.language_of(context.sender));
  context.reply(message);
}

}  // namespace

Period last_week(std::chrono::sys_seconds now) {
  return last_days(now, 7);
}

Period last_month(std::chrono::sys_seconds now) {
  return last_days(now, 30);
}

Report report_on(storage::Connection& db, const storage::Project& project, const Period& period, int lines) {
  namespace progress = storage::progress;
  return {.project = project,
          .period = period,
          .counts = storage::tasks::count(db, project.id),
          .done = progress::finished(db, project.id, period, lines),
          .added = progress::added(db, project.id, period, lines),
          .under_way = progress::under_way(db, project.id, lines),
          .blocked = progress::blocked(db, project.id, lines),
          .late = progress::overdue(db, project.id, day(last_day(period)), lines),
          .open = progress::unowned(db, project.id, lines),
          .people_wanted = storage::needs::people_wanted(db, project.id),
          .needs = storage::needs::of_project(db, project.id, true, 0, lines),
          .credit = storage::credits::waiting(db, project.id),
          .approvals = approvals_outstanding(db, project.id).value_or(0)};
}

std::vector<Block> report_blocks(const Report& report, const Catalogue& words, const Vocabulary& vocabulary,
                                 std::string_view language) {
  Writer writer(words, language);
  writer.say("report.head", {{"project", project_ref(report.project.id)},
                             {"title", report.project.title},
                             {"from", day(report.period.from)},
                             {"to", day(last_day(report.period))},
                             {"bar", progress_bar(report.counts.done, report.counts.all())},
                             {"done", report.counts.done},
                             {"all", report.counts.all()}});
  if (report.done.all == 0) writer.say("report.nothing");
  writer.list("report.done", report.done, &Line::done);
  if (report.added.all > 0) writer.say("report.added", {{"count", report.added.all}});
  writer.list("report.late", report.late, &Line::due);
  writer.list("report.blocked", report.blocked, &Line::claimed);
  writer.list("report.under_way", report.under_way, &Line::claimed);
  writer.list("report.open", report.open, &Line::created);
  if (report.people_wanted > 0) writer.say("report.needs", {{"count", report.people_wanted}});
  for (const storage::Need& need : report.needs) {
    writer.say(
        "report.need",
        {{"need", need_ref(need.id)}, {"count", need.wanted()}, {"skill", wanted_skill(vocabulary, need.skill)}});
  }
  if (report.credit.unconfirmed + report.credit.tasks_without + report.approvals > 0) {
    writer.say("report.credit", {{"unconfirmed", report.credit.unconfirmed},
                                 {"without", report.credit.tasks_without},
                                 {"approvals", report.approvals}});
  }
  writer.say("report.foot", {{"project", project_ref(report.project.id)}, {"open", report.open.all}});
  return std::move(writer.blocks);
}

std::string report_csv(const Report& report) {
  std::string text = csv_row({"section", "task", "title", "state", "person", "date", "due", "evidence"});
  const auto section = [&](const char* name, const Lines& lines, std::string Line::*date) {
    for (const Line& line : lines.first) {
      text +=
          csv_row({name, task_ref(line.id), line.title, line.state, line.owner, line.*date, line.due, line.evidence});
    }
  };
  section("done", report.done, &Line::done);
  section("added", report.added, &Line::created);
  section("late", report.late, &Line::due);
  section("under way", report.under_way, &Line::claimed);
  section("blocked", report.blocked, &Line::claimed);
  section("open", report.open, &Line::created);
  return text;
}

std::string tasks_csv(storage::Connection& db, std::int64_t project_id) {
  std::string text = csv_row({"task", "title", "state", "person", "size", "skill", "progress", "due", "created",
                              "claimed", "done", "evidence"});
  storage::progress::each_task(db, project_id, [&](const Line& line) {
    text += csv_row({task_ref(line.id), line.title, line.state, line.owner, line.size, line.skill,
                     std::to_string(line.progress), line.due, line.created, line.claimed, line.done, line.evidence});
  });
  return text;
}

std::string progress_bar(std::int64_t done, std::int64_t all) {
  const std::int64_t filled = all == 0 ? 0 : done * bar_length / all;
  std::string bar;
  for (std::int64_t i = 0; i < bar_length; ++i) bar += i < filled ? "▓" : "░";
  return bar;
}

Command report() {
  return {
      .name = "report",
      .aliases = {"project report"},
      .role = Role::guest,
      .about = About::project,
      .arguments = {{.name = "project", .kind = ArgumentKind::project, .required = false},
                    {.name = "period", .kind = ArgumentKind::choice, .required = false, .choices = {"week", "month"}}},
      .run = run_report};
}

}  // namespace osrbot
