// How well a person fits a need: points for each part, whole numbers, so that an explanation adds up to the score.
// What counts and how much: docs/matching.md.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "config/config.h"

namespace osrbot::matching {

struct Skill {
  std::string id;
  bool learning = false;  ///< wants to learn it, rather than can do it

  bool operator==(const Skill&) const = default;
};

/// What matching knows of a person who has agreed to it and wants to be asked.
struct Facts {
  std::int64_t person = 0;
  std::vector<Skill> skills;
  std::optional<double> hours;  ///< a week
  std::string discipline;
  std::vector<std::string> languages;  ///< BCP-47
  std::string time_zone;               ///< IANA name; empty: not known
  bool lmic = false;                   ///< lives in a low- or middle-income country, by what they say
  bool growth = false;                 ///< that, or a student, or new, by what they say
  /// From when on they may be asked, by their own pause and by the contact limits; max(): not before something changes.
  std::chrono::sys_seconds free_from{};
  std::chrono::sys_seconds last_asked{};  ///< the epoch: never

  bool operator==(const Facts&) const = default;
};

/// What a need asks for, and what its team has already.
struct Wanted {
  std::string skill;                       ///< id of the vocabulary
  std::optional<double> hours;             ///< a week
  std::set<std::string> team_disciplines;  ///< in small letters
  std::set<std::string> team_languages;    ///< primary subtags: "pt"
  /// Hours in which somebody in that zone and the team's coordinators are awake at the same time, 0 to 12.
  std::function<int(const std::string& time_zone)> shared_hours;
  MatchingWeights weights;
};

/// Points for each part.
struct Fit {
  int skill = 0;
  int hours = 0;
  int discipline = 0;
  int language = 0;
  int waking = 0;
  int growth = 0;

  int total() const { return skill + hours + discipline + language + waking + growth; }
  bool operator==(const Fit&) const = default;
};

/// The most hours that `Wanted::shared_hours` may say: the waking day.
inline constexpr int waking_hours = 12;

// Points of one part, for whoever knows that part only.
int points_of_skill(const Wanted& wanted, bool learning);
int points_of_hours(const Wanted& wanted, const std::optional<double>& hours);
int points_of_discipline(const Wanted& wanted, std::string_view discipline);
int points_of_languages(const Wanted& wanted, const std::vector<std::string>& languages);
int points_of_time_zone(const Wanted& wanted, const std::string& time_zone);
int points_of_growth(const Wanted& wanted, bool growth);

/// All parts. `learning`: as the person's entry for the wanted skill has it.
Fit fit_of(const Facts& facts, bool learning, const Wanted& wanted);

/// "pt" of "pt-BR".
std::string_view primary_language(std::string_view tag);

/// A discipline as it is compared: in small letters (ASCII), without blanks around it.
std::string plain_discipline(std::string_view discipline);

/// Hours of the day in which two people are awake (09:00 to 21:00 by their own clocks) whose clocks are `difference`
/// apart, rounded down: 12 with the same clocks, 0 on the other side of the world.
int shared_waking_hours(std::chrono::seconds difference);

}  // namespace osrbot::matching
