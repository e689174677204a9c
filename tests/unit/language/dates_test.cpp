#include "commands/language/dates.h"

#include <string>

#include <doctest/doctest.h>
#include <fmt/format.h>

#include "tests/unit/language/fixture.h"

using namespace osrbot::language;

namespace {

/// "2026-05-04|2026-04-05 deadline [04/05/2026]" per date.
std::string dates_in(std::string_view text, std::string_view language = {},
                     std::chrono::local_seconds now = wednesday()) {
  const Tokens tokens(text);
  std::string out;
  for (const auto& match : find_dates(tokens, now, language)) {
    if (!out.empty()) out += ", ";
    for (const auto& day : match.candidates) {
      if (&day != &match.candidates.front()) out += "|";
      out += fmt::format("{:04}-{:02}-{:02}", static_cast<int>(day.year()), static_cast<unsigned>(day.month()),
                         static_cast<unsigned>(day.day()));
    }
    if (match.minute_of_day >= 0)
      out += fmt::format("T{:02}:{:02}", match.minute_of_day / 60, match.minute_of_day % 60);
    if (match.role == DateRole::deadline) out += " deadline";
    if (match.role == DateRole::start) out += " start";
  }
  return out;
}

struct DateCase {
  std::string text;
  std::string dates;
  std::string language = {};
};

template <std::size_t n>
void check_dates(const DateCase (&cases)[n]) {
  for (const auto& [text, dates, language] : cases) {
    CAPTURE(text);
    CHECK(dates_in(text, language) == dates);
  }
}

}  // namespace

TEST_CASE("absolute dates") {
  const DateCase cases[] = {
      {"2026-05-04", "2026-05-04"},
      {"2026/05/04", "2026-05-04"},
      {"2026-05-04T10:30", "2026-05-04T10:30"},
      {"31 March", "2026-03-31"},
      {"31 March 2026", "2026-03-31"},
      {"31 March, 2027", "2027-03-31"},
      {"31st of March", "2026-03-31"},
      {"the 31st March", "2026-03-31"},
      {"March 31st", "2026-03-31"},
      {"March 31, 2026", "2026-03-31"},
      {"Mar 31", "2026-03-31"},
      {"31-Mar-2026", "2026-03-31"},
      {"31 Mar. 2026", "2026-03-31"},
      {"MARCH 31", "2026-03-31"},
      {"31/12/2026", "2026-12-31"},
      {"12/31/2026", "2026-12-31"},
      {"31.12.2026", "2026-12-31"},
      {"31.12.", "2026-12-31"},
      {"31-12-2026", "2026-12-31"},
      {"31/12/26", "2026-12-31"},
      {"by 31/12", "2026-12-31 deadline"},
      {"Friday 20 March", "2026-03-20"},
      {"Friday, 20 March 2026", "2026-03-20"},
      {"12-14 May", "2026-05-14"},
      {"12 to 14 May", "2026-05-14"},
      {"May 12-14, 2026", "2026-05-14"},
      {"17 March", "2027-03-17"},  // yesterday: the next one
      {"18 March", "2026-03-18"},
      {"29 February", "2028-02-29"},
      {"May 5th", "2026-05-05"},
      {"١٥ أبريل", "2026-04-15"},
      {"١٥/١٢/٢٠٢٦", "2026-12-15"},
      {"१५ अप्रैल २०२६", "2026-04-15"},
  };
  check_dates(cases);
}

TEST_CASE("a date that may be two days has both, day before month first") {
  const DateCase cases[] = {
      {"04/05/2026", "2026-05-04|2026-04-05"},
      {"4-5-2026", "2026-05-04|2026-04-05"},
      {"04.05.2026", "2026-05-04"},
      {"05/05/2026", "2026-05-05"},
      {"13/05/2026", "2026-05-13"},
      {"05/13/2026", "2026-05-13"},
      {"by 04/05", "2026-05-04|2026-04-05 deadline"},
  };
  check_dates(cases);
}

TEST_CASE("what is no date is none") {
  for (const std::string text : {
           "31 Feb",
           "30 February 2026",
           "31/02/2026",
           "32 March",
           "31 April",
           "2026-13-01",
           "2026-02-30",
           "0/0/2026",
           "24/7",
           "3/4 of them",
           "1/2",
           "P12",
           "T31",
           "200 CT scans",
           "version 1.2.3",
           "10.1016/S0140-6736",
           "10:30",
           "March",
           "in March",
           "in March 3 people joined",
           "we may 5 times",
           "March 5k run",
           "2026",
           "0000-0002-1825-0097",
           "192.168.1.12",
           "1-2-3",
           "12-34-5678",
           "sat at home",
           "the sun",
           "fri",
           "in total 5",
           "second",
           "within 30 days of surgery",
           "mortality in 30 days after surgery",
           "5h/week",
           "por la mañana",
           "99999999999/1/2026",
           "14:30",
           "a mar",
       }) {
    CAPTURE(text);
    CHECK(dates_in(text) == "");
  }
}

TEST_CASE("relative dates") {
  const DateCase cases[] = {
      {"today", "2026-03-18"},
      {"tomorrow", "2026-03-19"},
      {"the day after tomorrow", "2026-03-20"},
      {"Friday", "2026-03-20"},
      {"this Friday", "2026-03-20"},
      {"next Friday", "2026-03-27"},
      {"next Monday", "2026-03-23"},
      {"Wednesday", "2026-03-18"},
      {"in two weeks", "2026-04-01"},
      {"in 3 days", "2026-03-21"},
      {"in a week", "2026-03-25"},
      {"in one month", "2026-04-18"},
      {"in a year", "2027-03-18"},
      {"in 2 hours", "2026-03-18T12:00"},
      {"in 30 min", "2026-03-18T10:30"},
      {"2 weeks from now", "2026-04-01"},
      {"within 2 weeks", "2026-04-01 deadline"},
      {"within the next 10 days", "2026-03-28 deadline"},
      {"end of March", "2026-03-31"},
      {"the end of February", "2027-02-28"},
      {"end of Feb 2028", "2028-02-29"},
      {"mid May", "2026-05-15"},
      {"mid-May", "2026-05-15"},
      {"middle of May", "2026-05-15"},
      {"end of the month", "2026-03-31"},
      {"end of this week", "2026-03-20"},
      {"end of next month", "2026-04-30"},
      {"end of the year", "2026-12-31"},
      {"end of day", "2026-03-18"},
      {"end of the day", "2026-03-18"},
      {"by EOD", "2026-03-18 deadline"},
      {"next week", "2026-03-23"},
      {"next month", "2026-04-01"},
      {"tomorrow at 9", "2026-03-19T09:00"},
      {"tomorrow at 9:30 pm", "2026-03-19T21:30"},
      {"tomorrow 9am", "2026-03-19T09:00"},
      {"at 5pm tomorrow", "2026-03-19T17:00"},
      {"Friday noon", "2026-03-20T12:00"},
      {"at 14:30", "2026-03-18T14:30"},
      {"at 9am", "2026-03-19T09:00"},
      {"tomorrow at 9 hospitals", "2026-03-19"},
  };
  check_dates(cases);
  using namespace std::chrono;
  const auto saturday = local_days{year{2026} / 3 / 21} + hours{10};
  CHECK(dates_in("next Friday", "", saturday) == "2026-03-27");
  CHECK(dates_in("this Friday", "", saturday) == "2026-03-27");
  CHECK(dates_in("end of the week", "", saturday) == "2026-03-22");
  const auto last_of_january = local_days{year{2026} / 1 / 31};
  CHECK(dates_in("in one month", "", last_of_january) == "2026-02-28");
}

TEST_CASE("words around a date say what it is") {
  const DateCase cases[] = {
      {"sign up by 31 March 2026", "2026-03-31 deadline"},
      {"before the 31st of March", "2026-03-31 deadline"},
      {"Closing 15 April", "2026-04-15 deadline"},
      {"closes on 15 April", "2026-04-15 deadline"},
      {"until Friday", "2026-03-20 deadline"},
      {"no later than 15 April", "2026-04-15 deadline"},
      {"deadline: 15 April", "2026-04-15 deadline"},
      {"deadline for abstracts is 15 April", "2026-04-15 deadline"},
      {"Deadline 15/04/2026", "2026-04-15 deadline"},
      {"apply by Friday 5pm", "2026-03-20T17:00 deadline"},
      {"by next Friday", "2026-03-27 deadline"},
      {"by end of March", "2026-03-31 deadline"},
      {"by the end of the month", "2026-03-31 deadline"},
      {"by tomorrow", "2026-03-19 deadline"},
      {"by may 5", "2026-05-05 deadline"},
      {"starting next Monday", "2026-03-23 start"},
      {"starting from 1 May", "2026-05-01 start"},
      {"from 1 May", "2026-05-01 start"},
      {"available after 1 May", "2026-05-01 start"},
      {"not before 1 May", "2026-05-01 start"},
      {"starting 1 April, apply by 25 March", "2026-04-01 start, 2026-03-25 deadline"},
      {"we meet on 1 May. Deadline soon", "2026-05-01"},
      {"deadline soon! Meeting 1 May", "2026-05-01"},
  };
  check_dates(cases);
}

TEST_CASE("dates in the other languages") {
  const DateCase cases[] = {
      {"Réponse avant le 30 avril", "2026-04-30 deadline", "fr"},
      {"jusqu'au 1er mai 2026", "2026-05-01 deadline", "fr"},
      {"au plus tard le 5 mai", "2026-05-05 deadline", "fr"},
      {"date limite : 15 avril", "2026-04-15 deadline", "fr"},
      {"d'ici le 15 avril", "2026-04-15 deadline", "fr"},
      {"avant vendredi", "2026-03-20 deadline", "fr"},
      {"vendredi prochain", "2026-03-20", "fr"},
      {"dans deux semaines", "2026-04-01", "fr"},
      {"à partir du 1er mai", "2026-05-01 start", "fr"},
      {"avant fin mars", "2026-03-31 deadline", "fr"},
      {"avant la fin du mois", "2026-03-31 deadline", "fr"},
      {"mi-mai", "2026-05-15", "fr"},
      {"demain", "2026-03-19", "fr"},
      {"demain à 9h30", "2026-03-19T09:30", "fr"},
      {"la semaine prochaine", "2026-03-23", "fr"},
      {"Antes del 15 de mayo", "2026-05-15 deadline", "es"},
      {"hasta el 15 de mayo de 2027", "2027-05-15 deadline", "es"},
      {"fecha límite: 15 de mayo", "2026-05-15 deadline", "es"},
      {"antes del viernes", "2026-03-20 deadline", "es"},
      {"el próximo lunes", "2026-03-23", "es"},
      {"el lunes que viene", "2026-03-23", "es"},
      {"en dos semanas", "2026-04-01", "es"},
      {"dentro de 2 semanas", "2026-04-01 deadline", "es"},
      {"a partir del 1 de mayo", "2026-05-01 start", "es"},
      {"desde el 1 de mayo", "2026-05-01 start", "es"},
      {"antes de finales de marzo", "2026-03-31 deadline", "es"},
      {"a fin de mes", "2026-03-31", "es"},
      {"a mediados de mayo", "2026-05-15", "es"},
      {"mañana a las 9", "2026-03-19T09:00", "es"},
      {"pasado mañana", "2026-03-20", "es"},
      {"até 15 de maio", "2026-05-15 deadline", "pt"},
      {"até o dia 15 de maio de 2026", "2026-05-15 deadline", "pt"},
      {"até sexta-feira", "2026-03-20 deadline", "pt"},
      {"prazo: 15/05/2026", "2026-05-15 deadline", "pt"},
      {"em duas semanas", "2026-04-01", "pt"},
      {"a partir de 1 de maio", "2026-05-01 start", "pt"},
      {"até o fim do mês", "2026-03-31 deadline", "pt"},
      {"até o final de março", "2026-03-31 deadline", "pt"},
      {"depois de amanhã", "2026-03-20", "pt"},
      {"Svar inden 1. juni", "2026-06-01 deadline", "da"},
      {"senest den 1. juni 2026", "2026-06-01 deadline", "da"},
      {"frist: 1. juni", "2026-06-01 deadline", "da"},
      {"før fredag", "2026-03-20 deadline", "da"},
      {"inden 31.12.", "2026-12-31 deadline", "da"},
      {"om to uger", "2026-04-01", "da"},
      {"fra den 1. maj", "2026-05-01 start", "da"},
      {"inden udgangen af marts", "2026-03-31 deadline", "da"},
      {"i morgen kl. 14.30", "2026-03-19T14:30", "da"},
      {"på fredag", "2026-03-20", "da"},
      {"næste uge", "2026-03-23", "da"},
      {"قبل ١٥ أبريل", "2026-04-15 deadline", "ar"},
      {"قبل يوم الجمعة", "2026-03-20 deadline", "ar"},
      {"حتى 15 مايو 2026", "2026-05-15 deadline", "ar"},
      {"آخر موعد 15 مايو", "2026-05-15 deadline", "ar"},
      {"الموعد النهائي: ١٥ مايو", "2026-05-15 deadline", "ar"},
      {"خلال أسبوعين", "2026-04-01 deadline", "ar"},
      {"بعد أسبوعين", "2026-04-01", "ar"},
      {"ابتداء من 1 مايو", "2026-05-01 start", "ar"},
      {"ابتداءً من ١ مايو", "2026-05-01 start", "ar"},
      {"قبل نهاية مارس", "2026-03-31 deadline", "ar"},
      {"قبل نهاية الشهر", "2026-03-31 deadline", "ar"},
      {"الجمعة القادمة", "2026-03-20", "ar"},
      {"15 كانون الثاني", "2027-01-15", "ar"},
      {"غدا", "2026-03-19", "ar"},
      {"31 मार्च तक", "2026-03-31 deadline", "hi"},
      {"३१ मार्च २०२६ तक", "2026-03-31 deadline", "hi"},
      {"शुक्रवार तक", "2026-03-20 deadline", "hi"},
      {"31 मार्च से पहले", "2026-03-31 deadline", "hi"},
      {"1 मई से", "2026-05-01 start", "hi"},
      {"अंतिम तिथि 31 मार्च", "2026-03-31 deadline", "hi"},
      {"दो हफ्ते में", "2026-04-01", "hi"},
      {"मार्च के अंत तक", "2026-03-31 deadline", "hi"},
      {"महीने के अंत तक", "2026-03-31 deadline", "hi"},
      {"कल तक", "2026-03-19 deadline", "hi"},
      {"अगले सोमवार", "2026-03-23", "hi"},
      {"31 march tak", "2026-03-31 deadline", "hi-Latn"},
      {"shukravar tak", "2026-03-20 deadline", "hi-Latn"},
      {"do hafte mein", "2026-04-01", "hi-Latn"},
      {"kal tak", "2026-03-19 deadline", "hi-Latn"},
      {"1 may se shuru", "2026-05-01 start", "hi-Latn"},
      {"agle somvar", "2026-03-23", "hi-Latn"},
  };
  check_dates(cases);
}

TEST_CASE("a match knows its tokens and those of its marking words") {
  const Tokens tokens("apply by the 31 March please");
  const auto found = find_dates(tokens, wednesday());
  REQUIRE(found.size() == 1);
  CHECK(tokens.original(found[0].first) == "31");
  CHECK(tokens.original(found[0].last - 1) == "March");
  CHECK(tokens.original(found[0].marked_first) == "by");
  CHECK(found[0].relative);
  CHECK_FALSE(find_dates(Tokens("31 March 2026"), wednesday())[0].relative);
}

TEST_CASE("every day of a leap year is read back from each of its forms") {
  using namespace std::chrono;
  for (auto day = local_days{year{2028} / 1 / 1}; day <= local_days{year{2028} / 12 / 31}; day += days{1}) {
    const year_month_day date{day};
    const auto y = static_cast<int>(date.year());
    const auto m = static_cast<unsigned>(date.month());
    const auto d = static_cast<unsigned>(date.day());
    const char* names[] = {"January", "February", "March",     "April",   "May",      "June",
                           "July",    "August",   "September", "October", "November", "December"};
    const auto iso = fmt::format("{:04}-{:02}-{:02}", y, m, d);
    for (const auto& text : {iso, fmt::format("{} {} {}", d, names[m - 1], y),
                             fmt::format("{} {}, {}", names[m - 1], d, y), fmt::format("{}.{}.{}", d, m, y)}) {
      CAPTURE(text);
      CHECK(dates_in(text) == iso);
    }
    const auto slashed = dates_in(fmt::format("{}/{}/{}", d, m, y));
    CHECK(slashed.substr(0, 10) == iso);
    CHECK((slashed.size() > 10) == (d <= 12 && d != m));
  }
}

TEST_CASE("hostile input is answered") {
  for (const std::string piece : {"1/", "31 March ", "by ", "next ", "end of ", "in 2 ", "1.", "12-", "at 9 ", "2026-",
                                  "kal ", "\xff", "مارس "}) {
    std::string text;
    while (text.size() < 20'000) text += piece;
    CAPTURE(piece);
    CHECK(find_dates(Tokens(text), wednesday()).size() < 10'000);
  }
  using namespace std::chrono;
  CHECK(find_dates(Tokens("tomorrow, in 90000 weeks, in 9000 years, next month"), local_seconds{seconds{INT64_MAX}})
            .size() < 9);
  CHECK(find_dates(Tokens("tomorrow, in 90000 weeks, end of week"), local_seconds{seconds{INT64_MIN}}).size() < 9);
}
