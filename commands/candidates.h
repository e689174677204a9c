// Who fits a need, and what for a person: the best by the index, each looked up in the tables again, with reasons.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "adapters/message.h"
#include "commands/matching/score.h"
#include "commands/matching/wave.h"
#include "commands/voice.h"
#include "storage/needs.h"
#include "storage/people.h"

namespace osrbot {

/// Why somebody is proposed for a need, as it can be told to them and to coordinators. What does not count for them is
/// empty, or false.
struct Reasons {
  std::string skill;  ///< id of the vocabulary
  bool learning = false;
  std::optional<double> hours;         ///< a week, of the person
  std::optional<double> hours_wanted;  ///< a week, of the need
  std::string role;                    ///< of the team, which nobody has and the need is for
  std::string discipline;              ///< of the person, that nobody in the team has
  std::string language;                ///< a primary subtag: in common with the team
  std::optional<int> shared_hours;     ///< a day, awake at the same time as a coordinator; nothing: not known
  bool growth = false;

  bool operator==(const Reasons&) const = default;
};

std::string to_json(const Reasons& reasons);
Reasons reasons_from_json(std::string_view json);

/// Says them to the person: "You listed R; …".
void say_reasons(const Voice& voice, Message& message, const std::string& language, const Reasons& reasons);

/// Somebody who may be asked now.
struct Proposal {
  storage::Person person;
  matching::Candidate candidate;
  Reasons reasons;
  bool reachable = false;  ///< there is a private conversation with the bot
};

/// What a need asks for, and what its team has. What people have answered no for weighs more: twice after one such
/// answer, three times after more.
matching::Wanted wanted_by(const Voice& voice, const storage::Need& need);

/// The best `limit` of those who may be asked for a need now, the best first: the index proposes, the tables decide
/// (consent, pause, contact limits, capacity, conflict of interest, earlier answers). Throws UserError while the index
/// is being built, and for a need without a known skill.
std::vector<Proposal> candidates_for(const Voice& voice, const storage::Need& need, std::size_t limit,
                                     bool lmic_only = false);

/// Whom the next wave of `size` asks, the best first, by the rule of fairness.
std::vector<Proposal> next_wave(const Voice& voice, const storage::Need& need, std::size_t size);

/// An open need for somebody.
struct Suggestion {
  storage::Need need;
  matching::Fit fit;
  Reasons reasons;
};

/// The open needs that fit a person best, at most `limit`, the best first. Nothing for who has not consented, or said
/// what they can do.
std::vector<Suggestion> suggestions_for(const Voice& voice, std::int64_t person_id, std::size_t limit);

}  // namespace osrbot
