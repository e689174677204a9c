#include "commands/matching/contact_limits.h"

#include <algorithm>
#include <random>

#include <doctest/doctest.h>

using namespace osrbot;
using namespace osrbot::matching;
using std::chrono::days;
using std::chrono::hours;
using std::chrono::sys_days;
using std::chrono::sys_seconds;

namespace {

const sys_seconds start = sys_days(std::chrono::year(2026) / 3 / 1);

}  // namespace

TEST_CASE("somebody who was never asked may be asked") {
  CHECK(next_contact({}, {}) <= start);
}

TEST_CASE("one invitation a week, three a month") {
  CHECK(next_contact({{start, true}}, {}) == start + days(7));
  CHECK(next_contact({{start + days(14), true}, {start + days(7), true}, {start, true}}, {}) == start + days(30));
}

TEST_CASE("after two without an answer nobody is asked again before they answer") {
  CHECK_FALSE(next_contact({{start + days(7), false}, {start, false}}, {}));
  CHECK(next_contact({{start + days(7), false}, {start, true}}, {}) == start + days(14));
  CHECK(next_contact({{start + days(7), true}, {start, false}}, {}) == start + days(14));
}

TEST_CASE("the limits hold for any history of invitations") {
  std::mt19937 random(7);
  for (int run = 0; run < 300; ++run) {
    const InvitationLimits limits{.per_week = 1 + static_cast<int>(random() % 2),
                                  .per_month = 1 + static_cast<int>(random() % 4),
                                  .unanswered = 1 + static_cast<int>(random() % 3)};
    std::vector<Asked> asked;  // the newest first
    sys_seconds now = start;
    for (int step = 0; step < 200; ++step) {
      now += hours(random() % 72);
      // Answers come late, or never.
      if (!asked.empty() && random() % 4 == 0) asked[random() % asked.size()].answered = true;
      const std::size_t shown = std::min<std::size_t>(asked.size(), static_cast<std::size_t>(history_needed(limits)));
      const auto next = next_contact({asked.begin(), asked.begin() + static_cast<std::ptrdiff_t>(shown)}, limits);
      if (!next || *next > now) continue;
      const auto without_answer = std::ranges::find(asked, true, &Asked::answered) - asked.begin();
      REQUIRE(without_answer < limits.unanswered);
      asked.insert(asked.begin(), {now, false});
      const auto within = [&](days time) {
        return std::ranges::count_if(asked, [&](const Asked& one) { return one.at > now - time; });
      };
      REQUIRE(within(days(7)) <= limits.per_week);
      REQUIRE(within(days(30)) <= limits.per_month);
    }
    REQUIRE_FALSE(asked.empty());
  }
}
