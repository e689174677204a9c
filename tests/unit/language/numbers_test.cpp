#include "commands/language/numbers.h"

#include <string>

#include <doctest/doctest.h>
#include <fmt/format.h>

using namespace osrbot::language;

namespace {

/// "2", "3-4", "60%", "2 weeks", "5 h/week"; number words in parentheses, articles in brackets.
std::string quantities_in(std::string_view text, std::string_view language = {}) {
  const char* units[] = {"min", "h", "days", "weeks", "months", "years"};
  const Tokens tokens(text);
  std::string out;
  for (const auto& found : find_quantities(tokens, language)) {
    auto one = found.is_range() ? fmt::format("{}-{}", found.low, found.high) : fmt::format("{}", found.low);
    if (found.kind == QuantityKind::percentage) one += "%";
    if (found.kind == QuantityKind::duration) one += fmt::format(" {}", units[static_cast<std::size_t>(found.unit)]);
    if (found.kind == QuantityKind::hours_per_week) one += " h/week";
    if (found.form == QuantityForm::word) one = "(" + one + ")";
    if (found.form == QuantityForm::article) one = "[" + one + "]";
    out += (out.empty() ? "" : ", ") + one;
  }
  return out;
}

struct QuantityCase {
  std::string text;
  std::string quantities;
  std::string language = {};
};

template <std::size_t n>
void check_quantities(const QuantityCase (&cases)[n]) {
  for (const auto& [text, quantities, language] : cases) {
    CAPTURE(text);
    CHECK(quantities_in(text, language) == quantities);
  }
}

}  // namespace

TEST_CASE("numbers in digits of any script and in words") {
  const QuantityCase cases[] = {
      {"2", "2"},
      {"٢", "2"},
      {"२", "2"},
      {"２", "2"},
      {"4,500,000", "4500000"},
      {"1.5", "1.5"},
      {"1,5", "1.5"},
      {"3-4", "3-4"},
      {"3–4", "3-4"},
      {"3 to 4", "3-4"},
      {"two or three", "(2-3)", "en"},
      {"60%", "60%"},
      {"60 %", "60%"},
      {"٦٠٪", "60%"},
      {"60 percent", "60%"},
      {"60 pour cent", "60%"},
      {"two statisticians", "(2)", "en"},
      {"a statistician", "[1]", "en"},
      {"one statistician", "(1)", "en"},
      {"a couple of statisticians", "(2)", "en"},
      {"deux internes et une infirmière", "(2), [1]", "fr"},
      {"tres personas y una doctora", "(3), [1]", "es"},
      {"duas pessoas e um médico", "(2), [1]", "pt"},
      {"to datamanagere og en statistiker", "(2), [1]", "da"},
      {"ثلاثة أطباء", "(3)", "ar"},
      {"दो डेटा मैनेजर", "(2)", "hi"},
      {"do log", "(2)", "hi-Latn"},
  };
  check_quantities(cases);
}

TEST_CASE("words that are numbers elsewhere count in their own language only") {
  for (const std::string text : {"do you want to set fire to it", "once upon", "en attendant", "ni uno"}) {
    CAPTURE(text);
    CHECK(quantities_in(text, "") == "");
  }
  CHECK(quantities_in("we want to do it once", "en") == "");
}

TEST_CASE("numbers that belong to something else are no quantities") {
  for (const std::string text :
       {"P12", "#11", "T31", "4th", "04/05/2026", "2026-05-04", "31.12.2026", "10:30", "0000-0002-1825-0097",
        "NCT01234567", "$500", "5k", "2-arm trial", "R2D2", "10.1016/abc", "https://x.org/12", "1234567890123456789"}) {
    CAPTURE(text);
    CHECK(quantities_in(text) == "");
  }
}

TEST_CASE("durations") {
  const QuantityCase cases[] = {
      {"30 min", "30 min"},
      {"30min", "30 min"},
      {"2h", "2 h"},
      {"2 weeks", "2 weeks"},
      {"two weeks", "(2 weeks)", "en"},
      {"half a day", "(0.5 days)", "en"},
      {"half an hour", "(0.5 h)", "en"},
      {"half day", "(0.5 days)", "en"},
      {"an hour", "[1 h]", "en"},
      {"an hour and a half", "[1.5 h]", "en"},
      {"2 and a half hours", "2.5 h", "en"},
      {"1.5 hours", "1.5 h"},
      {"1-2 days", "1-2 days"},
      {"3-month", "3 months"},
      {"a couple of weeks", "(2 weeks)", "en"},
      {"deux semaines", "(2 weeks)", "fr"},
      {"une demi-journée", "(0.5 days)", "fr"},
      {"une heure et demie", "[1.5 h]", "fr"},
      {"dos semanas", "(2 weeks)", "es"},
      {"medio día", "(0.5 days)", "es"},
      {"media hora", "(0.5 h)", "es"},
      {"meia hora", "(0.5 h)", "pt"},
      {"2 meses", "2 months", "pt"},
      {"to uger", "(2 weeks)", "da"},
      {"en halv dag", "(0.5 days)", "da"},
      {"أسبوعين", "(2 weeks)", "ar"},
      {"٣ أيام", "3 days", "ar"},
      {"نصف يوم", "(0.5 days)", "ar"},
      {"दो हफ्ते", "(2 weeks)", "hi"},
      {"आधा दिन", "(0.5 days)", "hi"},
      {"do hafte", "(2 weeks)", "hi-Latn"},
      {"5 days", "5 days"},
  };
  check_quantities(cases);
  const auto length = [](std::string_view text) { return length_of(*read_quantity(Tokens(text), 0, "en")).count(); };
  CHECK(length("half a day") == 12 * 60);
  CHECK(length("2 weeks") == 14 * 24 * 60);
  CHECK(length("900000000000000 years") == 100L * 365 * 24 * 60);
}

TEST_CASE("hours a week") {
  const QuantityCase cases[] = {
      {"5h/week", "5 h/week"},
      {"5 h / week", "5 h/week"},
      {"5hrs/wk", "5 h/week"},
      {"5 hours a week", "5 h/week"},
      {"5 hours per week", "5 h/week"},
      {"5 free hours a week", "5 h/week"},
      {"5 hours weekly", "5 h/week"},
      {"5 hours every week", "5 h/week"},
      {"5-10 hours/week", "5-10 h/week"},
      {"5hpw", "5 h/week"},
      {"five hours a week", "(5 h/week)", "en"},
      {"5 heures par semaine", "5 h/week", "fr"},
      {"5 h/semaine", "5 h/week", "fr"},
      {"5h par semaine", "5 h/week", "fr"},
      {"5 horas a la semana", "5 h/week", "es"},
      {"5 horas por semana", "5 h/week", "es"},
      {"5 horas semanales", "5 h/week", "es"},
      {"5 horas libres a la semana", "5 h/week", "es"},
      {"5 horas semanais", "5 h/week", "pt"},
      {"5 horas/semana", "5 h/week", "pt"},
      {"5 timer om ugen", "5 h/week", "da"},
      {"5 timer pr. uge", "5 h/week", "da"},
      {"5 timer ugentligt", "5 h/week", "da"},
      {"٥ ساعات في الأسبوع", "5 h/week", "ar"},
      {"٥ ساعات أسبوعيا", "5 h/week", "ar"},
      {"خمس ساعات أسبوعيًا", "(5 h/week)", "ar"},
      {"५ घंटे प्रति सप्ताह", "5 h/week", "hi"},
      {"हफ्ते में 5 घंटे", "5 h/week", "hi"},
      {"हर हफ्ते 5 घंटे", "5 h/week", "hi"},
      {"5 ghante har hafte", "5 h/week", "hi-Latn"},
      {"hafte mein 5 ghante", "5 h/week", "hi-Latn"},
      {"5 hours, 2 weeks", "5 h, 2 weeks"},
  };
  check_quantities(cases);
}
