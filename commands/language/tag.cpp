#include "commands/language/tag.h"

#include <algorithm>

#include "commands/language/text.h"

namespace osrbot::language {
namespace {

TagMatch match_tag(const Tokens& tokens, std::size_t i, const TagNames& names, std::string_view folded_tag) {
  const auto folded = tokens.folded(i);
  if (folded == folded_tag) {
    const auto written = tokens.original(i);
    return written.starts_with('#') && written.substr(1) == names.tag ? TagMatch::exact : TagMatch::casefold;
  }
  const bool alias =
      std::any_of(names.aliases.begin(), names.aliases.end(), [&](const auto& name) { return fold(name) == folded; });
  if (alias) return TagMatch::alias;
  return within_one_edit(folded, folded_tag) ? TagMatch::misspelling : TagMatch::none;
}

}  // namespace

FoundTag find_tag(const Tokens& tokens, const TagNames& names) {
  FoundTag best;
  std::string folded_tag;
  for (std::size_t i = 0; i < tokens.size() && best.match != TagMatch::exact; ++i) {
    if (tokens[i].kind != TokenKind::hashtag) continue;
    if (folded_tag.empty()) folded_tag = fold(names.tag);
    if (const auto match = match_tag(tokens, i, names, folded_tag); match > best.match) best = {match, i};
  }
  return best;
}

}  // namespace osrbot::language
