// A text as everything else in this folder looks at it: its tokens, its language, and every phrase of the lexicon in
// it, found in one pass.
#pragma once

#include <string_view>
#include <vector>

#include "commands/language/lexicon.h"

namespace osrbot::language {

class Reading {
 public:
  /// The text and the lexicon must outlive the reading.
  Reading(std::string_view text, const Lexicon& lexicon);

  const Tokens& tokens() const { return tokens_; }
  const Lexicon& lexicon() const { return lexicon_; }
  std::string_view language() const { return language_; }

  /// Phrases from left to right, without those that are part of a longer one of the same sense, of another language
  /// where the word is too short to be sure, or (skills) written in the wrong case.
  const std::vector<Hit>& hits() const { return hits_; }
  const Meaning& meaning(const Hit& hit) const { return lexicon_.index().meaning(hit); }
  bool has(Sense sense) const { return (present_ >> static_cast<unsigned>(sense) & 1U) != 0; }
  /// First phrase of that sense; nullptr: none.
  const Hit* find(Sense sense) const;
  std::size_t count(Sense sense) const;
  /// A phrase of that sense that covers token `at`.
  const Hit* at(Sense sense, std::size_t token) const;

  /// Tokens [sentence_begin, sentence_end) around token `at`: up to a full stop, question or exclamation mark or a
  /// line's end.
  std::size_t sentence_begin(std::size_t at) const;
  std::size_t sentence_end(std::size_t at) const;
  bool ends_sentence(std::size_t token) const;

  /// Mostly in capitals.
  bool shouted() const { return shouted_; }
  std::string_view slice(std::size_t first, std::size_t last) const;

 private:
  bool is_wanted(const Hit& hit) const;

  Tokens tokens_;
  const Lexicon& lexicon_;
  std::string_view language_;
  std::uint8_t language_index_ = 0;
  bool shouted_ = false;
  std::uint64_t present_ = 0;
  std::vector<Hit> hits_;
};
static_assert(kSenses <= 64);

}  // namespace osrbot::language
