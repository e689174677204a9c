// The words by which skills and posts are understood, for as long as the bot runs.
#pragma once

#include <filesystem>
#include <optional>
#include <vector>

#include "commands/language/lexicon.h"

namespace osrbot {

/// Reads the lexicon when it is first needed, so that a bot that only runs commands starts quickly and stays small. For
/// the engine's thread only.
class Vocabulary {
 public:
  /// @param directory  holds skills.json, countries.json and lexicon/
  /// @param extensions the operator's own files
  explicit Vocabulary(std::filesystem::path directory, std::vector<std::filesystem::path> extensions = {});

  /// Throws language::LexiconError when the files are wrong (`osrbot doctor` says so beforehand).
  const language::Lexicon& lexicon() const;

 private:
  std::filesystem::path directory_;
  std::vector<std::filesystem::path> extensions_;
  mutable std::optional<language::Lexicon> lexicon_;
};

}  // namespace osrbot
