#include "commands/matching/score.h"

#include <doctest/doctest.h>

using namespace osrbot;
using namespace osrbot::matching;
using std::chrono::hours;

namespace {

Wanted wanted() {
  return {.skill = "r",
          .hours = 4,
          .team_disciplines = {"surgery"},
          .team_languages = {"en", "fr"},
          .shared_hours = [](const std::string& zone) { return zone == "Africa/Nairobi" ? 9 : 3; },
          .weights = {}};
}

Facts somebody() {
  return {.person = 1,
          .skills = {{.id = "r"}},
          .hours = 5,
          .discipline = "Public health",
          .languages = {"fr-CD", "sw"},
          .time_zone = "Africa/Nairobi",
          .lmic = true,
          .growth = true};
}

}  // namespace

TEST_CASE("everything that counts adds up to a hundred") {
  Facts best = somebody();
  Wanted all = wanted();
  all.shared_hours = [](const std::string&) { return waking_hours; };
  CHECK(fit_of(best, false, all).total() == 100);
}

TEST_CASE("each part is worth what it says") {
  CHECK(fit_of(somebody(), false, wanted()) ==
        Fit{.skill = 45, .hours = 15, .discipline = 10, .language = 10, .waking = 8, .growth = 10});
  CHECK(fit_of(somebody(), true, wanted()).skill == 23);

  Facts other = somebody();
  other.hours = 1;
  other.discipline = " SURGERY ";
  other.languages = {"sw"};
  other.time_zone = "Pacific/Auckland";
  other.growth = false;
  CHECK(fit_of(other, false, wanted()) == Fit{.skill = 45, .hours = 4, .waking = 3});
}

TEST_CASE("what is not known is worth nothing, and nothing worse") {
  CHECK(fit_of({.person = 2, .skills = {{.id = "r"}}}, false, wanted()) == Fit{.skill = 45});
}

TEST_CASE("people at the same clock share the waking day, and over the world nothing of it") {
  CHECK(shared_waking_hours(hours(0)) == 12);
  CHECK(shared_waking_hours(hours(8)) == 4);
  CHECK(shared_waking_hours(hours(-8)) == 4);
  CHECK(shared_waking_hours(hours(12)) == 0);
  CHECK(shared_waking_hours(hours(14)) == 2);
  CHECK(shared_waking_hours(std::chrono::minutes(345)) == 6);
}
