#include "commands/regions.h"

#include <algorithm>
#include <array>
#include <map>
#include <memory>

#include <unicode/ucal.h>
#include <unicode/uenum.h>
#include <unicode/uloc.h>
#include <unicode/unistr.h>

#include "commands/local_time.h"

namespace osrbot {
namespace {

constexpr int longest_display_name = 100;  // UTF-16 units

using Display = int32_t (*)(const char* locale, const char* display, UChar* name, int32_t capacity, UErrorCode* status);

std::string name_of(Display display, const std::string& locale, std::string_view language, std::string_view code) {
  std::array<UChar, longest_display_name> name{};
  UErrorCode status = U_ZERO_ERROR;
  const int32_t length =
      display(locale.c_str(), std::string(language).c_str(), name.data(), longest_display_name, &status);
  if (U_FAILURE(status) || length <= 0) return std::string(code);
  std::string result;
  icu::UnicodeString(name.data(), length).toUTF8String(result);
  return result;
}

}  // namespace

std::string country_name(std::string_view code, std::string_view language) {
  return name_of(uloc_getDisplayCountry, "und_" + std::string(code), language, code);
}

std::string language_name(std::string_view code, std::string_view language) {
  return name_of(uloc_getDisplayLanguage, std::string(code), language, code);
}

std::string city_of_zone(std::string_view zone) {
  std::string city(zone.substr(zone.rfind('/') + 1));
  std::ranges::replace(city, '_', ' ');
  return city;
}

std::vector<std::string> zones_of_country(std::string_view code, std::chrono::sys_seconds now,
                                          const std::function<bool(const std::string& city)>& is_known) {
  UErrorCode status = U_ZERO_ERROR;
  const std::unique_ptr<UEnumeration, void (*)(UEnumeration*)> zones(
      ucal_openTimeZoneIDEnumeration(UCAL_ZONE_TYPE_CANONICAL_LOCATION, std::string(code).c_str(), nullptr, &status),
      uenum_close);
  if (U_FAILURE(status)) return {};
  std::map<std::chrono::local_seconds, std::string, std::greater<>> by_clock;
  while (const char* zone = uenum_next(zones.get(), nullptr, &status)) {
    if (U_FAILURE(status)) break;
    const auto found = find_time_zone(zone);
    if (!found) continue;
    const auto [entry, is_first] = by_clock.emplace(to_local(now, *found), *found);
    const bool better =
        !is_first && is_known && !is_known(city_of_zone(entry->second)) && is_known(city_of_zone(*found));
    if (better) entry->second = *found;
  }
  std::vector<std::string> result;
  for (auto& [clock, zone] : by_clock) result.push_back(std::move(zone));
  return result;
}

}  // namespace osrbot
