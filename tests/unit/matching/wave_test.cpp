#include "commands/matching/wave.h"

#include <algorithm>
#include <random>
#include <set>

#include <doctest/doctest.h>

using namespace osrbot::matching;

namespace {

Candidate candidate(std::int64_t person, int points, bool lmic) {
  return {.person = person, .fit = {.skill = points}, .lmic = lmic};
}

std::vector<Candidate> only_lmic(std::vector<Candidate> candidates) {
  std::erase_if(candidates, [](const Candidate& one) { return !one.lmic; });
  return candidates;
}

}  // namespace

TEST_CASE("two of five places, and not fewer than in proportion of smaller waves") {
  CHECK(lmic_places(5) == 2);
  CHECK(lmic_places(4) == 2);
  CHECK(lmic_places(3) == 2);
  CHECK(lmic_places(1) == 1);
  CHECK(lmic_places(0) == 0);
}

TEST_CASE("the best are asked when two of them live in low- or middle-income countries anyway") {
  const std::vector<Candidate> ranked = {candidate(1, 90, false), candidate(2, 80, true), candidate(3, 70, true),
                                         candidate(4, 60, false)};
  const auto wave = pick_wave(3, ranked, only_lmic(ranked));
  CHECK(wave == std::vector(ranked.begin(), ranked.begin() + 3));
}

TEST_CASE("the last of the others make room") {
  const std::vector<Candidate> ranked = {candidate(1, 90, false), candidate(2, 85, false), candidate(3, 80, false),
                                         candidate(4, 75, false), candidate(5, 70, false), candidate(6, 60, true),
                                         candidate(7, 50, true)};
  std::vector<std::int64_t> people;
  for (const Candidate& one : pick_wave(5, ranked, only_lmic(ranked))) people.push_back(one.person);
  CHECK(people == std::vector<std::int64_t>{1, 2, 3, 6, 7});
}

TEST_CASE("whoever fits is asked when nobody from such a country does") {
  const std::vector<Candidate> ranked = {candidate(1, 90, false), candidate(2, 80, false)};
  CHECK(pick_wave(5, ranked, {}) == ranked);
  CHECK(pick_wave(5, {}, {}).empty());
}

TEST_CASE("the rule holds for every wave of any history") {
  std::mt19937 random(11);
  for (int run = 0; run < 500; ++run) {
    std::vector<Candidate> free;
    const auto people = static_cast<std::int64_t>(random() % 40);
    const std::uint32_t one_in = 1 + random() % 8;
    for (std::int64_t person = 1; person <= people; ++person) {
      free.push_back(candidate(person, static_cast<int>(random() % 60), random() % one_in == 0));
    }
    std::ranges::stable_sort(free, std::ranges::greater(), [](const Candidate& one) { return one.fit.total(); });
    std::set<std::int64_t> asked;
    while (!free.empty()) {
      const std::size_t size = 3 + random() % 3;
      // Who says which limit of the query is reached: the best suffice, as the pool hands them out.
      const auto top = [&](std::vector<Candidate> all) {
        all.resize(std::min(all.size(), size));
        return all;
      };
      const auto wave = pick_wave(size, top(free), top(only_lmic(free)));
      REQUIRE(wave.size() == std::min(size, free.size()));
      const auto lmic = static_cast<std::size_t>(std::ranges::count(wave, true, &Candidate::lmic));
      REQUIRE(lmic >= std::min(lmic_places(wave.size()), only_lmic(free).size()));
      REQUIRE(
          std::ranges::is_sorted(wave, std::ranges::greater(), [](const Candidate& one) { return one.fit.total(); }));
      for (const Candidate& one : wave) {
        REQUIRE(asked.insert(one.person).second);
        std::erase(free, one);
      }
    }
  }
}
