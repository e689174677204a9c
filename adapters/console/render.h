// A message as lines of a terminal.
#pragma once

#include <string>
#include <string_view>

#include "adapters/message.h"

namespace osrbot::console {

/// Whole lines: paragraphs, entries with "- ", then the buttons with their numbers, from 1 on. With `styles`, bold,
/// italic and code are ANSI sequences; without, code stands between backticks. No text can hold an escape sequence.
std::string render(const Message& message, bool styles);

/// `text` without control characters, and so without escape sequences; line ends and tabs become spaces.
std::string printable(std::string_view text);

}  // namespace osrbot::console
