// The work of find_dates, see dates.h: one object reads the dates of one text.
#pragma once

#include <chrono>
#include <cstddef>
#include <optional>
#include <string_view>
#include <utility>
#include <vector>

#include "commands/language/date_words.h"
#include "commands/language/dates.h"
#include "commands/language/numbers.h"

namespace osrbot::language {

constexpr int kFirstYear = 1900;  ///< years outside are no dates
constexpr int kLastYear = 2199;

class DateFinder {
 public:
  DateFinder(const Tokens& tokens, std::chrono::local_seconds now, std::string_view language);

  std::vector<DateMatch> run();

 private:
  // --- tokens

  const DateWord& word(std::size_t at) const;
  std::string_view folded(std::size_t at) const;
  bool is_number(std::size_t at) const { return tokens_.is_kind(at, TokenKind::number); }
  bool glued(std::size_t at) const { return at < tokens_.size() && tokens_[at].glued; }
  bool is_mark(std::size_t at, char mark) const;

  /// The value of a number of at most `digits` digits; -1 otherwise.
  int number(std::size_t at, std::size_t digits) const;
  int day_number(std::size_t at) const;
  /// A year of four digits, or none.
  int year_number(std::size_t at) const;

  // --- days

  static std::optional<std::chrono::year_month_day> valid(int y, int m, int d);
  int this_year() const { return static_cast<int>(std::chrono::year_month_day{today_}.year()); }

  /// The next day and month from today; 29 February waits for its leap year.
  std::optional<std::chrono::year_month_day> next_such(int m, int d) const;
  static std::chrono::year_month_day last_of(int y, int m);
  unsigned weekday_today() const { return std::chrono::weekday{today_}.iso_encoding(); }

  DateMatch match(std::size_t first, std::size_t last, std::optional<std::chrono::year_month_day> found,
                  bool relative) const;
  DateMatch match(std::size_t first, std::size_t last, std::chrono::local_days found) const;

  // --- forms

  std::optional<DateMatch> read(std::size_t at) const;

  /// 2026-05-04, 04/05/2026, 31.12.2026, and behind a marking word 31/12 and 31.12.
  std::optional<DateMatch> numeric(std::size_t at) const;

  static void add_other_order(DateMatch& found, std::optional<std::chrono::year_month_day> other);

  /// "31/12", "31.12.": without a year too much like a fraction or a heading, so a marking word or both dots are
  /// needed.
  std::optional<DateMatch> day_and_month(std::size_t at, char sign) const;
  bool followed_in_line(std::size_t at) const { return at < tokens_.size() && !tokens_[at].line_start; }

  /// "31 March", "31st of March 2026", "1. juni", "15 de mayo de 2026", "12-14 May"
  std::optional<DateMatch> day_first(std::size_t at) const;

  /// The month that begins at `at`, and the token behind it. Levantine Arabic names of two words are one month.
  std::pair<int, std::size_t> month_name(std::size_t at) const;

  /// A year behind day and month: ", 2026", "de 2026", "2026", "-26". The token behind it; 0 and `at` when there is
  /// none.
  std::pair<int, std::size_t> year_behind(std::size_t at) const;

  /// "March 31st, 2026"
  std::optional<DateMatch> month_first(std::size_t at) const;

  /// "Friday", "this Friday", "next Friday", "viernes próximo", "Friday 20 March"
  std::optional<DateMatch> with_weekday(std::size_t at) const;

  /// "end of March", "mid May", "fin du mois", "نهاية الأسبوع", "EOD"
  std::optional<DateMatch> part_of_period(std::size_t at) const;

  std::optional<DateMatch> match_part(const DateWord& part, std::size_t first, std::size_t last, int m, int y) const;

  /// The end of a week is its Friday, at the weekend its Sunday.
  std::optional<DateMatch> end_of_unit(const DateWord& part, TimeUnit unit, bool next, std::size_t first,
                                       std::size_t last) const;

  /// Hindi names the period first: "मार्च के अंत तक", "mahine ke ant tak".
  std::optional<DateMatch> hindi_part(std::size_t at) const;

  /// "today", "tomorrow", "day after tomorrow", "i morgen", "بعد غد"
  std::optional<DateMatch> named_day(std::size_t at) const;

  /// "next week" is its Monday, "next month" its first day.
  std::optional<DateMatch> coming_period(std::size_t at) const;

  /// "in two weeks", "within 10 days", "dentro de 2 semanas", "خلال أسبوعين"
  std::optional<DateMatch> in_amount(std::size_t at) const;

  /// "2 weeks from now", Hindi "दो हफ्ते में", "10 din mein"
  std::optional<DateMatch> amount_first(std::size_t at) const;

  std::optional<DateMatch> after(const Quantity& amount, std::size_t first, std::size_t last) const;

  // --- time of day

  struct Clock {
    int minute = -1;
    std::size_t last = 0;
  };

  /// "9:30", "9am", "9h30", "14.30" behind "at"; a bare hour only behind "at".
  Clock clock(std::size_t at, bool announced) const;

  void read_time(DateMatch& found) const;
  /// Behind "at 9" no unit may follow: "tomorrow at 9 hospitals" is no time.
  bool is_hour_end(std::size_t at) const;

  /// A clock without a day, behind "at": today, or tomorrow when that has passed.
  std::optional<DateMatch> clock_alone(std::size_t at) const;

  // --- what the date is

  struct Marker {
    DateRole role = DateRole::unmarked;
    std::size_t first = 0;
  };

  bool marker_before(std::size_t at) const { return find_marker(at).role != DateRole::unmarked; }

  bool ends_sentence(std::size_t at) const;

  /// Looks back from a date over articles and the like for the word that marks it.
  Marker find_marker(std::size_t date) const;

  void mark(DateMatch& found) const;

  const Tokens& tokens_;
  std::string_view language_;
  std::chrono::local_seconds now_;
  std::chrono::local_days today_;
  std::size_t floor_ = 0;  // where the last date ended: nothing before it belongs to the next
  std::vector<DateMatch> out_;
};

}  // namespace osrbot::language
