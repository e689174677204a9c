// Days of the calendar by their numbers and names: 2026-05-04, 31.12., 31 March, March 31st.
#include <utility>

#include "commands/language/date_finder.h"

namespace osrbot::language {

using std::chrono::day;
using std::chrono::days;
using std::chrono::local_days;
using std::chrono::month;
using std::chrono::months;
using std::chrono::year;
using std::chrono::year_month_day;

std::optional<DateMatch> DateFinder::numeric(std::size_t at) const {
  if (glued(at) && at > 0 && tokens_[at - 1].kind != TokenKind::punctuation) return std::nullopt;
  if (glued(at) && at > 1 && glued(at - 1) && is_number(at - 2)) return std::nullopt;  // the tail of a longer chain
  for (const char sign : {'-', '/', '.'}) {
    if (!is_mark(at + 1, sign) || !glued(at + 1) || !glued(at + 2) || !is_number(at + 2)) continue;
    const bool three = is_mark(at + 3, sign) && glued(at + 3) && is_number(at + 4) && glued(at + 4);
    if (!three) return sign == '-' ? std::nullopt : day_and_month(at, sign);
    const bool chain = glued(at + 5) && tokens_.is_kind(at + 5, TokenKind::punctuation) && glued(at + 6) &&
                       is_number(at + 6) && !is_mark(at + 5, ':');
    if (chain) return std::nullopt;
    const auto last = at + 5;
    if (const auto y = year_number(at); y > 0)
      return match(at, last, valid(y, number(at + 2, 2), number(at + 4, 2)), false);
    auto y = year_number(at + 4);
    if (folded(at + 4).size() == 2) y = 2000 + number(at + 4, 2);
    if (y <= 0 || folded(at).size() > 2 || folded(at + 2).size() > 2) return std::nullopt;
    auto out = match(at, last, valid(y, number(at + 2, 2), number(at, 2)), false);
    if (sign != '.') add_other_order(out, valid(y, number(at, 2), number(at + 2, 2)));
    return out;
  }
  return std::nullopt;
}

void DateFinder::add_other_order(DateMatch& found, std::optional<year_month_day> other) {
  if (other && (found.candidates.empty() || found.candidates.front() != *other)) found.candidates.push_back(*other);
}

std::optional<DateMatch> DateFinder::day_and_month(std::size_t at, char sign) const {
  const auto d = day_number(at);
  const auto m = day_number(at + 2);
  if (d < 0 || m < 0 || (d > 12 && m > 12)) return std::nullopt;
  const bool dotted =
      sign == '.' && is_mark(at + 3, '.') && glued(at + 3) && folded(at).size() + folded(at + 2).size() >= 3;
  if (!dotted && !marker_before(at)) return std::nullopt;
  const bool unit_follows = tokens_.is_kind(at + 3, TokenKind::word) && time_unit(folded(at + 3));
  if (!dotted && (unit_follows || is_mark(at + 3, '%'))) return std::nullopt;
  auto out = match(at, dotted && followed_in_line(at + 4) ? at + 4 : at + 3, next_such(m, d), true);
  if (sign == '/') add_other_order(out, next_such(d, m));
  return out;
}

std::optional<DateMatch> DateFinder::day_first(std::size_t at) const {
  if (glued(at) && at > 0 && tokens_[at - 1].kind == TokenKind::word) return std::nullopt;
  auto d = day_number(at);
  if (d < 0) return std::nullopt;
  auto next = at + 1;
  if (word(next).has(kOrdinalEnd) && glued(next)) ++next;
  // A span ends on its last day.
  if ((is_mark(next, '-') || folded(next) == "to" || folded(next) == "til" || folded(next) == "au" ||
       folded(next) == "al") &&
      day_number(next + 1) > d) {
    const auto behind = word(next + 2).has(kOrdinalEnd) && glued(next + 2) ? next + 3 : next + 2;
    if (word(behind).month != 0) {
      d = day_number(next + 1);
      next = behind;
    }
  }
  if (is_mark(next, '.') && glued(next)) ++next;
  if (is_mark(next, '-') && glued(next) && glued(next + 1)) ++next;  // 31-Mar-2026
  for (int fillers = 0; fillers < 2 && word(next).month == 0 && word(next).has(kFiller); ++fillers) ++next;
  const auto m = month_name(next);
  if (m.first == 0) return std::nullopt;
  next = m.second;
  const auto [y, last] = year_behind(next);
  if (y > 0) return match(at, last, valid(y, m.first, d), false);
  return match(at, next, next_such(m.first, d), true);
}

std::pair<int, std::size_t> DateFinder::month_name(std::size_t at) const {
  const auto& what = word(at);
  if (what.month != 0)
    return {what.month,
            is_mark(at + 1, '.') && glued(at + 1) && is_number(at + 2) && followed_in_line(at + 2) ? at + 2 : at + 1};
  const auto first = folded(at);
  const auto second = folded(at + 1);
  if (first == "كانون" && second == "الثاني") return {1, at + 2};
  if (first == "كانون" && second == "الاول") return {12, at + 2};
  if (first == "تشرين" && second == "الاول") return {10, at + 2};
  if (first == "تشرين" && second == "الثاني") return {11, at + 2};
  return {0, at};
}

std::pair<int, std::size_t> DateFinder::year_behind(std::size_t at) const {
  auto next = at;
  if (is_mark(next, ',') || (is_mark(next, '-') && glued(next))) ++next;
  if (word(next).has(kFiller) && tokens_.is_kind(next, TokenKind::word)) ++next;
  const auto y = year_number(next);
  const bool counts =
      glued(next + 1) && (is_mark(next + 1, '-') || is_mark(next + 1, '/')) && glued(next + 2) && is_number(next + 2);
  return y > 0 && !counts ? std::pair(y, next + 1) : std::pair(0, at);
}

std::optional<DateMatch> DateFinder::month_first(std::size_t at) const {
  const auto m = month_name(at);
  if (m.first == 0) return std::nullopt;
  auto next = m.second;
  if (folded(next) == "the" && is_number(next + 1)) ++next;
  const auto d = day_number(next);
  if (d < 0 || (is_mark(next + 1, ':') && glued(next + 1)) || (is_mark(next + 1, '%'))) return std::nullopt;
  auto last = next + 1;
  const bool ordinal = word(last).has(kOrdinalEnd) && glued(last);
  if (ordinal) ++last;
  if (!ordinal && glued(last) && tokens_.is_kind(last, TokenKind::word)) return std::nullopt;  // "March 5k"
  // A span ends on its last day.
  int end_day = d;
  if (is_mark(last, '-') && day_number(last + 1) > d) {
    end_day = day_number(last + 1);
    last += word(last + 2).has(kOrdinalEnd) && glued(last + 2) ? 3U : 2U;
  }
  const auto [y, behind] = year_behind(last);
  if (y > 0) return match(at, behind, valid(y, m.first, end_day), false);
  const bool sure = ordinal || tokens_[at].capital || marker_before(at);
  if (word(at).has(kCareful) && !sure) return std::nullopt;
  const bool counted = at > 0 && folded(at - 1) == "in";  // "in March 3 people joined"
  if (counted && !ordinal) return std::nullopt;
  return match(at, last, next_such(m.first, end_day), true);
}

}  // namespace osrbot::language
