// The words of dates in English, Arabic, French, Spanish, Portuguese, Danish and Hindi (both scripts).
#pragma once

#include <cstdint>
#include <string_view>

namespace osrbot::language {

/// What a word can be in a date; some words are several things.
enum DateWordRole : std::uint32_t {
  kToday = 1U << 0U,
  kTomorrow = 1U << 1U,
  kDayAfterTomorrow = 1U << 2U,
  kNextBefore = 1U << 3U,      ///< "next Friday"
  kNextAfter = 1U << 4U,       ///< "vendredi prochain"
  kThis = 1U << 5U,            ///< "this Friday"
  kEndOf = 1U << 6U,           ///< "end of March"
  kMiddleOf = 1U << 7U,        ///< "mid May"
  kBeginningOf = 1U << 8U,     ///< "beginning of June"
  kIn = 1U << 9U,              ///< "in two weeks"
  kWithin = 1U << 10U,         ///< "within two weeks": a deadline
  kInAfter = 1U << 11U,        ///< Hindi "दो हफ्ते में"
  kDeadline = 1U << 12U,       ///< "by", "avant"
  kDeadlineNoun = 1U << 13U,   ///< "deadline": a few words may stand between it and the date
  kDeadlineAfter = 1U << 14U,  ///< Hindi "31 मार्च तक"
  kStart = 1U << 15U,          ///< "from", "à partir"
  kStartAfter = 1U << 16U,     ///< Hindi "1 मई से", "1 May onwards"
  kFiller = 1U << 17U,         ///< may stand between a marking word and the date, or between day and month: "the", "de"
  kEndOfDay = 1U << 18U,       ///< "EOD"
  kNoon = 1U << 19U,
  kMidnight = 1U << 20U,
  kAt = 1U << 21U,            ///< before a time of day
  kBeforeAfter = 1U << 22U,   ///< second half of Hindi "से पहले"
  kOrdinalEnd = 1U << 23U,    ///< "31st", "1er"
  kCareful = 1U << 24U,       ///< another word elsewhere ("may", "sun"): capital letter or a marking word needed
  kPeriod = 1U << 25U,        ///< "week", "month": may be followed by "next" or a part of it
  kDayAfterLead = 1U << 26U,  ///< first word of "day after tomorrow"
};

struct DateWord {
  std::uint8_t month = 0;    ///< 1-12
  std::uint8_t weekday = 0;  ///< 1 Monday - 7 Sunday
  std::uint32_t roles = 0;
  bool has(std::uint32_t role) const { return (roles & role) != 0; }
};

/// Everything that a folded word can be; all zero for other words.
const DateWord& date_word(std::string_view folded_word);

}  // namespace osrbot::language
