// "Did you mean": the nearest of some names.
#pragma once

#include <set>
#include <string>
#include <string_view>

namespace osrbot {

/// The name at the least edit distance (a swap of neighbours counts one), or "" when more than a third of the letters
/// and one would have to change.
std::string nearest(std::string_view unknown, const std::set<std::string>& names);

}  // namespace osrbot
