// Emoji sequences: what X weighs as one character and what a message must never be split inside of.
#pragma once

#include <cstddef>
#include <string_view>

namespace osrbot::language {

/// End in bytes of the emoji sequence that begins at byte `at`, or 0: a flag (two regional indicators), a keycap
/// (1️⃣), a pictograph with variation selector, skin tone or tag sequence, and any number of those joined by U+200D
/// (👩‍⚕️).
std::size_t emoji_end(std::string_view text, std::size_t at);

}  // namespace osrbot::language
