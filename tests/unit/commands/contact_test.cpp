#include "commands/contact.h"

#include <doctest/doctest.h>

using namespace osrbot;
using namespace std::chrono;
using storage::contact::Wishes;

namespace {

// Monday, 2 March 2026, 09:00 in UTC: 12:00 in Nairobi, 04:00 in New York.
const sys_seconds nine{seconds(1'772'442'000)};

std::optional<sys_seconds> unasked(const Wishes& wishes, sys_seconds now, std::string_view zone = "") {
  return when_to_write(wishes, Occasion::unasked, now, zone);
}

}  // namespace

TEST_CASE("whoever has wished for nothing is written to at once") {
  for (const Occasion occasion : {Occasion::answer, Occasion::reminder, Occasion::personal, Occasion::unasked}) {
    CHECK(when_to_write({}, occasion, nine, "") == nine);
  }
}

TEST_CASE("whoever stopped the bot gets answers only") {
  const Wishes stopped{.stopped = true};
  CHECK(when_to_write(stopped, Occasion::answer, nine, "") == nine);
  for (const Occasion occasion : {Occasion::reminder, Occasion::personal, Occasion::unasked}) {
    CHECK_FALSE(when_to_write(stopped, occasion, nine, ""));
  }
}

TEST_CASE("a pause holds back what nobody asked for, until it is over") {
  const Wishes paused{.paused_until = nine + hours(1)};
  CHECK_FALSE(unasked(paused, nine));
  CHECK(unasked(paused, nine + hours(1)) == nine + hours(1));
  CHECK(when_to_write(paused, Occasion::reminder, nine, "") == nine);
  CHECK(when_to_write(paused, Occasion::personal, nine, "") == nine);
}

TEST_CASE("quiet hours are those of the person's own clock") {
  const Wishes night{.quiet_from = "22:00", .quiet_until = "07:00"};
  CHECK(unasked(night, nine) == nine);
  CHECK(unasked(night, nine, "Africa/Nairobi") == nine);
  CHECK(unasked(night, nine, "America/New_York") == nine + hours(3));
  CHECK(when_to_write(night, Occasion::personal, nine, "America/New_York") == nine + hours(3));
  CHECK(when_to_write(night, Occasion::reminder, nine, "America/New_York") == nine);
  CHECK(when_to_write(night, Occasion::answer, nine, "America/New_York") == nine);
}

TEST_CASE("quiet hours begin and end on the minute, over midnight or not") {
  const Wishes night{.quiet_from = "22:00", .quiet_until = "07:00"};
  CHECK(unasked(night, nine + hours(13) - seconds(1)) == nine + hours(13) - seconds(1));
  CHECK(unasked(night, nine + hours(13)) == nine + hours(22));
  CHECK(unasked(night, nine + hours(22)) == nine + hours(22));
  const Wishes noon{.quiet_from = "09:00", .quiet_until = "12:30"};
  CHECK(unasked(noon, nine) == nine + minutes(210));
  CHECK(unasked(noon, nine - seconds(1)) == nine - seconds(1));
  CHECK(unasked({.quiet_from = "09:00", .quiet_until = "09:00"}, nine) == nine);
}

TEST_CASE("the night in which the clocks go forward ends at the person's seven o'clock") {
  const Wishes night{.quiet_from = "22:00", .quiet_until = "07:00"};
  const sys_seconds before = sys_days(year(2026) / 3 / 29) + minutes(30);  // 01:30 in Copenhagen, before the jump
  CHECK(unasked(night, before, "Europe/Copenhagen") == sys_days(year(2026) / 3 / 29) + hours(5));
}
