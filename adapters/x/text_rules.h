// How X reads a text: what it weighs, what in it becomes a link or a mention. The language library knows these rules;
// adapters do not know that library, so whoever makes the adapter hands them in (docs/decisions/0009).
#pragma once

#include <cstddef>
#include <functional>
#include <string_view>
#include <vector>

#include "adapters/update.h"

namespace osrbot::x {

struct TextRules {
  /// Weighted characters: a post may have 280.
  std::function<std::size_t(std::string_view text)> weigh;
  /// What X would make links of, in bytes, in order.
  std::function<std::vector<TextRange>(std::string_view text)> links;
  /// "@name", with the sign, in bytes, in order.
  std::function<std::vector<TextRange>(std::string_view text)> mentions;
};

}  // namespace osrbot::x
