#include "commands/language/verb_index.h"

#include <algorithm>
#include <utility>

#include "commands/language/text.h"

namespace osrbot::language {
namespace {

std::string key_of(std::string_view name) {
  auto key = fold(name);
  std::replace(key.begin(), key.end(), '_', ' ');
  return key;
}

}  // namespace

VerbIndex::VerbIndex(const std::vector<VerbSpec>& verbs) {
  for (const auto& verb : verbs) {
    add(verb.name, verb);
    for (const auto alias : verb.aliases) add(alias, verb);
  }
}

void VerbIndex::add(std::string_view name, const VerbSpec& verb) {
  auto key = key_of(name);
  longest_ = std::max<std::size_t>(longest_, 1 + static_cast<std::size_t>(std::count(key.begin(), key.end(), ' ')));
  by_words_.emplace(std::move(key), &verb);
  names_.push_back(name);
}

std::optional<VerbIndex::Found> VerbIndex::find(const std::vector<CommandWord>& words, std::size_t at) const {
  std::optional<Found> found;
  std::string said;
  for (auto i = at; i < words.size() && i - at < longest_; ++i) {
    if (words[i].quoted || words[i].silent) break;
    if (!said.empty()) said += ' ';
    said += words[i].folded;
    if (const auto known = by_words_.find(said); known != by_words_.end()) found = Found{known->second, i + 1};
    if (words[i].closes_clause && !found) break;
  }
  return found;
}

const VerbSpec* VerbIndex::named(std::string_view name) const {
  const auto known = by_words_.find(key_of(name));
  return known == by_words_.end() ? nullptr : known->second;
}

}  // namespace osrbot::language
