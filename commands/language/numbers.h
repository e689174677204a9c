// Amounts as people write them: "2", "٢", "two", "deux", "3-4", "60 %", "half a day", "5h/week", "5 heures par
// semaine". Digits of any script; number words and units of English, Arabic, French, Spanish, Portuguese, Danish and
// Hindi (both scripts). The tables are in numbers.cpp and not in the lexicon: a language's numbers are nothing to tune.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "commands/language/tokens.h"

namespace osrbot::language {

/// More hours a week than these are meant by nobody.
inline constexpr double kMostHoursAWeek = 80;

enum class QuantityKind : std::uint8_t {
  number,          ///< 2, two, 3-4, 4,500,000
  percentage,      ///< 60%
  duration,        ///< 30 min, half a day, 2 weeks: low and high count `unit`
  hours_per_week,  ///< 5h/week: low and high count hours
};

enum class QuantityForm : std::uint8_t {
  digits,
  word,     ///< "two", "deux"
  article,  ///< "a", "une": one, but only before something that can be counted
};

enum class TimeUnit : std::uint8_t { minute, hour, day, week, month, year };

struct Quantity {
  QuantityKind kind = QuantityKind::number;
  QuantityForm form = QuantityForm::digits;
  double low = 0;
  double high = 0;  ///< of a range; otherwise equal to `low`
  TimeUnit unit = TimeUnit::minute;
  std::size_t first = 0;  ///< tokens [first, last)
  std::size_t last = 0;

  bool is_range() const { return high > low; }
  bool is_whole() const;
};

/// The quantity that begins at token `at`. Numbers that are part of something else are none: "P12", "#11", "4th",
/// "04/05/2026", "10:30", ORCID and the like, and those of more than 15 digits.
/// `language` (BCP-47, empty: unknown) decides about number words that are other words elsewhere: Danish "to", Spanish
/// "once", Hindi "do" count only in their own language.
std::optional<Quantity> read_quantity(const Tokens& tokens, std::size_t at, std::string_view language = {});

/// All quantities from left to right; none overlap. Linear time.
std::vector<Quantity> find_quantities(const Tokens& tokens, std::string_view language = {});

/// Length of a duration (its lower end); a month is 30 days, a year 365. Amounts beyond 100 years are cut there.
std::chrono::minutes length_of(const Quantity& duration);

/// The unit that a folded word names in any of the languages ("weeks", "semaine", "اسابيع"); abbreviations ("h", "d")
/// count only behind digits and are not found here.
std::optional<TimeUnit> time_unit(std::string_view folded_word);

}  // namespace osrbot::language
