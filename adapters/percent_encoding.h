// Text in addresses.
#pragma once

#include <string>
#include <string_view>

namespace osrbot {

/// RFC 3986: everything but letters, digits and "-._~" as %XX.
std::string percent_encoded(std::string_view text);

}  // namespace osrbot
