#include "commands/language/dates.h"

#include <algorithm>
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

DateFinder::DateFinder(const Tokens& tokens, std::chrono::local_seconds now, std::string_view language)
    : tokens_(tokens), language_(language), now_(now), today_(std::chrono::floor<days>(now)) {
  // Far-off clocks would overflow the calendar.
  const auto low = local_days{year{kFirstYear} / 1 / 1};
  const auto high = local_days{year{kLastYear} / 12 / 31};
  if (today_ < low || today_ > high) now_ = today_ = std::clamp(today_, low, high);
}

std::vector<DateMatch> DateFinder::run() {
  for (std::size_t at = 0; at < tokens_.size();) {
    auto found = read(at);
    if (!found) {
      ++at;
      continue;
    }
    at = found->last;
    if (found->candidates.empty()) continue;  // 31 February: its parts are no dates either
    read_time(*found);
    mark(*found);
    at = found->marked_last;
    floor_ = at;
    out_.push_back(*std::move(found));
  }
  return std::move(out_);
}

const DateWord& DateFinder::word(std::size_t at) const {
  return date_word(tokens_.is_kind(at, TokenKind::word) ? tokens_.folded(at) : std::string_view());
}

std::string_view DateFinder::folded(std::size_t at) const {
  return at < tokens_.size() ? tokens_.folded(at) : std::string_view();
}

bool DateFinder::is_mark(std::size_t at, char mark) const {
  return tokens_.is_kind(at, TokenKind::punctuation) && tokens_.folded(at) == std::string_view(&mark, 1);
}

int DateFinder::number(std::size_t at, std::size_t digits) const {
  if (!is_number(at) || folded(at).size() > digits) return -1;
  int value = 0;
  for (const char c : folded(at)) value = value * 10 + (c - '0');
  return value;
}

int DateFinder::day_number(std::size_t at) const {
  const auto value = number(at, 2);
  return value >= 1 && value <= 31 ? value : -1;
}

int DateFinder::year_number(std::size_t at) const {
  const auto value = folded(at).size() == 4 ? number(at, 4) : -1;
  return value >= kFirstYear && value <= kLastYear ? value : -1;
}

std::optional<year_month_day> DateFinder::valid(int y, int m, int d) {
  if (y < kFirstYear || y > kLastYear || m < 1 || m > 12 || d < 1) return std::nullopt;
  const year_month_day found{year{y}, month{static_cast<unsigned>(m)}, day{static_cast<unsigned>(d)}};
  return found.ok() ? std::optional(found) : std::nullopt;
}

std::optional<year_month_day> DateFinder::next_such(int m, int d) const {
  for (int y = this_year(); y <= this_year() + 8; ++y) {
    const auto found = valid(y, m, d);
    if (found && local_days{*found} >= today_) return found;
  }
  return std::nullopt;
}

year_month_day DateFinder::last_of(int y, int m) {
  return year_month_day{year{y} / month{static_cast<unsigned>(m)} / std::chrono::last};
}

DateMatch DateFinder::match(std::size_t first, std::size_t last, std::optional<year_month_day> found,
                            bool relative) const {
  DateMatch out;
  if (found) out.candidates.push_back(*found);
  out.relative = relative;
  out.first = out.marked_first = first;
  out.last = out.marked_last = last;
  return out;
}

DateMatch DateFinder::match(std::size_t first, std::size_t last, local_days found) const {
  const auto bounded = std::min(found, local_days{year{kLastYear} / 12 / 31});
  return match(first, last, year_month_day{bounded}, true);
}

std::optional<DateMatch> DateFinder::read(std::size_t at) const {
  switch (tokens_[at].kind) {
    case TokenKind::number: {
      if (auto found = numeric(at)) return found;
      if (auto found = day_first(at)) return found;
      if (auto found = amount_first(at)) return found;
      return clock_alone(at);
    }
    case TokenKind::word: {
      const auto& what = word(at);
      if (what.month == 0 && what.weekday == 0 && what.roles == 0) return amount_first(at);
      if (auto found = with_weekday(at)) return found;
      if (auto found = part_of_period(at)) return found;
      if (auto found = month_first(at)) return found;
      if (auto found = named_day(at)) return found;
      if (auto found = coming_period(at)) return found;
      if (auto found = in_amount(at)) return found;
      return amount_first(at);
    }
    default:
      return std::nullopt;
  }
}

std::vector<DateMatch> find_dates(const Tokens& tokens, std::chrono::local_seconds now, std::string_view language) {
  return DateFinder(tokens, now, language).run();
}

}  // namespace osrbot::language
