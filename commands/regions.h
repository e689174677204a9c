// Countries and languages by their codes: what they are called, and which clocks a country has. From ICU's data.
#pragma once

#include <chrono>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace osrbot {

/// "Ghana" for "GH", in a language (BCP-47); the code where ICU knows no name.
std::string country_name(std::string_view code, std::string_view language);

/// "French" for "fr", in a language; the code where ICU knows no name.
std::string language_name(std::string_view code, std::string_view language);

/// IANA zones of a country: one for each time that its clocks show at `now`, in their order from east to west. Of
/// several with the same time, one whose city (the name's last part, in words) people know.
std::vector<std::string> zones_of_country(std::string_view code, std::chrono::sys_seconds now,
                                          const std::function<bool(const std::string& city)>& is_known = {});

/// "Sao Paulo" for "America/Sao_Paulo".
std::string city_of_zone(std::string_view zone);

}  // namespace osrbot
