#include "commands/candidates.h"

#include <algorithm>
#include <map>
#include <utility>

#include "commands/local_time.h"
#include "commands/matching/contact_limits.h"
#include "commands/matching/pool.h"
#include "commands/user_error.h"
#include "storage/invitations.h"
#include "storage/projects.h"
#include "storage/tasks.h"
#include "storage/team.h"

namespace osrbot {
namespace {

using matching::Candidate;
using matching::Wanted;

constexpr int needs_of_a_skill = 50;
constexpr std::size_t at_first = 24;  // candidates whom the tables may rule out cost little

std::chrono::seconds offset_of(const std::string& zone, std::chrono::sys_seconds now) {
  return to_local(now, zone).time_since_epoch() - now.time_since_epoch();
}

int factor(const std::map<std::string, int>& noes, const std::string& reason) {
  const auto found = noes.find(reason);
  return 1 + (found == noes.end() ? 0 : std::min(2, found->second));
}

/// Holds as many tasks as they want, or as anybody may.
bool has_no_room(const Voice& voice, const storage::Person& person) {
  const TaskConfig& tasks = voice.house.config.tasks;
  const auto profile = storage::profiles::find(voice.db, person.id);
  std::int64_t limit = person.first_timer ? tasks.first_timer_limit : tasks.limit;
  if (profile && profile->task_limit) limit = std::min(limit, *profile->task_limit);
  return std::cmp_greater_equal(storage::tasks::held_by(voice.db, person.id, static_cast<int>(limit)).size(), limit);
}

std::optional<matching::Facts> facts_of(const Voice& voice, std::int64_t person_id) {
  const MatchingConfig& config = voice.house.config.matching;
  const auto volunteer = storage::volunteers::find(voice.db, person_id, matching::history_needed(config.limits));
  if (!volunteer) return std::nullopt;
  return matching::facts_of(*volunteer, voice.house.pool.incomes(), config);
}

/// How the person knows the skill; nothing: not at all.
std::optional<bool> learning(const matching::Facts& facts, const std::string& skill) {
  const auto found = std::ranges::find(facts.skills, skill, &matching::Skill::id);
  return found == facts.skills.end() ? std::nullopt : std::optional(found->learning);
}

Reasons reasons_for(const matching::Facts& facts, bool is_learning, const Wanted& wanted,
                    const std::string& missing_role) {
  Reasons reasons{.skill = wanted.skill,
                  .learning = is_learning,
                  .hours = facts.hours,
                  .hours_wanted = wanted.hours,
                  .role = missing_role,
                  .discipline = {},
                  .language = {},
                  .shared_hours = {},
                  .growth = facts.growth};
  const std::string discipline = matching::plain_discipline(facts.discipline);
  if (!wanted.team_disciplines.contains(discipline)) reasons.discipline = discipline;
  for (const std::string& one : facts.languages) {
    const std::string primary(matching::primary_language(one));
    if (reasons.language.empty() && wanted.team_languages.contains(primary)) reasons.language = primary;
  }
  if (!facts.time_zone.empty()) reasons.shared_hours = wanted.shared_hours(facts.time_zone);
  return reasons;
}

/// The role that the need is for, if nobody in the team has it.
std::string missing_role(const Voice& voice, const storage::Need& need) {
  if (need.team_role.empty()) return {};
  const auto holders = storage::team::holders(voice.db, need.project_id, 0);
  const bool held = std::ranges::find(holders, need.team_role, &storage::team::Holders::role) != holders.end();
  return held ? std::string() : need.team_role;
}

/// What the tables say of somebody whom the index proposes; nothing: they are not to be asked.
std::optional<Proposal> look_up(const Voice& voice, const storage::Need& need, const Wanted& wanted,
                                const std::string& role, const Candidate& candidate) {
  const auto facts = facts_of(voice, candidate.person);
  if (!facts || facts->free_from > voice.now) return std::nullopt;
  const auto is_learning = learning(*facts, wanted.skill);
  if (!is_learning || storage::invitations::is_ruled_out(voice.db, need.id, candidate.person)) return std::nullopt;
  auto person = storage::people::find(voice.db, candidate.person);
  if (!person || has_no_room(voice, *person)) return std::nullopt;
  const bool reachable = storage::people::direct_conversation(voice.db, person->id, {}).has_value();
  return Proposal{.person = std::move(*person),
                  .candidate = candidate,
                  .reasons = reasons_for(*facts, *is_learning, wanted, role),
                  .reachable = reachable};
}

}  // namespace

Wanted wanted_by(const Voice& voice, const storage::Need& need) {
  Wanted wanted{.skill = need.skill_id,
                .hours = need.hours,
                .team_disciplines = {},
                .team_languages = {},
                .shared_hours = {},
                .weights = voice.house.config.matching.weights};
  std::vector<std::chrono::seconds> offsets;  // of those who coordinate
  for (const storage::team::Background& one :
       storage::team::backgrounds(voice.db, need.project_id, storage::team::members_looked_at)) {
    const std::string discipline = matching::plain_discipline(one.discipline);
    if (!discipline.empty()) wanted.team_disciplines.insert(discipline);
    for (const std::string& language : one.languages) {
      wanted.team_languages.emplace(matching::primary_language(language));
    }
    if (one.coordinates && !one.time_zone.empty()) offsets.push_back(offset_of(one.time_zone, voice.now));
  }
  wanted.shared_hours = [offsets = std::move(offsets), now = voice.now](const std::string& zone) {
    int most = 0;
    const auto theirs = offset_of(zone, now);
    for (const auto offset : offsets) most = std::max(most, matching::shared_waking_hours(theirs - offset));
    return most;
  };
  const auto noes = storage::invitations::reasons(voice.db, need.id);
  wanted.weights.hours *= factor(noes, "time");
  wanted.weights.language *= factor(noes, "language");
  if (factor(noes, "skill") > 1) wanted.weights.learner_percent /= factor(noes, "skill");
  return wanted;
}

std::vector<Proposal> candidates_for(const Voice& voice, const storage::Need& need, std::size_t limit, bool lmic_only) {
  if (need.skill_id.empty()) throw UserError("match.no_skill", {{"need", "N" + std::to_string(need.id)}});
  const matching::Index* index = voice.house.pool.index(voice.db);
  if (index == nullptr) throw UserError("match.preparing");
  const Wanted wanted = wanted_by(voice, need);
  const std::string role = missing_role(voice, need);
  std::vector<Proposal> proposals;
  std::size_t looked_at = 0;
  for (std::size_t shown = limit + at_first;; shown *= 4) {
    const auto best = index->best({.wanted = wanted,
                                   .now = voice.now,
                                   .limit = shown,
                                   .lmic_only = lmic_only,
                                   .seed = static_cast<std::uint64_t>(need.id)});
    for (; looked_at < best.size() && proposals.size() < limit; ++looked_at) {
      if (auto proposal = look_up(voice, need, wanted, role, best[looked_at])) {
        proposals.push_back(std::move(*proposal));
      }
    }
    if (proposals.size() == limit || best.size() < shown) return proposals;
  }
}

std::vector<Proposal> next_wave(const Voice& voice, const storage::Need& need, std::size_t size) {
  auto ranked = candidates_for(voice, need, size);
  auto lmic = candidates_for(voice, need, matching::lmic_places(size), true);
  const auto candidates = [](const std::vector<Proposal>& proposals) {
    std::vector<Candidate> result;
    for (const Proposal& one : proposals) result.push_back(one.candidate);
    return result;
  };
  std::vector<Proposal> wave;
  for (const Candidate& picked : matching::pick_wave(size, candidates(ranked), candidates(lmic))) {
    for (auto* proposals : {&ranked, &lmic}) {
      const auto found =
          std::ranges::find(*proposals, picked.person, [](const Proposal& one) { return one.person.id; });
      if (found == proposals->end()) continue;
      wave.push_back(*found);
      break;
    }
  }
  return wave;
}

std::vector<Suggestion> suggestions_for(const Voice& voice, std::int64_t person_id, std::size_t limit) {
  const auto facts = facts_of(voice, person_id);
  if (!facts) return {};
  std::vector<Suggestion> suggestions;
  for (const matching::Skill& skill : facts->skills) {
    for (storage::Need& need : storage::needs::open_for_skill(voice.db, skill.id, person_id, needs_of_a_skill)) {
      const Wanted wanted = wanted_by(voice, need);
      suggestions.push_back(
          {.need = std::move(need), .fit = matching::fit_of(*facts, skill.learning, wanted), .reasons = {}});
      Suggestion& last = suggestions.back();
      last.reasons = reasons_for(*facts, skill.learning, wanted, missing_role(voice, last.need));
    }
  }
  std::ranges::stable_sort(suggestions, std::ranges::greater(),
                           [](const Suggestion& one) { return std::pair(one.fit.total(), one.need.id); });
  if (suggestions.size() > limit)
    suggestions.erase(suggestions.begin() + static_cast<std::ptrdiff_t>(limit), suggestions.end());
  return suggestions;
}

}  // namespace osrbot
