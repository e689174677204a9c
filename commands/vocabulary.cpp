#include "commands/vocabulary.h"

#include <utility>

namespace osrbot {

Vocabulary::Vocabulary(std::filesystem::path directory, std::vector<std::filesystem::path> extensions)
    : directory_(std::move(directory)), extensions_(std::move(extensions)) {}

const language::Lexicon& Vocabulary::lexicon() const {
  if (!lexicon_) lexicon_ = language::Lexicon::load(directory_, extensions_);
  return *lexicon_;
}

}  // namespace osrbot
