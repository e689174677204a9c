#include "commands/needs.h"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "commands/context.h"
#include "commands/project_arguments.h"
#include "commands/text_limits.h"
#include "storage/days.h"

namespace osrbot {
namespace {

using language::ArgumentKind;
using storage::Need;
using storage::NeedState;

constexpr int needs_on_a_page = 10;
constexpr std::size_t join_buttons = 3;
constexpr std::int64_t most_people = 100;
constexpr double most_hours = 80;  // a week
constexpr int names_shown = 10;
constexpr std::size_t longest_skill = 80;

std::vector<language::ArgumentSpec> wishes() {
  return {{.name = "count", .kind = ArgumentKind::count, .required = false},
          {.name = "deadline",
           .kind = ArgumentKind::date,
           .required = false,
           .introduced_by = {"by", "before", "until", "closing"}},
          {.name = "hours", .kind = ArgumentKind::hours, .required = false},
          optional_team_role(),
          {.name = "credit",
           .kind = ArgumentKind::choice,
           .required = false,
           .introduced_by = {"credit", "for credit", "for"},
           .choices = {"authorship", "group authorship", "acknowledgement"}}};
}

/// Takes what a command says about a need over into it.
void read_wishes(const Context& context, const Args& args, Need& need) {
  if (const auto* count = args.find<std::int64_t>("count")) {
    if (*count < 1 || *count > most_people) {
      throw UserError("need.count", {{"count", *count}, {"limit", most_people}}).at("count");
    }
    need.count = *count;
  }
  if (const auto* hours = args.find<double>("hours")) {
    if (!(*hours > 0 && *hours <= most_hours)) throw UserError("need.hours", {{"limit", most_hours}}).at("hours");
    need.hours = *hours;
  }
  if (const auto* date = args.find<language::DateValue>("deadline")) {
    need.deadline = date->candidates.front();
    if (std::chrono::sys_days(*need.deadline) <
        std::chrono::floor<std::chrono::days>(context.now) - std::chrono::days(1)) {
      throw UserError("need.deadline.past", {{"due", need.deadline}}).at("deadline");
    }
  }
  if (const std::string role = args.text("role"); !role.empty()) need.team_role = role;
  if (const std::string credit = args.text("credit"); !credit.empty()) need.credit = credit;
}

Arguments words_of(const Need& need) {
  return {{"need", need_ref(need.id)},
          {"project", project_ref(need.project_id)},
          {"skill", need.skill},
          {"count", need.count},
          {"filled", need.filled},
          {"hours", need.hours.value_or(0)},
          {"hasHours", need.hours ? "yes" : ""},
          {"due", need.deadline},
          {"credit", need.credit},
          {"role", need.team_role == need.skill ? "" : need.team_role},
          {"state", storage::to_string(need.state)},
          {"reason", need.closed_why}};
}

/// What a person has to know to answer a call; without it most calls are of no use to those who read them.
bool is_whole(const Need& need) {
  return need.hours && need.deadline && !need.credit.empty();
}

void say_what_is_missing(const Context& context, Message& message, const Need& need) {
  if (is_whole(need)) return;
  context.say(message, "need.missing",
              {{"need", need_ref(need.id)},
               {"hours", need.hours ? "" : "missing"},
               {"due", need.deadline ? "" : "missing"},
               {"credit", need.credit.empty() ? "missing" : ""}});
}

Button join_button(const Context& context, const Need& need) {
  const std::string ref = need_ref(need.id);
  return context.button("button.join", "join " + ref, {{"ref", ref}});
}

/// The project's homes hear of a need once it says all that matters.
void announce(Context& context, const Need& need) {
  Arguments arguments = words_of(need);
  arguments.emplace_back("title", context.project->title);
  context.announce(need.project_id, "need.announced", arguments, {join_button(context, need)}, &context.update.place);
}

void record_before(Context& context, std::string_view action, const Need& before, const Need& after) {
  context.record(action, need_ref(after.id),
                 {{"skill", after.skill},
                  {"count", after.count},
                  {"before_skill", before.skill},
                  {"before_count", before.count},
                  {"before_hours", fmt::format("{}", before.hours.value_or(0))},
                  {"before_deadline", before.deadline ? storage::day_text(*before.deadline) : std::string()},
                  {"before_credit", before.credit},
                  {"before_role", before.team_role}});
}

void run_need(Context& context, const Args& args) {
  Need need;
  need.project_id = context.project->id;
  need.skill = checked_text(args.text("skill"), "need.skill", longest_skill);
  read_wishes(context, args, need);
  need.id = storage::needs::create(context.db, need, context.sender.id, context.now);
  context.record("need.added", need_ref(need.id), {{"skill", need.skill}, {"count", need.count}});
  Message message;
  context.say(message, "need.added", words_of(need));
  say_what_is_missing(context, message, need);
  message.buttons.push_back({join_button(context, need)});
  context.reply(message);
  if (is_whole(need)) announce(context, need);
}

void run_need_edit(Context& context, const Args& args) {
  const Need before = *context.need;
  Need need = before;
  read_wishes(context, args, need);
  if (const std::string skill = args.text("skill"); !skill.empty()) {
    need.skill = checked_text(skill, "need.skill", longest_skill);
  }
  storage::needs::edit(context.db, need);
  record_before(context, "need.edited", before, need);
  need = *storage::needs::find(context.db, need.id);
  Message message;
  context.say(message, "need.edited", words_of(need));
  say_what_is_missing(context, message, need);
  context.reply(message);
  if (need.state == NeedState::open && is_whole(need) && !is_whole(before)) announce(context, need);
}

void run_need_show(Context& context, const Args&) {
  const Need& need = *context.need;
  Arguments arguments = words_of(need);
  arguments.emplace_back("title", context.project->title);
  arguments.emplace_back("names",
                         fmt::format("{}", fmt::join(storage::needs::people(context.db, need.id, names_shown), ", ")));
  std::vector<Button> buttons;
  if (need.state == NeedState::open) buttons.push_back(join_button(context, need));
  context.reply("need.show", arguments, std::move(buttons));
}

void run_need_close(Context& context, const Args& args) {
  const Need& need = *context.need;
  if (need.state == NeedState::closed) throw UserError("need.closed.already", words_of(need));
  const std::string why = checked_optional_text(args.text("reason"), "leave.reason", longest_note);
  storage::needs::close(context.db, need.id, why);
  context.record("need.closed", need_ref(need.id), {{"before", storage::to_string(need.state)}, {"why", why}});
  context.reply("need.closed", words_of(need));
}

void run_need_reopen(Context& context, const Args&) {
  const Need& before = *context.need;
  if (before.state != NeedState::closed) throw UserError("need.reopen.open", words_of(before));
  storage::needs::reopen(context.db, before.id);
  context.record("need.reopened", need_ref(before.id), {{"why", before.closed_why}});
  context.reply("need.reopened", words_of(*storage::needs::find(context.db, before.id)));
}

void run_needs(Context& context, const Args& args) {
  const auto* after = args.find<language::Ref>("after");
  const std::int64_t from = after ? after->number : 0;
  const std::string which = args.text("which");
  const bool everywhere = which == "everywhere" || !context.project;
  const bool closed_too = which == "with closed";
  const auto page =
      everywhere ? storage::needs::open_everywhere(context.db, context.sender.id, from, needs_on_a_page + 1)
                 : storage::needs::of_project(context.db, context.project->id, !closed_too, from, needs_on_a_page + 1);
  const std::string ref = everywhere ? "" : project_ref(context.project->id);
  const Arguments of_project = {{"project", ref}, {"title", everywhere ? "" : context.project->title}};
  if (page.empty()) {
    context.reply(after ? "list.end" : "needs.empty", of_project);
    return;
  }
  Message message;
  context.say(message, "needs.head", of_project);
  const std::size_t shown = std::min<std::size_t>(page.size(), needs_on_a_page);
  std::vector<Button> joins;
  for (std::size_t i = 0; i < shown; ++i) {
    Arguments line = words_of(page[i]);
    line.emplace_back("where", everywhere ? project_ref(page[i].project_id) : "");
    context.say(message, "need.line", line);
    if (page[i].state == NeedState::open && joins.size() < join_buttons) joins.push_back(join_button(context, page[i]));
  }
  if (!joins.empty()) {
    context.say(message, "needs.foot", {{"command", joins.front().command}});
    message.buttons.push_back(std::move(joins));
  }
  if (page.size() > shown) {
    message.buttons.push_back(
        {context.button("button.more", fmt::format("needs {} after {}",
                                                   everywhere ? "everywhere" : ref + (closed_too ? " with closed" : ""),
                                                   need_ref(page[shown - 1].id)))});
  }
  context.reply(message);
}

}  // namespace

Command need() {
  auto arguments = wishes();
  arguments.insert(arguments.begin(), optional_project());
  arguments.push_back({.name = "skill", .kind = ArgumentKind::rest});
  return {.name = "need",
          .aliases = {"need add", "add need", "need new", "new need", "we need"},
          .role = Role::coordinator,
          .about = About::project,
          .arguments = std::move(arguments),
          .run = run_need};
}

Command need_edit() {
  auto arguments = wishes();
  arguments.front().introduced_by = {"count"};
  arguments.insert(arguments.begin(), {.name = "need", .kind = ArgumentKind::need});
  arguments.push_back(
      {.name = "skill", .kind = ArgumentKind::text, .required = false, .introduced_by = {"skill", "skills"}});
  return {.name = "need edit",
          .aliases = {"edit need"},
          .role = Role::coordinator,
          .about = About::need,
          .arguments = std::move(arguments),
          .run = run_need_edit};
}

Command need_show() {
  return {.name = "need show",
          .aliases = {"show need"},
          .role = Role::guest,
          .about = About::need,
          .arguments = {{.name = "need", .kind = ArgumentKind::need}},
          .run = run_need_show};
}

Command need_close() {
  return {.name = "need close",
          .aliases = {"close need"},
          .role = Role::coordinator,
          .about = About::need,
          .arguments = {{.name = "need", .kind = ArgumentKind::need},
                        {.name = "reason", .kind = ArgumentKind::rest, .required = false}},
          .run = run_need_close};
}

Command need_reopen() {
  return {.name = "need reopen",
          .aliases = {"reopen need", "need open"},
          .role = Role::coordinator,
          .about = About::need,
          .arguments = {{.name = "need", .kind = ArgumentKind::need}},
          .run = run_need_reopen};
}

Command needs() {
  return {.name = "needs",
          .aliases = {"need list", "list needs"},
          .role = Role::guest,
          .about = About::anything,
          .arguments = {optional_project(),
                        {.name = "which",
                         .kind = ArgumentKind::choice,
                         .required = false,
                         .choices = {"everywhere", "with closed"}},
                        {.name = "after", .kind = ArgumentKind::need, .required = false, .introduced_by = {"after"}}},
          .run = run_needs};
}

}  // namespace osrbot
