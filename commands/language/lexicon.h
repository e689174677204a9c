// The words by which posts are understood, read from files at start: skills, cues of intent, labels, places and the
// common words of each language. An operator extends or replaces them without a rebuild (docs/language.md).
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <map>
#include <stdexcept>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "commands/language/phrase_index.h"

namespace osrbot::language {

/// What is wrong with the files, one problem a line: "lexicon/fr.json: cues.call[3]: expected a text".
class LexiconError : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

struct Skill {
  std::string id;
  std::string credit;                                      ///< usual CRediT role of the work; empty: none
  std::map<std::string, std::string, std::less<>> labels;  ///< for people, by language (BCP-47)

  /// In a language, else in English; the id, for a skill without labels.
  const std::string& label(std::string_view language) const;
};

/// Immutable after loading; may be shared between threads.
class Lexicon {
 public:
  /// Reads skills.json, countries.json and lexicon/*.json below `config_dir`, then the extensions, which may add
  /// phrases to anything, add skills, or name a skill again with "replace": true to start over with its words. Throws
  /// LexiconError with every problem found.
  static Lexicon load(const std::filesystem::path& config_dir,
                      const std::vector<std::filesystem::path>& extensions = {});

  const PhraseIndex& index() const { return index_; }
  const std::vector<Skill>& skills() const { return skills_; }
  /// Index of a skill, or skills().size().
  std::size_t skill_with_id(std::string_view id) const;
  const std::string& label(std::uint16_t value) const { return labels_[value]; }
  /// BCP-47 codes; the first is "" for phrases of any language.
  const std::vector<std::string>& languages() const { return languages_; }

 private:
  class Loader;

  PhraseIndex index_;
  std::vector<Skill> skills_;
  std::vector<std::string> labels_ = {""};
  std::vector<std::string> languages_ = {""};
};

}  // namespace osrbot::language
