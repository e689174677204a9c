#include "commands/matching/income_groups.h"

#include <fstream>
#include <stdexcept>

#include <doctest/doctest.h>

#include "tests/fakes/temporary_folder.h"

using namespace osrbot;
using namespace osrbot::matching;

TEST_CASE("the bot's own file knows the groups") {
  const auto groups = IncomeGroups::load(std::filesystem::path(OSRBOT_SOURCE_DIR) / "config" / "income_groups.json");
  CHECK(groups.fiscal_year() == 2027);
  CHECK(groups.group_of("KE") == "lower-middle");
  CHECK(groups.is_lmic("KE"));
  CHECK(groups.group_of("DK") == "high");
  CHECK_FALSE(groups.is_lmic("DK"));
}

TEST_CASE("a country in no group counts as the file says, and an unknown one not") {
  const auto groups = IncomeGroups::load(std::filesystem::path(OSRBOT_SOURCE_DIR) / "config" / "income_groups.json");
  CHECK(groups.group_of("ET").empty());
  CHECK(groups.is_lmic("ET"));
  CHECK_FALSE(groups.is_lmic(""));
  CHECK_FALSE(groups.is_lmic("ZZ"));
}

TEST_CASE("a file that is wrong says where") {
  const fakes::TemporaryFolder folder;
  const auto refused = [&](const char* text, const char* reason) {
    const auto file = folder.path() / "income.json";
    std::ofstream(file) << text;
    CHECK_THROWS_WITH_AS(IncomeGroups::load(file), doctest::Contains(reason), std::runtime_error);
  };
  refused("{", "income.json");
  refused(R"({"fiscal_year": 2027, "groups": {"poor": []}})", "groups.poor");
  refused(R"({"fiscal_year": 2027, "groups": {"low": ["Kenya"]}})", "\"Kenya\" is no code");
  refused(R"({"fiscal_year": 2027, "groups": {"low": ["KE"], "high": ["KE"]}})", "KE is in two groups");
  CHECK_THROWS_WITH_AS(IncomeGroups::load(folder.path() / "none.json"), doctest::Contains("cannot be read"),
                       std::runtime_error);
}
