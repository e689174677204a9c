// Which language is a text in? By script first, then by its common words and letters: small, offline, and honest: a
// text with nothing to go by is "und".
#pragma once

#include <string_view>
#include <vector>

#include "commands/language/lexicon.h"

namespace osrbot::language {

/// BCP-47 code; hashtags, mentions and links do not count. `words` are the readings of the tokens.
std::string_view detect_language(const Tokens& tokens, const std::vector<WordReading>& words, const Lexicon& lexicon);

}  // namespace osrbot::language
