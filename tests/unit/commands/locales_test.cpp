// What holds for every language file in config/locales, whichever are there.
#include <filesystem>

#include <doctest/doctest.h>

#include "commands/catalogue.h"

using namespace osrbot;

TEST_CASE("every language has every message of English, with the same arguments, and no others") {
  const auto catalogue = Catalogue::load(std::filesystem::path(OSRBOT_SOURCE_DIR) / "config" / "locales");
  const auto english = catalogue.signatures("en");
  for (const std::string& language : catalogue.languages()) {
    CAPTURE(language);
    const auto translated = catalogue.signatures(language);
    for (const auto& [key, arguments] : english) {
      CAPTURE(key);
      REQUIRE(translated.contains(key));
      CHECK(translated.at(key) == arguments);
    }
    for (const auto& [key, arguments] : translated) {
      CAPTURE(key);
      CHECK(english.contains(key));
    }
  }
}
