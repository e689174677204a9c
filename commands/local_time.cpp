#include "commands/local_time.h"

#include <algorithm>
#include <stdexcept>

#include <date/tz.h>

#include "commands/language/spelling.h"

namespace osrbot {
namespace {

/// For comparing: small ASCII letters, and '_' for the spaces that people write.
std::string key_of(std::string_view name) {
  std::string key(name);
  std::ranges::transform(key, key.begin(), [](char c) { return c >= 'A' && c <= 'Z' ? char(c - 'A' + 'a') : c; });
  std::ranges::replace(key, ' ', '_');
  return key;
}

std::string_view last_part(std::string_view name) {
  return name.substr(name.rfind('/') + 1);
}

/// Zones of places, and UTC; not "posix/…", "EST5EDT" and the like, which tzdata keeps for old programs.
bool is_for_people(std::string_view name) {
  return name == "UTC" || (name.contains('/') && !name.starts_with("posix/") && !name.starts_with("right/") &&
                           !name.starts_with("SystemV/") && !name.starts_with("US/"));
}

/// Null for UTC, which needs no tzdata.
const date::time_zone* zone_of(std::string_view name) {
  if (name.empty()) return nullptr;
  try {
    return date::locate_zone(std::string(name));
  } catch (const std::runtime_error&) {
    return nullptr;
  }
}

}  // namespace

std::optional<std::string> find_time_zone(std::string_view written) {
  const std::string key = key_of(written);
  std::optional<std::string> by_part;
  bool several = false;
  for (const date::time_zone& zone : date::get_tzdb().zones) {
    const std::string& name = zone.name();
    if (!is_for_people(name)) continue;
    if (key_of(name) == key) return name;
    if (key_of(last_part(name)) == key) {
      several |= by_part.has_value();
      by_part = name;
    }
  }
  return several ? std::nullopt : by_part;
}

std::vector<std::string> similar_time_zones(std::string_view written) {
  constexpr std::size_t most = 3;
  const std::string key = key_of(written);
  std::vector<std::string> result;
  std::vector<std::string_view> names;
  std::vector<std::string_view> parts;
  for (const date::time_zone& zone : date::get_tzdb().zones) {
    if (!is_for_people(zone.name())) continue;
    names.push_back(zone.name());
    parts.push_back(last_part(zone.name()));
    if (key_of(parts.back()) == key && result.size() < most) result.push_back(zone.name());
  }
  const auto add = [&](const std::string& name) {
    if (result.size() < most && std::ranges::find(result, name) == result.end()) result.push_back(name);
  };
  for (const std::string& near : language::nearest(key, names)) add(near);
  for (const std::string& near : language::nearest(key, parts)) {
    for (const std::string_view name : names) {
      if (last_part(name) == near) add(std::string(name));
    }
  }
  return result;
}

std::chrono::local_seconds to_local(std::chrono::sys_seconds time, std::string_view zone) {
  const date::time_zone* there = zone_of(zone);
  if (there == nullptr) return std::chrono::local_seconds(time.time_since_epoch());
  return std::chrono::local_seconds(there->to_local(date::sys_seconds(time.time_since_epoch())).time_since_epoch());
}

std::chrono::sys_seconds to_utc(std::chrono::local_seconds local, std::string_view zone) {
  const date::time_zone* there = zone_of(zone);
  if (there == nullptr) return std::chrono::sys_seconds(local.time_since_epoch());
  return std::chrono::sys_seconds(
      there->to_sys(date::local_seconds(local.time_since_epoch()), date::choose::earliest).time_since_epoch());
}

std::chrono::year_month_day local_day(std::chrono::sys_seconds time, std::string_view zone) {
  return std::chrono::year_month_day(std::chrono::floor<std::chrono::days>(to_local(time, zone)));
}

std::chrono::sys_seconds next_weekly(std::chrono::sys_seconds time, std::string_view zone, std::chrono::weekday weekday,
                                     std::chrono::minutes clock) {
  std::chrono::local_days day = std::chrono::floor<std::chrono::days>(to_local(time, zone));
  day += weekday - std::chrono::weekday(day);
  const std::chrono::sys_seconds moment = to_utc(day + clock, zone);
  return moment > time ? moment : to_utc(day + std::chrono::weeks(1) + clock, zone);
}

}  // namespace osrbot
