#include "commands/language/self_description.h"

#include <doctest/doctest.h>

#include "tests/unit/language/fixture.h"

using namespace osrbot::language;

namespace {

using Ids = std::vector<std::string>;

}  // namespace

TEST_CASE("who somebody is, where and for how long is read from one line") {
  const auto me = read_self_description("I'm a nurse in Accra, some SPSS, 3 hours", lexicon());
  CHECK(me.skills == Ids{"nursing", "spss"});
  CHECK(me.wants.empty());
  CHECK(me.country == "GH");
  CHECK(me.city == "Accra");
  CHECK(me.hours == 3);
  CHECK_FALSE(me.first_timer);
  CHECK(words_about_oneself("I'm a nurse in Accra, some SPSS, 3 hours", lexicon()) == "nurse, Accra, SPSS, 3 hours");
}

TEST_CASE("what somebody would like to learn is no skill of theirs") {
  const auto me = read_self_description(
      "Medical student from Kenya, I can do data collection. I want to learn R and Python. No research experience yet, "
      "I speak English and Swahili, ORCID 0000-0002-1825-0097",
      lexicon());
  CHECK(me.skills == Ids{"data-collection"});
  CHECK(me.wants == Ids{"r", "python"});
  CHECK(me.country == "KE");
  CHECK(me.career_stage == "student");
  CHECK(me.first_timer);
  CHECK(me.languages == Ids{"en", "sw"});
  CHECK(me.orcid == "0000-0002-1825-0097");
}

TEST_CASE("an answer needs no more words than the question left open") {
  CHECK(read_self_description("5", lexicon(), Asked::hours).hours == 5);
  CHECK(read_self_description("about two", lexicon(), Asked::hours).hours == 2);
  CHECK(read_self_description("2-4", lexicon(), Asked::hours).hours == 2);
  CHECK_FALSE(read_self_description("5", lexicon()).hours);
  CHECK_FALSE(read_self_description("500", lexicon(), Asked::hours).hours);
  CHECK(read_self_description("ghana", lexicon(), Asked::place).country == "GH");
  CHECK(read_self_description("turkey sandwich", lexicon()).country.empty());
  CHECK(read_self_description("R and python", lexicon(), Asked::wants).wants == Ids{"r", "python"});
  CHECK(read_self_description("French, Arabic", lexicon(), Asked::languages).languages == Ids{"fr", "ar"});
  CHECK(read_self_description("I need a French statistician", lexicon()).languages.empty());
}

TEST_CASE("other languages say the same") {
  const auto french =
      read_self_description("Je suis infirmière à Dakar, je voudrais apprendre SPSS, 4 heures par semaine", lexicon());
  CHECK(french.skills == Ids{"nursing"});
  CHECK(french.wants == Ids{"spss"});
  CHECK(french.country == "SN");
  CHECK(french.hours == 4);
  const auto arabic = read_self_description("أنا طالبة طب من مصر، ٣ ساعات في الأسبوع", lexicon());
  CHECK(arabic.career_stage == "student");
  CHECK(arabic.country == "EG");
  CHECK(arabic.hours == 3);
}

TEST_CASE("nothing is read into words that say nothing") {
  for (const char* text : {"", "hello there", "maybe later", "I don't know yet", "\xff\xfe", "0000-0002-1825-0098"}) {
    CAPTURE(text);
    CHECK(read_self_description(text, lexicon()).empty());
  }
}
