// Days counted from today: next Friday, end of March, tomorrow, in two weeks.
#include <algorithm>

#include "commands/language/date_finder.h"

namespace osrbot::language {

using std::chrono::day;
using std::chrono::days;
using std::chrono::local_days;
using std::chrono::month;
using std::chrono::months;
using std::chrono::year;
using std::chrono::year_month_day;

std::optional<DateMatch> DateFinder::with_weekday(std::size_t at) const {
  const auto lead = word(at);
  const bool led = lead.weekday == 0 && lead.has(kNextBefore | kThis) && word(at + 1).weekday != 0;
  const auto named = led ? at + 1 : at;
  const auto weekday = word(named).weekday;
  if (weekday == 0) return std::nullopt;
  auto last = named + 1;
  const bool feira = folded(last) == "feira";
  if (feira) ++last;

  auto behind = last;
  if (is_mark(behind, ',') || (is_mark(behind, '.') && glued(behind))) ++behind;
  for (int fillers = 0; fillers < 2 && word(behind).has(kFiller) && word(behind).month == 0; ++fillers) ++behind;
  if (behind < tokens_.size()) {
    auto dated = is_number(behind) ? numeric(behind) : std::nullopt;
    if (!dated && is_number(behind)) dated = day_first(behind);
    if (!dated) dated = month_first(behind);
    if (dated) {
      dated->first = dated->marked_first = at;
      return dated;
    }
  }

  const bool next_after = word(last).has(kNextAfter);
  const bool coming = folded(last) == "que" && (folded(last + 1) == "viene" || folded(last + 1) == "vem");
  if (word(named).has(kCareful) && !led && !next_after && !coming && !feira && !marker_before(at)) {
    // "Sat" may be a weekday where it is written like one; "segunda" and "sun" alone never are.
    return std::nullopt;
  }
  if (next_after) ++last;
  if (coming) last += 2;
  auto ahead = (weekday + 7U - weekday_today()) % 7U;
  if (led && folded(at) == "next") ahead = 7U - weekday_today() + weekday;
  if ((next_after || coming || (led && lead.has(kNextBefore) && folded(at) != "next")) && ahead == 0) ahead = 7;
  return match(at, last, today_ + days{ahead});
}

std::optional<DateMatch> DateFinder::part_of_period(std::size_t at) const {
  const auto& what = word(at);
  if (what.has(kEndOfDay)) return match(at, at + 1, today_);
  if (!what.has(kEndOf | kMiddleOf | kBeginningOf)) return hindi_part(at);
  auto next = at + 1;
  if (is_mark(next, '-')) ++next;
  for (int fillers = 0; fillers < 2 && word(next).has(kFiller) && word(next).month == 0; ++fillers) ++next;
  const bool this_one = word(next).has(kThis);
  const bool next_one = word(next).has(kNextBefore);
  if (this_one || next_one) ++next;
  if (const auto m = month_name(next); m.first != 0 && !(word(next).has(kCareful) && what.roles == kBeginningOf)) {
    const auto [y, last] = year_behind(m.second);
    return match_part(what, at, y > 0 ? last : m.second, m.first, y);
  }
  const auto unit = tokens_.is_kind(next, TokenKind::word) ? time_unit(folded(next)) : std::nullopt;
  if (!unit) return std::nullopt;
  const bool tied = this_one || next_one || next > at + 1 || folded(next).starts_with("ال");
  if (!tied) return std::nullopt;
  auto last = next + 1;
  const bool next_after = word(last).has(kNextAfter);
  if (next_after) ++last;
  return end_of_unit(what, *unit, next_one || next_after, at, last);
}

std::optional<DateMatch> DateFinder::match_part(const DateWord& part, std::size_t first, std::size_t last, int m,
                                                int y) const {
  const auto at_year = [&](int in) {
    if (part.has(kEndOf)) return std::optional(last_of(in, m));
    return valid(in, m, part.has(kMiddleOf) ? 15 : 1);
  };
  if (y > 0) return match(first, last, at_year(y), false);
  auto found = at_year(this_year());
  if (found && local_days{*found} < today_) found = at_year(this_year() + 1);
  return match(first, last, found, true);
}

std::optional<DateMatch> DateFinder::end_of_unit(const DateWord& part, TimeUnit unit, bool next, std::size_t first,
                                                 std::size_t last) const {
  const year_month_day now{today_};
  switch (unit) {
    case TimeUnit::day:
      return part.has(kEndOf) ? std::optional(match(first, last, today_ + days{next ? 1 : 0})) : std::nullopt;
    case TimeUnit::week: {
      if (!part.has(kEndOf)) return std::nullopt;
      const auto monday = today_ - days{weekday_today() - 1} + days{next ? 7 : 0};
      const bool weekend = !next && weekday_today() > 5;
      return match(first, last, monday + days{weekend ? 6 : 4});
    }
    case TimeUnit::month: {
      const auto shifted = now.year() / now.month() + months{next ? 1 : 0};
      auto found = match_part(part, first, last, static_cast<int>(static_cast<unsigned>(shifted.month())),
                              static_cast<int>(shifted.year()));
      if (found) found->relative = true;
      if (found && !next && local_days{found->candidates.front()} < today_) return std::nullopt;
      return found;
    }
    case TimeUnit::year: {
      if (!part.has(kEndOf)) return std::nullopt;
      auto found = match(first, last, valid(this_year() + (next ? 1 : 0), 12, 31), true);
      return found;
    }
    default:
      return std::nullopt;
  }
}

std::optional<DateMatch> DateFinder::hindi_part(std::size_t at) const {
  const bool of = folded(at + 1) == "के" || folded(at + 1) == "ke";
  if (!of || !word(at + 2).has(kEndOf | kMiddleOf | kBeginningOf)) return std::nullopt;
  if (const auto m = word(at).month; m != 0) return match_part(word(at + 2), at, at + 3, m, 0);
  const auto unit = time_unit(folded(at));
  return unit ? end_of_unit(word(at + 2), *unit, false, at, at + 3) : std::nullopt;
}

std::optional<DateMatch> DateFinder::named_day(std::size_t at) const {
  const auto& what = word(at);
  const auto before = at > 0 ? folded(at - 1) : std::string_view();
  if (folded(at) == "day" && folded(at + 1) == "after" && word(at + 2).has(kTomorrow))
    return match(at, at + 3, today_ + days{2});
  if (folded(at) == "after" && word(at + 1).has(kTomorrow) && before == "day") return std::nullopt;
  if (folded(at) == "apres" && word(at + 1).has(kTomorrow)) return match(at, at + 2, today_ + days{2});
  if (folded(at) == "pasado" && word(at + 1).has(kTomorrow)) return match(at, at + 2, today_ + days{2});
  if (folded(at) == "depois" && folded(at + 1) == "de" && word(at + 2).has(kTomorrow))
    return match(at, at + 3, today_ + days{2});
  if (folded(at) == "بعد" && folded(at + 1) == "غد") return match(at, at + 2, today_ + days{2});
  if (folded(at) == "i" && folded(at + 1) == "dag") return match(at, at + 2, today_);
  if (folded(at) == "i" && folded(at + 1) == "morgen") return match(at, at + 2, today_ + days{1});
  if (folded(at) == "i" && folded(at + 1) == "overmorgen") return match(at, at + 2, today_ + days{2});
  if (what.has(kToday)) return match(at, at + 1, today_);
  if (what.has(kDayAfterTomorrow)) return match(at, at + 1, today_ + days{2});
  if (!what.has(kTomorrow)) return std::nullopt;
  if (before == "la" || before == "esta") return std::nullopt;  // "por la mañana": in the morning
  // "kal" is yesterday as well, "غد" hardly stands alone.
  if (what.has(kCareful) && !word(at + 1).has(kDeadlineAfter | kStartAfter) && !marker_before(at)) return std::nullopt;
  return match(at, at + 1, today_ + days{1});
}

std::optional<DateMatch> DateFinder::coming_period(std::size_t at) const {
  auto next = at;
  const bool led = word(at).has(kNextBefore);
  if (led) ++next;
  const auto unit = tokens_.is_kind(next, TokenKind::word) ? time_unit(folded(next)) : std::nullopt;
  if (!unit) return std::nullopt;
  auto last = next + 1;
  if (!led) {
    const bool coming = folded(last) == "que" && (folded(last + 1) == "viene" || folded(last + 1) == "vem");
    if (!word(last).has(kNextAfter) && !coming) return std::nullopt;
    last += coming ? 2U : 1U;
  }
  if (*unit == TimeUnit::week) return match(at, last, today_ + days{8 - weekday_today()});
  if (*unit != TimeUnit::month) return std::nullopt;
  const auto now = year_month_day{today_};
  return match(at, last, local_days{(now.year() / now.month() + months{1}) / day{1}});
}

std::optional<DateMatch> DateFinder::in_amount(std::size_t at) const {
  if (!word(at).has(kIn | kWithin)) return std::nullopt;
  auto next = at + 1;
  const bool de = folded(next) == "de" || folded(next) == "a" || folded(next) == "for" || folded(next) == "the";
  if (de && word(at).has(kWithin)) next = folded(next + 1) == "next" ? next + 2 : next + 1;
  if (folded(at) == "daqui" && (folded(next) == "a")) ++next;
  const auto amount = read_quantity(tokens_, next, language_.empty() ? std::string_view("en") : language_);
  if (!amount || amount->kind != QuantityKind::duration || amount->is_range()) return std::nullopt;
  const auto behind = folded(amount->last);
  // "within 30 days of surgery", "in 2 weeks of training": no date of this text
  if (behind == "of" || behind == "after" || behind == "following" || behind == "post" || behind == "de" ||
      behind == "apres")
    return std::nullopt;
  auto found = after(*amount, at, amount->last);
  if (found && word(at).has(kWithin)) found->role = DateRole::deadline;
  return found;
}

std::optional<DateMatch> DateFinder::amount_first(std::size_t at) const {
  if (at + 1 >= tokens_.size()) return std::nullopt;
  const bool counts = tokens_[at].kind == TokenKind::number || !tokens_[at].capital || tokens_[at].line_start;
  if (!counts) return std::nullopt;
  const auto amount = read_quantity(tokens_, at, language_);
  if (!amount || amount->kind != QuantityKind::duration || amount->is_range()) return std::nullopt;
  if (folded(amount->last) == "from" && (folded(amount->last + 1) == "now" || word(amount->last + 1).has(kToday))) {
    return after(*amount, at, amount->last + 2);
  }
  if (word(amount->last).has(kInAfter) && amount->unit != TimeUnit::hour) return after(*amount, at, amount->last + 1);
  return std::nullopt;
}

std::optional<DateMatch> DateFinder::after(const Quantity& amount, std::size_t first, std::size_t last) const {
  constexpr double kMost = 10000;
  if (amount.low > kMost) return std::nullopt;
  const auto whole = static_cast<int>(amount.low);
  switch (amount.unit) {
    case TimeUnit::minute:
    case TimeUnit::hour: {
      const auto moment = now_ + length_of(amount);
      const auto day_of = std::chrono::floor<days>(moment);
      auto found = match(first, last, day_of);
      found.minute_of_day = static_cast<int>(std::chrono::floor<std::chrono::minutes>(moment - day_of).count());
      return found;
    }
    case TimeUnit::day:
    case TimeUnit::week:
      return match(first, last, today_ + std::chrono::ceil<days>(length_of(amount)));
    case TimeUnit::month:
    case TimeUnit::year: {
      const auto now = year_month_day{today_};
      const auto shifted = now.year() / now.month() + months{amount.unit == TimeUnit::year ? whole * 12 : whole};
      if (static_cast<int>(shifted.year()) > kLastYear) return std::nullopt;
      const auto end = year_month_day{shifted / std::chrono::last};
      return match(first, last, year_month_day{shifted / std::min(now.day(), end.day())}, true);
    }
  }
  return std::nullopt;
}

}  // namespace osrbot::language
