#include "commands/call_pictures.h"

#include <doctest/doctest.h>

using namespace osrbot;

namespace {

void check(std::string_view written, std::string_view text, std::string_view alt) {
  CAPTURE(written);
  const CallWords words = call_words_in(written);
  CHECK(words.text == text);
  CHECK(words.alt == alt);
}

}  // namespace

TEST_CASE("what a picture shows is told from the words of the call") {
  check("", "", "");
  check(": We look for two nurses", ": We look for two nurses", "");
  check("alt \"A map of the wards\"", "", "A map of the wards");
  check("alt text: A map of the wards", "", "A map of the wards");
  check("Alt “A map of the \"old\" wards”", "", "A map of the \"old\" wards");
  check(": We look for two nurses alt \"A map\"", ": We look for two nurses", "A map");
  check("Nous cherchons deux infirmières\nalt text «Un plan»", "Nous cherchons deux infirmières", "Un plan");
}

TEST_CASE("a call that says alt in another sense keeps its words") {
  for (const std::string_view call : {": Patienten, die über 60 Jahre alt sind", ": „Wie alt?“ fragen wir",
                                      ": salt \"and\" pepper", ": alt is a word", ": Jahre alt \"oder\" jünger"}) {
    check(call, call, "");
  }
}

TEST_CASE("a description that is not there is empty") {
  check("alt", "", "");
  check("alt \"\"", "", "");
}
