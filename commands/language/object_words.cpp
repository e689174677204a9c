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

char object_letter(const CommandWord& word) {
  std::string_view name = word.folded;
  if (name.starts_with('#')) name.remove_prefix(1);
  const bool names = name.size() > 1 && std::string_view("pntc").contains(name.front()) &&
                     name.find_first_not_of("0123456789", 1) == std::string_view::npos;
  return names ? name.front() : '\0';
}

bool adds(const CommandWord& word) {
  constexpr std::string_view adding[] = {"and", "then", "plus", "also", "too", "+", "&"};
  return !word.quoted && std::ranges::count(adding, word.folded) == 1;
}

}  // namespace osrbot::language
