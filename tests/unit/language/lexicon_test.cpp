#include "commands/language/lexicon.h"

#include <filesystem>
#include <fstream>

#include <doctest/doctest.h>

#include "commands/language/orcid.h"
#include "commands/language/post.h"
#include "commands/language/reading.h"

using namespace osrbot::language;

namespace {

/// A file of the lexicon that lives as long as its test.
class ExtraFile {
 public:
  explicit ExtraFile(std::string_view content)
      : path_(std::filesystem::temp_directory_path() /
              ("osrbot_lexicon_" + std::to_string(reinterpret_cast<std::uintptr_t>(this)) + ".json")) {
    std::ofstream(path_) << content;
  }
  ~ExtraFile() { std::filesystem::remove(path_); }
  ExtraFile(const ExtraFile&) = delete;
  ExtraFile& operator=(const ExtraFile&) = delete;
  const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_;
};

Lexicon with(const ExtraFile& file) {
  return Lexicon::load(OSRBOT_SOURCE_DIR "/config", {file.path()});
}

std::string error_of(std::string_view content) {
  const ExtraFile file(content);
  try {
    with(file);
  } catch (const LexiconError& error) {
    return error.what();
  }
  return "";
}

std::vector<std::string> skills_in(std::string_view text, const Lexicon& lexicon) {
  const Reading reading(text, lexicon);
  std::vector<std::string> ids;
  for (const auto& hit : reading.hits()) {
    if (reading.meaning(hit).sense == Sense::skill) ids.push_back(lexicon.skills()[reading.meaning(hit).value].id);
  }
  return ids;
}

}  // namespace

TEST_CASE("an operator adds a skill and cues without a rebuild") {
  const ExtraFile file(R"({"language": "en", "cues": {"call": ["shout if you are"]},
    "skills": [{"id": "beekeeping", "label": {"en": "Beekeeping"}, "synonyms": {"en": ["beekeeper", "keeper of bees"]}}]})");
  const auto lexicon = with(file);
  const auto post = parse_post("Shout if you are a keeper of bees #OpenSourceResearch", PostContext{}, lexicon);
  CHECK(post.intent == Intent::call);
  CHECK(post.skills == std::vector<std::string>{"beekeeping"});
}

TEST_CASE("an operator replaces the words of a skill") {
  const ExtraFile file(R"({"skills": [{"id": "stata", "replace": true, "synonyms": {"en": ["statalover"]}}]})");
  const auto lexicon = with(file);
  CHECK(skills_in("we use Stata", lexicon).empty());
  CHECK(skills_in("a statalover", lexicon) == std::vector<std::string>{"stata"});
}

TEST_CASE("a mistake in a file is told with its place, all at once") {
  CHECK(error_of("{").find("is not JSON") != std::string::npos);
  CHECK(error_of(R"({"cues": {"cal": ["x"]}})").find("cues.cal: no such cue") != std::string::npos);
  CHECK(error_of(R"({"cues": {"call": ["x", 3]}})").find("cues.call[1]: expected a text") != std::string::npos);
  CHECK(error_of(R"({"labels": {"study_type": ["x"]}})").find("labels.study_type: expected an object") !=
        std::string::npos);
  CHECK(error_of(R"({"colour": 1})").find("colour: no such key") != std::string::npos);
  CHECK(error_of(R"({"skills": [{"label": 1}]})").find("skills[0].id: expected a text") != std::string::npos);
  CHECK(error_of(R"({"countries": [{"code": "XYZ"}]})").find("countries[0].code: expected two letters") !=
        std::string::npos);
  const auto both = error_of(R"({"colour": 1, "cues": {"cal": []}})");
  CHECK(both.find("colour") != std::string::npos);
  CHECK(both.find("cues.cal") != std::string::npos);
  CHECK_THROWS_AS(Lexicon::load("/nonexistent"), LexiconError);
}

TEST_CASE("skills are found longest first, inflected, with one slip in a long word, and in their own case") {
  const auto lexicon = Lexicon::load(OSRBOT_SOURCE_DIR "/config");
  using Ids = std::vector<std::string>;
  CHECK(skills_in("two R programmers", lexicon) == Ids{"r"});
  CHECK(skills_in("a trauma surgeon", lexicon) == Ids{"clinical-orthopaedics"});
  CHECK(skills_in("a biostatistican", lexicon) == Ids{"biostatistics"});
  CHECK(skills_in("وللإحصائي", lexicon) == Ids{"biostatistics"});
  CHECK(skills_in("R, SAS and Stata", lexicon) == Ids{"r", "sas", "stata"});
  CHECK(skills_in("r u ok, sas, react to it, R&D, R0", lexicon).empty());
  CHECK(skills_in("hernia surgery", lexicon).empty());
}

TEST_CASE("an ORCID iD is right when its check digit is") {
  CHECK(is_valid_orcid("0000-0002-1825-0097"));
  CHECK(is_valid_orcid("0000-0002-1694-233X"));
  CHECK_FALSE(is_valid_orcid("0000-0002-8738-490X"));
  CHECK_FALSE(is_valid_orcid("0000-0002-1825-009"));
  CHECK_FALSE(is_valid_orcid("0000_0002_1825_0097"));
}
