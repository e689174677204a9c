// ORCID iDs. The check digit is ISO 7064 MOD 11-2: for the first 15 digits t = (t + d) * 2; check = (12 - t mod 11) mod
// 11, 10 written X.
#pragma once

#include <string_view>

namespace osrbot::language {

/// "0000-0002-1825-0097": form and check digit.
bool is_valid_orcid(std::string_view text);

}  // namespace osrbot::language
