#include "commands/team_warnings.h"

#include <algorithm>
#include <map>
#include <string>
#include <string_view>

#include "commands/context.h"
#include "commands/matching/pool.h"
#include "storage/needs.h"
#include "storage/phases.h"
#include "storage/team.h"

namespace osrbot {
namespace {

constexpr int needs_looked_at = 100;
constexpr int small_cell = 5;  // people, below which nothing is said about what they have in common

/// The one kind that everybody is of who has told; empty: there are several, or too few have told.
std::string only_kind(const std::map<std::string, int>& kinds) {
  if (kinds.size() != 1 || kinds.begin()->second < small_cell) return {};
  return kinds.begin()->first;
}

void say_missing_roles(Context& context, Message& message) {
  const storage::Phase phase = context.project->phase;
  if (phase < storage::Phase::protocol || phase >= storage::Phase::submitted) return;
  const auto holders = storage::team::holders(context.db, context.project->id, 0);
  const Arguments arguments = {{"project", project_ref(context.project->id)}};
  const auto wanted = storage::needs::of_project(context.db, context.project->id, true, 0, needs_looked_at);
  /// Nobody has the role, and nobody is looked for who would have it or the skill.
  const auto lacks = [&](std::string_view role, std::string_view skill = {}) {
    const bool is_wanted = std::ranges::any_of(wanted, [&](const storage::Need& need) {
      return need.team_role == role || (!skill.empty() && need.skill_id == skill);
    });
    return !is_wanted && std::ranges::find(holders, role, &storage::team::Holders::role) == holders.end();
  };
  if (lacks("statistician", "biostatistics")) context.say(message, "team.warning.statistician", arguments);
  if (lacks("data manager", "data-management")) context.say(message, "team.warning.data", arguments);
  if (lacks("supervisor") && lacks("steering")) context.say(message, "team.warning.ethics", arguments);
}

void say_sameness(Context& context, Message& message) {
  std::map<std::string, int> disciplines;
  std::map<std::string, int> incomes;
  const auto count = [&](std::string_view told, std::string_view country) {
    const std::string discipline = matching::plain_discipline(told);
    if (!discipline.empty()) ++disciplines[discipline];
    const std::string_view income = context.house.pool.incomes().group_of(country);
    if (!income.empty()) ++incomes[std::string(income)];
  };
  storage::team::each_origin(context.db, context.project->id, storage::team::members_looked_at, count);
  const std::string ref = project_ref(context.project->id);
  if (const std::string discipline = only_kind(disciplines); !discipline.empty()) {
    context.say(message, "team.warning.discipline", {{"project", ref}, {"discipline", discipline}});
  }
  if (std::string income = only_kind(incomes); !income.empty()) {
    std::ranges::replace(income, '-', '_');  // as the catalogue's choices are written
    context.say(message, "team.warning.income", {{"project", ref}, {"income", income}});
  }
}

}  // namespace

void say_team_warnings(Context& context, Message& message) {
  say_missing_roles(context, message);
  say_sameness(context, message);
}

}  // namespace osrbot
