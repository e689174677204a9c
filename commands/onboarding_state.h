// Where somebody is in their first conversation; kept as the payload of the dialogue.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "commands/language/self_description.h"

namespace osrbot {

/// In the order in which they are asked. `zone` is asked only where a country has several clocks.
enum class OnboardingStep : std::uint8_t { consent, languages, skills, wants, hours, place, zone, first_timer };

inline constexpr int questions_counted = 6;  // as people count them: without consent and clock

/// "hours": in buttons' commands and in the catalogue's keys.
std::string_view to_string(OnboardingStep question);
std::optional<OnboardingStep> question_named(std::string_view name);

/// 1 to 6, as people are shown it; 0 for those that are not counted.
int number_of(OnboardingStep question);

/// What kind of answer it wants.
language::Asked asked_by(OnboardingStep question);

/// An answer in the person's own words, for as long as the conversation goes on: they may edit it.
struct WrittenAnswer {
  OnboardingStep question = OnboardingStep::consent;
  std::string message;  ///< the platform's id
  std::string words;
};

struct OnboardingState {
  OnboardingStep at = OnboardingStep::consent;
  bool told_early = false;               ///< something of themselves, before they agreed that it is kept
  std::vector<OnboardingStep> answered;  ///< or skipped, or told before they were asked
  std::vector<std::string> draft;  ///< messages of somebody who has consented, until they say that they were understood
  std::string country;             ///< whose clock is asked for
  std::optional<std::int64_t> project;
  std::vector<WrittenAnswer> written;  ///< the last to each question, and all that are in the draft

  bool is_answered(OnboardingStep question) const;
  void set_answered(OnboardingStep question);
  void add_to_draft(std::string words);
  std::size_t draft_size() const;  ///< bytes
  void set_written(WrittenAnswer answer);
  /// The answer that a message is; nothing: it is none of the last.
  std::optional<WrittenAnswer> answer_in(std::string_view message) const;
  /// The next question that is not answered; nothing: there is none.
  std::optional<OnboardingStep> next() const;
  /// The question before this one; the first of them for the first.
  OnboardingStep previous() const;
};

std::string to_json(const OnboardingState& state);
/// Throws nlohmann::json::exception when `json` is no state.
OnboardingState onboarding_state_from(const std::string& json);

}  // namespace osrbot
