#include "commands/local_time.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <stdexcept>

#include <date/tz.h>
#include <fmt/format.h>

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

/// "Etc/GMT+3", whose sign is the opposite of what people mean by "GMT+3".
bool is_counted(std::string_view name) {
  return name.starts_with("Etc/");
}

/// Zones of places, and UTC; not "posix/…", "EST5EDT" and the like, which tzdata keeps for old programs.
bool is_for_people(std::string_view name) {
  return name == "UTC" || (name.contains('/') && !name.starts_with("posix/") && !name.starts_with("right/") &&
                           !name.starts_with("SystemV/") && !name.starts_with("US/"));
}

/// "UTC+3", "gmt -03:30", "+0545": how far the clocks are ahead of UTC.
std::optional<std::chrono::minutes> utc_offset(std::string_view written) {
  std::string text = key_of(written);
  std::erase(text, '_');
  std::erase(text, ':');
  for (const std::string_view name : {"utc", "gmt"}) {
    if (text.starts_with(name)) text.erase(0, name.size());
  }
  constexpr std::string_view minus = "\u2212";
  if (text.starts_with(minus)) text.replace(0, minus.size(), "-");
  if (text.size() < 2 || (text.front() != '+' && text.front() != '-')) return std::nullopt;
  const std::string_view digits = std::string_view(text).substr(1);
  unsigned number = 0;
  const auto [end, error] = std::from_chars(digits.begin(), digits.end(), number);
  constexpr std::size_t hours_and_minutes = 3;  // "530", "0530"
  if (error != std::errc() || end != digits.end() || digits.size() > hours_and_minutes + 1) return std::nullopt;
  const bool in_full = digits.size() >= hours_and_minutes;
  const std::chrono::hours hours(in_full ? number / 100 : number);
  const std::chrono::minutes minutes(in_full ? number % 100 : 0);
  if (minutes >= std::chrono::hours(1)) return std::nullopt;
  const std::chrono::minutes offset = hours + minutes;
  const bool is_ahead = text.front() == '+';
  constexpr std::chrono::hours farthest_ahead(14);  // Line Islands
  constexpr std::chrono::hours farthest_behind(12);
  if (offset > (is_ahead ? farthest_ahead : farthest_behind)) return std::nullopt;
  return is_ahead ? offset : -offset;
}

/// The zone of clocks that are whole hours ahead of UTC all year; tzdata counts westwards, as POSIX does.
std::string zone_of_offset(std::chrono::hours offset) {
  return offset.count() == 0 ? "UTC" : fmt::format("Etc/GMT{:+}", -offset.count());
}

/// Where clocks are ahead of UTC by hours and a part of one, all year.
constexpr std::array<std::pair<std::chrono::minutes, std::string_view>, 8> places_between_hours = {{
    {std::chrono::minutes(-570), "Pacific/Marquesas"},
    {std::chrono::minutes(210), "Asia/Tehran"},
    {std::chrono::minutes(270), "Asia/Kabul"},
    {std::chrono::minutes(330), "Asia/Kolkata"},
    {std::chrono::minutes(345), "Asia/Kathmandu"},
    {std::chrono::minutes(390), "Asia/Yangon"},
    {std::chrono::minutes(525), "Australia/Eucla"},
    {std::chrono::minutes(570), "Australia/Darwin"},
}};

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
  if (key == "gmt" || key == "z") return "UTC";
  if (const auto offset = utc_offset(written)) {
    const auto hours = std::chrono::floor<std::chrono::hours>(*offset);
    return hours == *offset ? std::optional(zone_of_offset(hours)) : std::nullopt;
  }
  std::optional<std::string> by_part;
  bool several = false;
  for (const date::time_zone& zone : date::get_tzdb().zones) {
    const std::string& name = zone.name();
    if (!is_for_people(name)) continue;
    if (key_of(name) == key) return name;
    if (!is_counted(name) && key_of(last_part(name)) == key) {
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
  if (const auto offset = utc_offset(written)) {
    for (const auto& [clock, place] : places_between_hours) {
      if (clock == *offset) result.emplace_back(place);
    }
    return result;
  }
  std::vector<std::string_view> names;
  std::vector<std::string_view> parts;
  for (const date::time_zone& zone : date::get_tzdb().zones) {
    if (!is_for_people(zone.name()) || is_counted(zone.name())) continue;
    names.push_back(zone.name());
    parts.push_back(last_part(zone.name()));
    if (key_of(parts.back()) == key && result.size() < most) result.push_back(zone.name());
  }
  constexpr std::size_t shortest = 4;  // "EST" is near to many names, and means none of them
  if (key.size() < shortest) return result;
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

std::string time_zone_name(std::string_view zone) {
  if (zone.empty()) return "UTC";
  constexpr std::string_view counted = "Etc/GMT";
  if (!zone.starts_with(counted) || zone.size() == counted.size()) return std::string(zone);
  const bool is_ahead = zone[counted.size()] == '-';
  return fmt::format("UTC{}{}", is_ahead ? '+' : '-', zone.substr(counted.size() + 1));
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
