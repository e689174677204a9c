#include "commands/language/dates.h"

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

#include "commands/language/date_words.h"
#include "commands/language/numbers.h"

namespace osrbot::language {
namespace {

using std::chrono::day;
using std::chrono::days;
using std::chrono::local_days;
using std::chrono::month;
using std::chrono::months;
using std::chrono::year;
using std::chrono::year_month_day;

constexpr int kFirstYear = 1900;
constexpr int kLastYear = 2199;

class DateFinder {
 public:
  DateFinder(const Tokens& tokens, std::chrono::local_seconds now, std::string_view language)
      : tokens_(tokens), language_(language), now_(now), today_(std::chrono::floor<days>(now)) {
    // Far-off clocks would overflow the calendar.
    const auto low = local_days{year{kFirstYear} / 1 / 1};
    const auto high = local_days{year{kLastYear} / 12 / 31};
    if (today_ < low || today_ > high) now_ = today_ = std::clamp(today_, low, high);
  }

  std::vector<DateMatch> run() {
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

 private:
  // --- tokens
  // -----------------------------------------------------------------------------------------------------------

  const DateWord& word(std::size_t at) const {
    return date_word(tokens_.is_kind(at, TokenKind::word) ? tokens_.folded(at) : std::string_view());
  }
  std::string_view folded(std::size_t at) const {
    return at < tokens_.size() ? tokens_.folded(at) : std::string_view();
  }
  bool is_number(std::size_t at) const { return tokens_.is_kind(at, TokenKind::number); }
  bool glued(std::size_t at) const { return at < tokens_.size() && tokens_[at].glued; }
  bool is_mark(std::size_t at, char mark) const {
    return tokens_.is_kind(at, TokenKind::punctuation) && tokens_.folded(at) == std::string_view(&mark, 1);
  }

  /// The value of a number of at most `digits` digits; -1 otherwise.
  int number(std::size_t at, std::size_t digits) const {
    if (!is_number(at) || folded(at).size() > digits) return -1;
    int value = 0;
    for (const char c : folded(at)) value = value * 10 + (c - '0');
    return value;
  }
  int day_number(std::size_t at) const {
    const auto value = number(at, 2);
    return value >= 1 && value <= 31 ? value : -1;
  }
  /// A year of four digits, or none.
  int year_number(std::size_t at) const {
    const auto value = folded(at).size() == 4 ? number(at, 4) : -1;
    return value >= kFirstYear && value <= kLastYear ? value : -1;
  }

  // --- days
  // -------------------------------------------------------------------------------------------------------------

  static std::optional<year_month_day> valid(int y, int m, int d) {
    if (y < kFirstYear || y > kLastYear || m < 1 || m > 12 || d < 1) return std::nullopt;
    const year_month_day found{year{y}, month{static_cast<unsigned>(m)}, day{static_cast<unsigned>(d)}};
    return found.ok() ? std::optional(found) : std::nullopt;
  }
  int this_year() const { return static_cast<int>(year_month_day{today_}.year()); }

  /// The next day and month from today; 29 February waits for its leap year.
  std::optional<year_month_day> next_such(int m, int d) const {
    for (int y = this_year(); y <= this_year() + 8; ++y) {
      const auto found = valid(y, m, d);
      if (found && local_days{*found} >= today_) return found;
    }
    return std::nullopt;
  }
  static year_month_day last_of(int y, int m) {
    return year_month_day{year{y} / month{static_cast<unsigned>(m)} / std::chrono::last};
  }
  unsigned weekday_today() const { return std::chrono::weekday{today_}.iso_encoding(); }

  DateMatch match(std::size_t first, std::size_t last, std::optional<year_month_day> found, bool relative) const {
    DateMatch out;
    if (found) out.candidates.push_back(*found);
    out.relative = relative;
    out.first = out.marked_first = first;
    out.last = out.marked_last = last;
    return out;
  }
  DateMatch match(std::size_t first, std::size_t last, local_days found) const {
    const auto bounded = std::min(found, local_days{year{kLastYear} / 12 / 31});
    return match(first, last, year_month_day{bounded}, true);
  }

  // --- forms
  // ------------------------------------------------------------------------------------------------------------

  std::optional<DateMatch> read(std::size_t at) const {
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

  /// 2026-05-04, 04/05/2026, 31.12.2026, and behind a marking word 31/12 and 31.12.
  std::optional<DateMatch> numeric(std::size_t at) const {
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

  static void add_other_order(DateMatch& found, std::optional<year_month_day> other) {
    if (other && (found.candidates.empty() || found.candidates.front() != *other)) found.candidates.push_back(*other);
  }

  /// "31/12", "31.12.": without a year too much like a fraction or a heading, so a marking word or both dots are
  /// needed.
  std::optional<DateMatch> day_and_month(std::size_t at, char sign) const {
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
  bool followed_in_line(std::size_t at) const { return at < tokens_.size() && !tokens_[at].line_start; }

  /// "31 March", "31st of March 2026", "1. juni", "15 de mayo de 2026", "12-14 May"
  std::optional<DateMatch> day_first(std::size_t at) const {
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

  /// The month that begins at `at`, and the token behind it. Levantine Arabic names of two words are one month.
  std::pair<int, std::size_t> month_name(std::size_t at) const {
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

  /// A year behind day and month: ", 2026", "de 2026", "2026", "-26". The token behind it; 0 and `at` when there is
  /// none.
  std::pair<int, std::size_t> year_behind(std::size_t at) const {
    auto next = at;
    if (is_mark(next, ',') || (is_mark(next, '-') && glued(next))) ++next;
    if (word(next).has(kFiller) && tokens_.is_kind(next, TokenKind::word)) ++next;
    const auto y = year_number(next);
    const bool counts =
        glued(next + 1) && (is_mark(next + 1, '-') || is_mark(next + 1, '/')) && glued(next + 2) && is_number(next + 2);
    return y > 0 && !counts ? std::pair(y, next + 1) : std::pair(0, at);
  }

  /// "March 31st, 2026"
  std::optional<DateMatch> month_first(std::size_t at) const {
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

  /// "Friday", "this Friday", "next Friday", "viernes próximo", "Friday 20 March"
  std::optional<DateMatch> with_weekday(std::size_t at) const {
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

  /// "end of March", "mid May", "fin du mois", "نهاية الأسبوع", "EOD"
  std::optional<DateMatch> part_of_period(std::size_t at) const {
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

  std::optional<DateMatch> match_part(const DateWord& part, std::size_t first, std::size_t last, int m, int y) const {
    const auto at_year = [&](int in) {
      if (part.has(kEndOf)) return std::optional(last_of(in, m));
      return valid(in, m, part.has(kMiddleOf) ? 15 : 1);
    };
    if (y > 0) return match(first, last, at_year(y), false);
    auto found = at_year(this_year());
    if (found && local_days{*found} < today_) found = at_year(this_year() + 1);
    return match(first, last, found, true);
  }

  /// The end of a week is its Friday, at the weekend its Sunday.
  std::optional<DateMatch> end_of_unit(const DateWord& part, TimeUnit unit, bool next, std::size_t first,
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

  /// Hindi names the period first: "मार्च के अंत तक", "mahine ke ant tak".
  std::optional<DateMatch> hindi_part(std::size_t at) const {
    const bool of = folded(at + 1) == "के" || folded(at + 1) == "ke";
    if (!of || !word(at + 2).has(kEndOf | kMiddleOf | kBeginningOf)) return std::nullopt;
    if (const auto m = word(at).month; m != 0) return match_part(word(at + 2), at, at + 3, m, 0);
    const auto unit = time_unit(folded(at));
    return unit ? end_of_unit(word(at + 2), *unit, false, at, at + 3) : std::nullopt;
  }

  /// "today", "tomorrow", "day after tomorrow", "i morgen", "بعد غد"
  std::optional<DateMatch> named_day(std::size_t at) const {
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
    if (what.has(kCareful) && !word(at + 1).has(kDeadlineAfter | kStartAfter) && !marker_before(at))
      return std::nullopt;
    return match(at, at + 1, today_ + days{1});
  }

  /// "next week" is its Monday, "next month" its first day.
  std::optional<DateMatch> coming_period(std::size_t at) const {
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

  /// "in two weeks", "within 10 days", "dentro de 2 semanas", "خلال أسبوعين"
  std::optional<DateMatch> in_amount(std::size_t at) const {
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

  /// "2 weeks from now", Hindi "दो हफ्ते में", "10 din mein"
  std::optional<DateMatch> amount_first(std::size_t at) const {
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

  std::optional<DateMatch> after(const Quantity& amount, std::size_t first, std::size_t last) const {
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

  // --- time of day
  // ------------------------------------------------------------------------------------------------------

  struct Clock {
    int minute = -1;
    std::size_t last = 0;
  };

  /// "9:30", "9am", "9h30", "14.30" behind "at"; a bare hour only behind "at".
  Clock clock(std::size_t at, bool announced) const {
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

  void read_time(DateMatch& found) const {
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
  /// Behind "at 9" no unit may follow: "tomorrow at 9 hospitals" is no time.
  bool is_hour_end(std::size_t at) const {
    if (at >= tokens_.size() || tokens_[at].line_start) return true;
    if (tokens_[at].kind != TokenKind::word) return true;
    return is_mark(at - 2, ':') || !is_number(at - 1) || word(at).roles != 0 || folded(at) == "for" ||
           folded(at) == "please" || folded(at) == "about" || folded(at) == "and";
  }

  /// A clock without a day, behind "at": today, or tomorrow when that has passed.
  std::optional<DateMatch> clock_alone(std::size_t at) const {
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

  // --- what the date is
  // -------------------------------------------------------------------------------------------------

  struct Marker {
    DateRole role = DateRole::unmarked;
    std::size_t first = 0;
  };

  bool marker_before(std::size_t at) const { return find_marker(at).role != DateRole::unmarked; }

  bool ends_sentence(std::size_t at) const {
    if (tokens_[at].kind != TokenKind::punctuation)
      return tokens_[at].kind != TokenKind::word && tokens_[at].kind != TokenKind::number;
    const auto mark = tokens_.folded(at);
    return mark == "." || mark == "!" || mark == "?" || mark == ";";
  }

  /// Looks back from a date over articles and the like for the word that marks it.
  Marker find_marker(std::size_t date) const {
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

  void mark(DateMatch& found) const {
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

  const Tokens& tokens_;
  std::string_view language_;
  std::chrono::local_seconds now_;
  local_days today_;
  std::size_t floor_ = 0;  // where the last date ended: nothing before it belongs to the next
  std::vector<DateMatch> out_;
};

}  // namespace

std::vector<DateMatch> find_dates(const Tokens& tokens, std::chrono::local_seconds now, std::string_view language) {
  return DateFinder(tokens, now, language).run();
}

}  // namespace osrbot::language
