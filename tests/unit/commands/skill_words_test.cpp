// What skills are called to whoever reads of them.
#include "commands/skill_words.h"

#include <filesystem>

#include <doctest/doctest.h>

#include "commands/catalogue.h"

using namespace osrbot;

namespace {

const std::filesystem::path config = std::filesystem::path(OSRBOT_SOURCE_DIR) / "config";
const Vocabulary vocabulary(config);

std::string wanted(const std::string& words, std::string_view reader) {
  return wanted_skill(vocabulary, words)(reader);
}

}  // namespace

TEST_CASE("every skill has a label of its own in every language that the bot speaks") {
  for (const std::string& language : Catalogue::load(config / "locales").languages()) {
    std::map<std::string, std::string> skills;
    for (const language::Skill& skill : vocabulary.lexicon().skills()) {
      CAPTURE(language);
      CAPTURE(skill.id);
      REQUIRE(skill.labels.contains(language));
      CHECK(skills.emplace(skill.label(language), skill.id).second);
    }
  }
}

TEST_CASE("a skill is called what it is in the reader's language, else in English, else by its id") {
  CHECK(skill_label(vocabulary, "data-collection", "fr") == "Collecte de données");
  CHECK(skill_label(vocabulary, "data-collection", "fr-CA") == "Collecte de données");
  CHECK(skill_label(vocabulary, "data-collection", "sw") == "Data collection");
  CHECK(skill_label(vocabulary, "witchcraft", "fr") == "witchcraft");
  CHECK(skill_labels(vocabulary, {"data-collection", "r"}, "en") == "Data collection, R programming");
  CHECK(skill_labels(vocabulary, {}, "en").empty());
  CHECK(skill_name(vocabulary, "")("en").empty());
}

TEST_CASE("a coordinator's words stay for who can read them, and are a label for everybody else") {
  CHECK(wanted("data collectors", "en") == "data collectors");
  CHECK(wanted("data collectors", "fr") == "Collecte de données");
  CHECK(wanted("statisticienne", "fr") == "statisticienne");
  CHECK(wanted("statisticienne", "en") == "Biostatistics");
  CHECK(wanted("data manager", "en") == "data manager");
  CHECK(wanted("data manager", "da") == "data manager");
  // The name of a program is the same everywhere.
  CHECK(wanted("Stata", "ar") == "Stata");
}

TEST_CASE("what words say beyond the skill is not lost") {
  CHECK(wanted("data collectors who speak Twi", "fr") == "Collecte de données (data collectors who speak Twi)");
}

TEST_CASE("words that the vocabulary does not have stay as they are") {
  CHECK(wanted("somebody with a boat", "fr") == "somebody with a boat");
  CHECK(wanted("", "fr").empty());
  CHECK(skills_in(vocabulary, "somebody with a boat").empty());
  CHECK(skill_in(vocabulary, "two R programmers") == "r");
  CHECK(skill_in(vocabulary, "r") == "r");
}
