#include "commands/language/opening.h"

#include <algorithm>
#include <cstddef>
#include <iterator>
#include <optional>

#include "commands/language/meaning.h"
#include "commands/language/reading.h"

namespace osrbot::language {
namespace {

/// "?", "؟ ?": asks, and says nothing else.
bool only_asks(std::string_view text) {
  constexpr std::string_view marks[] = {"?", "؟", " "};
  bool asks = false;
  while (!text.empty()) {
    const auto mark = std::ranges::find_if(marks, [&](std::string_view one) { return text.starts_with(one); });
    if (mark == std::end(marks)) return false;
    asks |= *mark != " ";
    text.remove_prefix(mark->size());
  }
  return asks;
}

}  // namespace

Opening read_opening(std::string_view text, const Lexicon& lexicon) {
  if (only_asks(text)) return Opening::help;
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
