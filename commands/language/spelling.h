// "Did you mean": how far apart two words are, and which of a list are near.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace osrbot::language {

/// Letters inserted, dropped, changed or swapped with their neighbour to get from `a` to `b` (optimal string alignment,
/// code points); `limit + 1` for anything farther apart or longer than 48 code points.
std::size_t edit_distance(std::string_view a, std::string_view b, std::size_t limit);

/// The candidates that `word` may be a misspelling or a beginning of, nearest first, in their order where equally near,
/// at most `most`. All are compared as folded by text.h; one letter in three may be wrong.
std::vector<std::string> nearest(std::string_view word, const std::vector<std::string_view>& candidates,
                                 std::size_t most = 3);

}  // namespace osrbot::language
