// Top-level domains: what makes "journal.org" a link and "D3.js" a name.
#pragma once

#include <string_view>

namespace osrbot::language {

/// Lower-case ASCII label: "dk", "br".
bool is_country_domain(std::string_view label);

/// Lower-case ASCII label: "org", "health"; any punycode label ("xn--...").
bool is_generic_domain(std::string_view label);

}  // namespace osrbot::language
