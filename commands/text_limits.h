// What people may give to projects, tasks, needs and profiles: how long their texts may be, and how many hours.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "commands/language/numbers.h"

namespace osrbot {

inline constexpr std::size_t longest_title = 200;  ///< in code points, like the limits below
inline constexpr std::size_t longest_note = 1000;
inline constexpr std::size_t longest_skill = 80;  ///< and discipline

inline constexpr double most_hours = language::kMostHoursAWeek;  ///< a week

/// The text without space around it and with line ends turned into spaces. Throws UserError `<key>.missing` when
/// nothing is left, and
/// `<key>.long` (arguments `limit`, `length`) when there is more than `limit` code points; the last part of the key
/// names the argument.
std::string checked_text(std::string_view text, std::string_view key, std::size_t limit);

/// The text in one line of at most `limit` code points: what does not fit is cut off between two words where there are
/// such, and shows as an ellipsis.
std::string in_a_line(std::string_view text, std::size_t limit);

/// The same as checked_text() for a text that may be missing.
std::string checked_optional_text(std::string_view text, std::string_view key, std::size_t limit);

}  // namespace osrbot
