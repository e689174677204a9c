// Wall clocks around the world: IANA zones, from the tzdata of the machine.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace osrbot {

/// The hour of the day at which something is said when nobody named another, on the clock in question.
inline constexpr std::chrono::hours morning{9};

/// The zone that somebody means, by its name in any case ("africa/nairobi"), by its last part where only one zone has
/// it ("Nairobi", "new york"), or by its whole hours ahead of UTC ("UTC+3", "GMT-05:00", "+3"). Nothing when there is
/// no such zone, or more than one.
std::optional<std::string> find_time_zone(std::string_view written);

/// Names that may have been meant, best first, at most three.
std::vector<std::string> similar_time_zones(std::string_view written);

/// What to call a zone in front of people: its name; "UTC+3" for one that is only an offset; "UTC" for none.
std::string time_zone_name(std::string_view zone);

/// What the clocks in a zone show. An empty zone, or one that tzdata does not know any more, is UTC.
std::chrono::local_seconds to_local(std::chrono::sys_seconds time, std::string_view zone);

/// The instant at which the clocks in a zone show a time: the first, where they show it twice; the moment of the jump,
/// where they jump over it.
std::chrono::sys_seconds to_utc(std::chrono::local_seconds local, std::string_view zone);

/// The day that it is in a zone.
std::chrono::year_month_day local_day(std::chrono::sys_seconds time, std::string_view zone);

/// The first moment after `time` at which the clocks in a zone show `clock` on a `weekday`.
std::chrono::sys_seconds next_weekly(std::chrono::sys_seconds time, std::string_view zone, std::chrono::weekday weekday,
                                     std::chrono::minutes clock);

}  // namespace osrbot
