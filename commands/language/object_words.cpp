#include "commands/language/object_words.h"

#include <algorithm>
#include <string_view>

namespace osrbot::language {

char letter_of(ArgumentKind kind) {
  switch (kind) {
    case ArgumentKind::project:
      return 'p';
    case ArgumentKind::need:
      return 'n';
    case ArgumentKind::task:
      return 't';
    case ArgumentKind::credit:
      return 'c';
    default:
      return 0;
  }
}

char object_letter(std::string_view word) {
  if (word.starts_with('#')) word.remove_prefix(1);
  if (word.size() < 2 || word.find_first_not_of("0123456789", 1) != std::string_view::npos) return 0;
  constexpr std::string_view letters = "pntc";
  const auto at = std::string_view("PNTCpntc").find(word.front());
  return at == std::string_view::npos ? '\0' : letters[at % letters.size()];
}

bool names_object(std::string_view word) {
  const char letter = object_letter(word);
  return letter != 0 && letter != 'c';
}

bool adds(const CommandWord& word) {
  constexpr std::string_view adding[] = {"and", "then", "plus", "also", "too", "+", "&"};
  return !word.quoted && std::ranges::count(adding, word.folded) == 1;
}

}  // namespace osrbot::language
