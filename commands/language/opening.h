// What people say to a bot before they know what it understands.
#pragma once

#include <cstdint>
#include <string_view>

#include "commands/language/lexicon.h"

namespace osrbot::language {

enum class Opening : std::uint8_t {
  none,
  greeting,  ///< begins the text, whatever follows: "hola a todos"
  help,      ///< is all that is said, beside courtesy: "ayuda, por favor"
};

/// In any language of the lexicon.
Opening read_opening(std::string_view text, const Lexicon& lexicon);

}  // namespace osrbot::language
