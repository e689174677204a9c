// Dates as people write them, found in the tokens of a text: 2026-05-04, 31 March, March 31st, 31/12/2026, 31.12., next
// Friday, this Friday, tomorrow, in two weeks, end of March, mid May, end of the week, EOD; with a time of day ("at 9",
// "14:30", "5pm") where one follows. Month and weekday names of English, Arabic, French, Spanish, Portuguese, Danish
// and Hindi (both scripts), digits of any script. A date is never guessed: 04/05/2026 has two candidates, 31 February
// none.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include "commands/language/tokens.h"

namespace osrbot::language {

/// What the words around a date say that it is.
enum class DateRole : std::uint8_t {
  unmarked,
  deadline,  ///< by, before, closing, until · avant · antes del · até · inden · قبل · तक (which follows the date)
  start,  ///< starting, from · à partir de · desde · a partir de · fra · ابتداء من · से (which follows the date)
};

struct DateMatch {
  std::vector<std::chrono::year_month_day> candidates;  ///< one day, or two with day-before-month first
  int minute_of_day = -1;                               ///< -1: no time of day was given
  DateRole role = DateRole::unmarked;
  bool relative = false;  ///< counted from `now` or without a year ("31 March"), so that it means another day next year
  std::size_t first = 0;  ///< tokens [first, last) of the date without the words that mark it
  std::size_t last = 0;
  std::size_t marked_first = 0;  ///< tokens [marked_first, marked_last): with them
  std::size_t marked_last = 0;

  bool is_ambiguous() const { return candidates.size() > 1; }
};

/// All dates from left to right; none overlap. Rules:
///  * Without a year it is the next such day from `now`, today included.
///  * "Friday" and "this Friday" are the next Friday from today, today included; "next Friday" is the Friday of the
///    week after this one (weeks begin on Monday).
///  * D/M/Y and M/D/Y: both candidates unless one of them is no date or both are the same day. Dots (31.12.2026) are
///    always day first; Y-M-D always ISO.
///  * A two-digit year is of this century. Years before 1900 and after 2199 are no dates.
///  * A span ("12-14 May") is its last day.
/// `language` as for read_quantity. Linear time.
std::vector<DateMatch> find_dates(const Tokens& tokens, std::chrono::local_seconds now, std::string_view language = {});

}  // namespace osrbot::language
