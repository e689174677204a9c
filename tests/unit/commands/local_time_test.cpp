#include "commands/local_time.h"

#include <cstdlib>

#include <doctest/doctest.h>
#include <fmt/format.h>

#include "commands/language_rules.h"

using namespace osrbot;
using namespace std::chrono;
using namespace std::chrono_literals;

namespace {

sys_seconds utc(int y, unsigned m, unsigned d, minutes clock) {
  return sys_days(year(y) / month(m) / day(d)) + clock;
}

local_seconds local(int y, unsigned m, unsigned d, minutes clock) {
  return local_days(year(y) / month(m) / day(d)) + clock;
}

}  // namespace

TEST_CASE("zones are found by name in any case, and by their place where it is the only one of that name") {
  CHECK(find_time_zone("Africa/Nairobi") == "Africa/Nairobi");
  CHECK(find_time_zone("africa/nairobi") == "Africa/Nairobi");
  CHECK(find_time_zone("new york") == "America/New_York");
  CHECK(find_time_zone("Kathmandu") == "Asia/Kathmandu");
  CHECK(find_time_zone("utc") == "UTC");
  CHECK_FALSE(find_time_zone("Narnia"));
  CHECK_FALSE(find_time_zone(""));
  CHECK_FALSE(find_time_zone("../../etc/passwd"));
  CHECK_FALSE(find_time_zone("posix/Africa/Nairobi"));
}

TEST_CASE("hours ahead of UTC are what people mean by them, and not what tzdata calls so") {
  for (const std::string written : {"GMT+3", "gmt+3", "UTC+3", "utc +03:00", "+3", "+03:00", "+0300", "GMT +3"}) {
    INFO(written);
    const auto zone = find_time_zone(written);
    REQUIRE(zone);
    CHECK(to_local(utc(2026, 3, 2, 9h), *zone) == local(2026, 3, 2, 12h));
    CHECK(time_zone_name(*zone) == "UTC+3");
    CHECK_MESSAGE(find_time_zone(*zone) == zone, "what was found is found again");
  }
  CHECK(to_local(utc(2026, 3, 2, 9h), *find_time_zone("UTC-5")) == local(2026, 3, 2, 4h));
  CHECK(to_local(utc(2026, 3, 2, 9h), *find_time_zone("UTC\u22125")) == local(2026, 3, 2, 4h));
  CHECK(find_time_zone("GMT") == "UTC");
  CHECK(find_time_zone("UTC+0") == "UTC");
  CHECK(find_time_zone("UTC+14"));
  for (const std::string wrong : {"UTC+15", "UTC-13", "GMT+", "+", "+3x", "+30000", "UTC+1:99", "++3", "3"}) {
    INFO(wrong);
    CHECK_FALSE(find_time_zone(wrong));
  }
}

TEST_CASE("where clocks stand between the hours, a place is named") {
  CHECK_FALSE(find_time_zone("UTC+5:30"));
  CHECK(similar_time_zones("UTC+5:30") == std::vector<std::string>{"Asia/Kolkata"});
  CHECK(similar_time_zones("GMT+0545") == std::vector<std::string>{"Asia/Kathmandu"});
  CHECK(similar_time_zones("UTC+1:99").empty());
  for (const int minutes : {-570, 210, 270, 330, 345, 390, 525, 570}) {
    const auto text =
        fmt::format("{}{:02}{:02}", minutes < 0 ? '-' : '+', std::abs(minutes) / 60, std::abs(minutes) % 60);
    INFO(text);
    const auto near = similar_time_zones(text);
    REQUIRE(near.size() == 1);
    for (const unsigned month : {1U, 7U}) {
      const auto noon = utc(2026, month, 2, 12h);
      CHECK(to_local(noon, near.front()).time_since_epoch() - noon.time_since_epoch() == std::chrono::minutes(minutes));
    }
  }
}

TEST_CASE("an abbreviation suggests nothing that only looks like it") {
  CHECK(similar_time_zones("EST").empty());
  CHECK(similar_time_zones("IST").empty());
}

TEST_CASE("a misspelt zone has suggestions, nonsense has none") {
  const auto near = similar_time_zones("copenhagn");
  REQUIRE_FALSE(near.empty());
  CHECK(near.front() == "Europe/Copenhagen");
  CHECK(similar_time_zones("Africa/Nairobbi").front() == "Africa/Nairobi");
  CHECK(similar_time_zones("xyzzyxyzzy").empty());
}

TEST_CASE("ten o'clock stays ten o'clock when clocks are put forward and back") {
  const std::string zone = "Europe/Copenhagen";  // 2026: forward on 29 March at 01:00 UTC, back on 25 October
  CHECK(to_utc(local(2026, 3, 28, 10h), zone) == utc(2026, 3, 28, 9h));
  CHECK(to_utc(local(2026, 3, 29, 10h), zone) == utc(2026, 3, 29, 8h));
  CHECK(to_utc(local(2026, 10, 24, 10h), zone) == utc(2026, 10, 24, 8h));
  CHECK(to_utc(local(2026, 10, 25, 10h), zone) == utc(2026, 10, 25, 9h));
  CHECK(to_local(utc(2026, 3, 29, 8h), zone) == local(2026, 3, 29, 10h));
}

TEST_CASE("a time that clocks jump over is the moment of the jump, one that comes twice its first") {
  const std::string zone = "Europe/Copenhagen";
  CHECK(to_utc(local(2026, 3, 29, 2h + 30min), zone) == utc(2026, 3, 29, 1h));
  CHECK(to_utc(local(2026, 10, 25, 2h + 30min), zone) == utc(2026, 10, 25, 30min));
}

TEST_CASE("the day is that of the person's clock") {
  CHECK(local_day(utc(2026, 3, 2, 23h), "Asia/Kathmandu") == year(2026) / 3 / 3);
  CHECK(local_day(utc(2026, 3, 2, 3h), "America/New_York") == year(2026) / 3 / 1);
  CHECK(local_day(utc(2028, 2, 29, 12h), "Africa/Nairobi") == year(2028) / 2 / 29);
  CHECK(local_day(utc(2026, 3, 2, 23h), "") == year(2026) / 3 / 2);
  CHECK_MESSAGE(to_local(utc(2026, 3, 2, 9h), "Gone/Zone") == local(2026, 3, 2, 9h), "a zone that tzdata dropped");
}

TEST_CASE("a weekly time keeps its weekday and its clock, also over a change of clocks and a leap day") {
  const std::string zone = "Europe/Copenhagen";
  CHECK(next_weekly(utc(2026, 3, 23, 8h), zone, Monday, 9h) == utc(2026, 3, 30, 7h));
  CHECK(next_weekly(utc(2026, 3, 23, 7h + 59min), zone, Monday, 9h) == utc(2026, 3, 23, 8h));
  CHECK(next_weekly(utc(2026, 10, 19, 7h), zone, Monday, 9h) == utc(2026, 10, 26, 8h));
  CHECK(next_weekly(utc(2028, 2, 22, 12h), "", Tuesday, 9h) == utc(2028, 2, 29, 9h));
  // Sunday evening in New York is Monday in UTC already.
  CHECK(next_weekly(utc(2026, 1, 4, 0h), "America/New_York", Sunday, 22h) == utc(2026, 1, 5, 3h));
}

TEST_CASE("days and times are written with weekday and month in words, in each language") {
  const LanguageRules english("en");
  CHECK(english.date(year(2026) / 3 / 27) == "Fri, Mar 27, 2026");
  CHECK(english.date_and_time(local(2026, 3, 27, 9h)) == "Fri, Mar 27, 2026, 09:00");
  const LanguageRules french("fr");
  CHECK(french.date(year(2028) / 2 / 29) == "mar. 29 févr. 2028");
}
