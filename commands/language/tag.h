// The tag by which a post asks to be seen, and the people who misspell it.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "commands/language/tokens.h"

namespace osrbot::language {

enum class TagMatch : std::uint8_t {
  none,
  misspelling,  ///< one edit away: a letter more, less or other, or two neighbours swapped
  alias,
  casefold,  ///< the tag but for case, width or invisible characters
  exact,
};

struct TagNames {
  std::string tag = "OpenSourceResearch";  ///< without '#'
  std::vector<std::string> aliases = {"OSRC", "البحث_مفتوح_المصدر"};
};

struct FoundTag {
  TagMatch match = TagMatch::none;
  std::size_t token = 0;
};

/// The best match among the hashtags.
FoundTag find_tag(const Tokens& tokens, const TagNames& names);

}  // namespace osrbot::language
