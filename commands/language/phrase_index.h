// Thousands of phrases looked up in one pass over a text: a trie over words. A word that the trie does not know is
// tried again without its inflection (word_forms.h), and a long one with one letter wrong.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "commands/language/meaning.h"
#include "commands/language/tokens.h"

namespace osrbot::language {

/// Number of a word in the vocabulary; 0: not in it.
using WordId = std::uint32_t;

/// What a token may be read as: as it stands, and as the form of another word.
struct WordReading {
  WordId exact = 0;
  WordId form = 0;
};

/// A phrase found: tokens [first, last).
struct Hit {
  std::uint32_t first = 0;
  std::uint32_t last = 0;
  std::uint32_t entry = 0;  ///< PhraseIndex::meaning(entry)
};

class PhraseIndex {
 public:
  PhraseIndex();

  /// "<n>" in a phrase stands for any number, "<at>" for any mention. Returns false for a phrase without words.
  bool add(std::string_view phrase, const Meaning& meaning);

  /// Notes that a word belongs to a language (bit set), for language detection.
  void add_word(std::string_view word, std::uint32_t language_bits);

  /// Makes the index of long words; call once after the last phrase.
  void finish();

  WordReading read(const Tokens& tokens, std::size_t at) const;
  std::uint32_t languages_of(WordId word) const { return word ? word_languages_[word] : 0; }
  /// Languages in whose phrases a word occurs: weaker evidence.
  std::uint32_t phrase_languages_of(WordId word) const { return word ? phrase_languages_[word] : 0; }

  /// All phrases that begin at token `at`, shortest first, appended to `out`.
  void match(const Tokens& tokens, const std::vector<WordReading>& words, std::size_t at, std::vector<Hit>& out) const;

  const Meaning& meaning(const Hit& hit) const { return entries_[hit.entry].meaning; }
  std::size_t phrases() const { return entries_.size(); }

  /// Is this one word, as it stands, a phrase of that sense?
  bool is_phrase(std::string_view folded_word, Sense sense) const;

 private:
  struct Entry {
    Meaning meaning;
    std::uint32_t next = 0;           ///< next entry of the same node; 0: none
    std::uint32_t written_begin = 0;  ///< how an exact-case phrase is written, in written_
    std::uint32_t written_end = 0;
  };
  struct Slot {
    std::uint64_t key = 0;
    std::uint32_t value = 0;
  };
  /// Open addressing, keys never 0: the whole index is three flat tables.
  class Table {
   public:
    const std::uint32_t* find(std::uint64_t key) const;
    std::uint32_t& at(std::uint64_t key);

   private:
    void grow();
    std::vector<Slot> slots_ = std::vector<Slot>(1024);
    std::size_t used_ = 0;
  };

  WordId find(std::string_view folded) const;
  WordId intern(std::string_view folded);
  WordId similar(std::string_view folded) const;
  WordId form_of(std::string_view folded) const;
  std::uint32_t child(std::uint32_t node, WordId word) const;
  std::string_view word(WordId id) const {
    return std::string_view(letters_).substr(word_begins_[id], word_begins_[id + 1] - word_begins_[id]);
  }

  Tokens scratch_;       ///< of add(), so that it allocates once
  std::string letters_;  ///< all words, end to end
  std::vector<std::uint32_t> word_begins_;
  std::vector<std::uint32_t> word_languages_;
  std::vector<std::uint32_t> phrase_languages_;
  Table ids_;                                ///< hash of a word -> id
  Table edges_;                              ///< node and word -> node
  std::vector<std::uint32_t> node_entries_;  ///< first entry of a node; 0: none
  std::vector<Entry> entries_;
  std::string written_;
  std::vector<std::pair<std::uint32_t, WordId>> by_head_;  ///< long words by their first letters, sorted
  std::vector<std::pair<std::uint32_t, WordId>> by_tail_;  ///< and by their last
  std::vector<bool> in_phrase_;                            ///< words of phrases, as against mere language words
};

}  // namespace osrbot::language
