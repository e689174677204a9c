// What stands around a date: a time of day, and the words that make it a deadline or a start.
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

DateFinder::Clock DateFinder::clock(std::size_t at, bool announced) const {
  if (word(at).has(kNoon)) return {12 * 60, at + 1};
  if (word(at).has(kMidnight)) return {23 * 60 + 59, at + 1};
  int hour = number(at, 2);
  if (hour < 0 || hour > 24) return {};
  int minute = 0;
  auto last = at + 1;
  bool sure = announced;
  const bool french = folded(last) == "h" && glued(last);
  if ((is_mark(last, ':') || (announced && is_mark(last, '.'))) && glued(last) && glued(last + 1) &&
      folded(last + 1).size() == 2 && number(last + 1, 2) >= 0) {
    minute = number(last + 1, 2);
    last += 2;
    sure = true;
    if (is_mark(last, ':') && glued(last) && number(last + 1, 2) >= 0) last += 2;  // seconds
  } else if (french && announced) {
    ++last;
    if (glued(last) && number(last, 2) >= 0) minute = number(last++, 2);
  }
  const auto half = folded(last);
  if (half == "am" || half == "pm") {
    if (hour < 1 || hour > 12) return {};
    hour = hour % 12 + (half == "pm" ? 12 : 0);
    sure = true;
    ++last;
  }
  if (!sure || minute > 59 || hour * 60 + minute > 24 * 60) return {};
  if (glued(last) && tokens_.is_kind(last, TokenKind::word)) return {};
  return {std::min(hour * 60 + minute, 24 * 60 - 1), last};
}

void DateFinder::read_time(DateMatch& found) const {
  if (found.minute_of_day >= 0) return;
  auto at = found.last;
  if (is_mark(at, ',')) ++at;
  if (folded(at) == "t" && glued(at)) ++at;  // 2026-05-04T10:00
  const bool sign = is_mark(at, '@');
  const bool announced = word(at).has(kAt) || sign;
  if (announced) ++at;
  if (folded(at) == "las" || (announced && is_mark(at, '.'))) ++at;
  if (const auto time = clock(at, announced); time.minute >= 0 && !(announced && !is_hour_end(time.last))) {
    found.minute_of_day = time.minute;
    found.last = found.marked_last = time.last;
    return;
  }
  // "9am tomorrow", "at 9 tomorrow"
  for (std::size_t back = 1; back <= 4 && back <= found.first && found.first - back >= floor_; ++back) {
    const auto begin = found.first - back;
    const bool led = word(begin).has(kAt) && folded(begin) == "at";
    const auto time = clock(led ? begin + 1 : begin, led);
    if (time.minute < 0) continue;
    if (time.last != found.first && !(time.last + 1 == found.first && folded(time.last) == "on")) continue;
    found.minute_of_day = time.minute;
    const bool at_before = !led && begin > floor_ && folded(begin - 1) == "at";
    found.first = found.marked_first = at_before ? begin - 1 : begin;
    return;
  }
}

bool DateFinder::is_hour_end(std::size_t at) const {
  if (at >= tokens_.size() || tokens_[at].line_start) return true;
  if (tokens_[at].kind != TokenKind::word) return true;
  return is_mark(at - 2, ':') || !is_number(at - 1) || word(at).roles != 0 || folded(at) == "for" ||
         folded(at) == "please" || folded(at) == "about" || folded(at) == "and";
}

std::optional<DateMatch> DateFinder::clock_alone(std::size_t at) const {
  if (at == 0 || folded(at - 1) != "at" || at - 1 < floor_) return std::nullopt;
  const auto time = clock(at, false);
  if (time.minute < 0) return std::nullopt;
  const auto behind = time.last;
  if (behind < tokens_.size() && !tokens_[behind].line_start &&
      (word(behind).has(kToday | kTomorrow | kThis | kNextBefore) || word(behind).weekday != 0 ||
       folded(behind) == "on")) {
    return std::nullopt;  // the day follows and will take the time along
  }
  const auto passed = today_ + std::chrono::minutes{time.minute} <= now_;
  auto found = match(at - 1, behind, today_ + days{passed ? 1 : 0});
  found.minute_of_day = time.minute;
  return found;
}

bool DateFinder::ends_sentence(std::size_t at) const {
  if (tokens_[at].kind != TokenKind::punctuation)
    return tokens_[at].kind != TokenKind::word && tokens_[at].kind != TokenKind::number;
  const auto mark = tokens_.folded(at);
  return mark == "." || mark == "!" || mark == "?" || mark == ";";
}

DateFinder::Marker DateFinder::find_marker(std::size_t date) const {
  constexpr std::size_t kNounReach = 5;
  bool near = true;
  for (std::size_t back = 1; back <= kNounReach && back <= date && date - back >= floor_; ++back) {
    const auto at = date - back;
    if (tokens_[at + 1].line_start && !is_mark(at, ':')) return {};
    const auto& what = word(at);
    if (near && what.has(kDeadline)) {
      const bool denied = at > 0 && folded(at) == "before" && folded(at - 1) == "not";
      return {denied ? DateRole::start : DateRole::deadline, at};
    }
    if (near && what.has(kStart)) return {DateRole::start, at};
    if (what.has(kDeadlineNoun)) return {DateRole::deadline, at};
    if (ends_sentence(at)) return {};
    if (!what.has(kFiller) && !is_mark(at, ':') && !is_mark(at, '-') && what.weekday == 0) near = false;
  }
  return {};
}

void DateFinder::mark(DateMatch& found) const {
  const auto next = found.last;
  const bool same_line = next < tokens_.size() && !tokens_[next].line_start;
  if (same_line && word(next).has(kStartAfter) && word(next + 1).has(kBeforeAfter)) {
    found.role = DateRole::deadline;
    found.marked_last = next + 2;
    return;
  }
  if (same_line && word(next).has(kDeadlineAfter)) {
    found.role = DateRole::deadline;
    found.marked_last = next + 1;
    return;
  }
  if (const auto marker = find_marker(found.first); marker.role != DateRole::unmarked) {
    found.role = marker.role;
    found.marked_first = marker.first;
    return;
  }
  const auto lead = word(found.first);
  if (found.role == DateRole::unmarked && lead.has(kEndOfDay)) found.role = DateRole::deadline;
  if (same_line && word(next).has(kStartAfter) && found.role == DateRole::unmarked) {
    found.role = DateRole::start;
    found.marked_last = next + 1;
  }
}

}  // namespace osrbot::language
