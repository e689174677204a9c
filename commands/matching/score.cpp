#include "commands/matching/score.h"

#include <algorithm>
#include <cmath>
#include <cstdlib>

namespace osrbot::matching {
namespace {

int points(int weight, double share) {
  return static_cast<int>(std::lround(weight * share));
}

}  // namespace

int points_of_skill(const Wanted& wanted, bool learning) {
  return learning ? points(wanted.weights.skill, wanted.weights.learner_percent / 100.0) : wanted.weights.skill;
}

int points_of_hours(const Wanted& wanted, const std::optional<double>& hours) {
  if (!hours || !wanted.hours) return 0;
  return points(wanted.weights.hours, std::min(1.0, *hours / *wanted.hours));
}

int points_of_discipline(const Wanted& wanted, std::string_view discipline) {
  const std::string plain = plain_discipline(discipline);
  return plain.empty() || wanted.team_disciplines.contains(plain) ? 0 : wanted.weights.discipline;
}

int points_of_languages(const Wanted& wanted, const std::vector<std::string>& languages) {
  const bool shared = std::ranges::any_of(languages, [&](const std::string& language) {
    return wanted.team_languages.contains(std::string(primary_language(language)));
  });
  return shared ? wanted.weights.language : 0;
}

int points_of_time_zone(const Wanted& wanted, const std::string& time_zone) {
  if (time_zone.empty()) return 0;
  return points(wanted.weights.waking, static_cast<double>(wanted.shared_hours(time_zone)) / waking_hours);
}

int points_of_growth(const Wanted& wanted, bool growth) {
  return growth ? wanted.weights.growth : 0;
}

Fit fit_of(const Facts& facts, bool learning, const Wanted& wanted) {
  return {.skill = points_of_skill(wanted, learning),
          .hours = points_of_hours(wanted, facts.hours),
          .discipline = points_of_discipline(wanted, facts.discipline),
          .language = points_of_languages(wanted, facts.languages),
          .waking = points_of_time_zone(wanted, facts.time_zone),
          .growth = points_of_growth(wanted, facts.growth)};
}

std::string_view primary_language(std::string_view tag) {
  return tag.substr(0, tag.find('-'));
}

std::string plain_discipline(std::string_view discipline) {
  while (discipline.starts_with(' ')) discipline.remove_prefix(1);
  while (discipline.ends_with(' ')) discipline.remove_suffix(1);
  std::string plain(discipline);
  std::ranges::transform(plain, plain.begin(),
                         [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
  return plain;
}

int shared_waking_hours(std::chrono::seconds difference) {
  constexpr std::chrono::seconds day = std::chrono::days(1);
  std::chrono::seconds apart(std::abs(difference.count()) % day.count());
  apart = std::min(apart, day - apart);
  return static_cast<int>(std::max<std::int64_t>(
      0, std::chrono::floor<std::chrono::hours>(std::chrono::hours(waking_hours) - apart).count()));
}

}  // namespace osrbot::matching
