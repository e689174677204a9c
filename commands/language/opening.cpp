#include "commands/language/opening.h"

#include <cstddef>
#include <optional>

#include "commands/language/meaning.h"
#include "commands/language/reading.h"

namespace osrbot::language {

Opening read_opening(std::string_view text, const Lexicon& lexicon) {
  const Reading reading(text, lexicon);
  const auto& tokens = reading.tokens();
  std::optional<std::size_t> first;
  bool only_help = reading.has(Sense::help_alone);
  for (std::size_t i = 0; i < tokens.size(); ++i) {
    if (tokens[i].kind != TokenKind::word) continue;
    if (!first) first = i;
    const bool courtesy = reading.at(Sense::politeness, i) || reading.at(Sense::greeting, i);
    only_help = only_help && (courtesy || reading.at(Sense::help_alone, i));
  }
  if (only_help) return Opening::help;
  return first && reading.at(Sense::greeting, *first) ? Opening::greeting : Opening::none;
}

}  // namespace osrbot::language
