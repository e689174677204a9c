// Numbers and units of time in words, of English, Arabic, French, Spanish, Portuguese, Danish and Hindi (both scripts).
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "commands/language/numbers.h"

namespace osrbot::language {

struct NumberWord {
  int value = 0;
  bool article = false;  ///< "a", "une"
};

/// The number that a folded word is in `language`, or in any language when it is no other word in another.
std::optional<NumberWord> number_word(std::string_view folded_word, std::string_view language);

/// "half", "demi", "media", "halv", "نصف", "आधा".
bool means_half(std::string_view folded_word);

/// A unit that is its own amount: Arabic duals ("أسبوعين" is two weeks).
struct DualUnit {
  TimeUnit unit = TimeUnit::day;
  int amount = 2;
};
std::optional<DualUnit> dual_unit(std::string_view folded_word);

/// "h", "d", "wk": units that count only right behind digits.
std::optional<TimeUnit> unit_abbreviation(std::string_view folded_word);

/// Words of "5 hours a week": what may stand between the unit and the week, and adverbs that hold both ("weekly").
bool ties_to_week(std::string_view folded_word);
bool means_weekly(std::string_view folded_word);

/// Words that may stand between a number and its hours: "5 free hours".
bool means_free(std::string_view folded_word);

/// "percent", "procent" ...
bool means_percent(std::string_view folded_word);

/// Between the ends of a range: "3 to 4", "3 à 4", "3 til 4".
bool means_to(std::string_view folded_word);

}  // namespace osrbot::language
