#include "commands/need_terms.h"

#include <fmt/format.h>

#include "commands/context.h"
#include "commands/local_time.h"
#include "commands/post_reading.h"
#include "commands/project_arguments.h"
#include "commands/searches.h"
#include "commands/skill_words.h"
#include "commands/text_limits.h"
#include "storage/days.h"

namespace osrbot {
namespace {

using language::ArgumentKind;
using storage::Need;

constexpr std::int64_t most_people = 100;

void record_edit(Context& context, const Need& before, const Need& after) {
  context.record("need.edited", need_ref(after.id),
                 {{"skill", after.skill},
                  {"count", after.count},
                  {"before_skill", before.skill},
                  {"before_count", before.count},
                  {"before_hours", fmt::format("{}", before.hours.value_or(0))},
                  {"before_deadline", before.deadline ? storage::day_text(*before.deadline) : std::string()},
                  {"before_credit", before.credit},
                  {"before_role", before.team_role}});
}

}  // namespace

std::vector<language::ArgumentSpec> need_terms() {
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

std::vector<language::FormValue> kept_terms(const Need& need) {
  std::vector<language::FormValue> kept = {{.argument = "skill", .text = need.skill},
                                           {.argument = "count", .text = fmt::format("{}", need.count)}};
  if (need.deadline) kept.push_back({.argument = "deadline", .text = storage::day_text(*need.deadline)});
  if (need.hours) kept.push_back({.argument = "hours", .text = fmt::format("{}", *need.hours)});
  if (!need.team_role.empty()) kept.push_back({.argument = "role", .text = need.team_role});
  if (!need.credit.empty()) kept.push_back({.argument = "credit", .text = need.credit});
  return kept;
}

std::vector<language::FormValue> terms_in(const Context& context, std::string_view words) {
  const House& house = context.house;
  const std::string& language = context.language_of(context.sender);
  const language::Post post = read_post(house, words, context.now, "", true);
  std::vector<language::FormValue> terms;
  if (!post.needs.empty()) {
    terms.push_back({.argument = "skill", .text = skill_label(house.vocabulary, post.needs.front().skill, language)});
  } else if (!post.skills.empty()) {
    terms.push_back({.argument = "skill", .text = skill_label(house.vocabulary, post.skills.front(), language)});
  } else if (const std::string line = in_a_line(words, longest_skill + 1); in_a_line(line, longest_skill) == line) {
    terms.push_back({.argument = "skill", .text = line});
  }
  const auto count = post.needs.empty() ? post.count : post.needs.front().count;
  if (count) terms.push_back({.argument = "count", .text = fmt::format("{}", *count)});
  if (!post.deadline.empty()) terms.push_back({.argument = "deadline", .text = post.deadline});
  if (post.extra.hours_per_week) {
    terms.push_back({.argument = "hours", .text = fmt::format("{}", *post.extra.hours_per_week)});
  }
  if (post.project.starts_with('P')) terms.push_back({.argument = "project", .text = post.project});
  return terms;
}

void read_terms(const Context& context, const Args& args, Need& need) {
  if (args.emptied("count")) need.count = 1;
  if (args.emptied("deadline")) need.deadline.reset();
  if (args.emptied("hours")) need.hours.reset();
  if (args.emptied("role")) need.team_role.clear();
  if (args.emptied("credit")) need.credit.clear();
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
    if (*need.deadline < local_day(context.now, context.sender.time_zone)) {
      throw UserError("need.deadline.past", {{"due", need.deadline}}).at("deadline");
    }
  }
  if (const std::string role = args.text("role"); !role.empty()) need.team_role = role;
  if (const std::string credit = args.text("credit"); !credit.empty()) need.credit = credit;
}

Arguments words_of(const House& house, const Need& need) {
  return {{"need", need_ref(need.id)},
          {"project", project_ref(need.project_id)},
          {"skill", wanted_skill(house.vocabulary, need.skill)},
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

bool is_whole(const Need& need) {
  return need.hours && need.deadline && !need.credit.empty();
}

void set_skill(const Context& context, Need& need, std::string_view words) {
  need.skill = checked_text(std::string(words), "need.skill", longest_skill);
  need.skill_id = skill_in(context.house.vocabulary, need.skill);
}

Button join_button(const Context& context, const Need& need) {
  const std::string ref = need_ref(need.id);
  return context.button("button.join", "join " + ref, {{"ref", ref}});
}

void announce_if_whole(Context& context, const Need& need, const Need* before) {
  const bool was_whole = before != nullptr && is_whole(*before);
  if (need.state != storage::NeedState::open || !is_whole(need) || was_whole) return;
  Arguments arguments = words_of(context.house, need);
  arguments.emplace_back("title", context.project->title);
  context.announce(need.project_id, "need.announced", arguments, {join_button(context, need)}, &context.update.place);
}

Need keep_edited(Context& context, const Need& before, const Need& after) {
  storage::needs::edit(context.db, after);
  record_edit(context, before, after);
  const Need need = *storage::needs::find(context.db, after.id);
  if (need.state == storage::NeedState::filled) end_search(context, need, "filled");
  return need;
}

}  // namespace osrbot
