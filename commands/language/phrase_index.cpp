#include "commands/language/phrase_index.h"

#include <algorithm>
#include <cstring>

#include "commands/language/text.h"
#include "commands/language/word_forms.h"

namespace osrbot::language {
namespace {

constexpr std::size_t kTypoLetters = 8;   ///< shorter words have too many neighbours
constexpr std::size_t kEndBytes = 4;      ///< one edit leaves the first or the last four bytes of a long word alone
constexpr std::size_t kLongestWord = 48;  ///< bytes; longer ones are no words of ours

std::uint64_t hash_of(std::string_view text) {
  std::uint64_t hash = 0xcbf29ce484222325ULL ^ text.size();
  std::size_t at = 0;
  for (; at + 8 <= text.size(); at += 8) {
    std::uint64_t chunk = 0;
    std::memcpy(&chunk, text.data() + at, 8);
    hash = (hash ^ chunk) * 0x9E3779B97F4A7C15ULL;
    hash ^= hash >> 29U;
  }
  std::uint64_t rest = 0;
  std::memcpy(&rest, text.data() + at, text.size() - at);
  hash = (hash ^ rest) * 0x9E3779B97F4A7C15ULL;
  hash ^= hash >> 32U;
  return hash | 1U;
}

std::uint32_t bytes_at(std::string_view text, std::size_t at) {
  std::uint32_t key = 0;
  std::memcpy(&key, text.data() + at, kEndBytes);
  return key;
}

std::size_t letters_in(std::string_view text) {
  return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), [](char c) { return (c & 0xC0) != 0x80; }));
}

/// A phrase's tokens are compared by their folding; marks count only where they tell ("idea:", "+1").
bool counts(const Token& token) {
  return token.kind != TokenKind::emoji;
}

}  // namespace

const std::uint32_t* PhraseIndex::Table::find(std::uint64_t key) const {
  const auto mask = slots_.size() - 1;
  for (auto at = (key >> 7U) & mask;; at = (at + 1) & mask) {
    if (slots_[at].key == key) return &slots_[at].value;
    if (slots_[at].key == 0) return nullptr;
  }
}

std::uint32_t& PhraseIndex::Table::at(std::uint64_t key) {
  if (used_ * 2 >= slots_.size()) grow();
  const auto mask = slots_.size() - 1;
  for (auto at = (key >> 7U) & mask;; at = (at + 1) & mask) {
    if (slots_[at].key == key) return slots_[at].value;
    if (slots_[at].key == 0) {
      ++used_;
      slots_[at].key = key;
      return slots_[at].value;
    }
  }
}

void PhraseIndex::Table::grow() {
  auto old = std::move(slots_);
  slots_.assign(old.size() * 4, {});
  used_ = 0;
  for (const auto& slot : old) {
    if (slot.key) at(slot.key) = slot.value;
  }
}

PhraseIndex::PhraseIndex()
    : word_begins_{0, 0}, word_languages_{0}, phrase_languages_{0}, node_entries_{0}, entries_(1), in_phrase_{false} {}

WordId PhraseIndex::find(std::string_view folded) const {
  // Two words with one hash would be read as each other; the comparison rules that out.
  const auto* id = ids_.find(hash_of(folded));
  return id && word(*id) == folded ? *id : 0;
}

WordId PhraseIndex::intern(std::string_view folded) {
  auto& id = ids_.at(hash_of(folded));
  if (id) return id;
  id = static_cast<WordId>(word_languages_.size());
  letters_ += folded;
  word_begins_.push_back(static_cast<std::uint32_t>(letters_.size()));
  word_languages_.push_back(0);
  phrase_languages_.push_back(0);
  in_phrase_.push_back(false);
  return id;
}

std::uint32_t PhraseIndex::child(std::uint32_t node, WordId word) const {
  if (!word) return 0;
  const auto* next = edges_.find((static_cast<std::uint64_t>(node) << 32U | word) * 0x9E3779B97F4A7C15ULL | 1U);
  return next ? *next : 0;
}

bool PhraseIndex::is_phrase(std::string_view folded_word, Sense sense) const {
  const auto node = child(0, find(folded_word));
  if (node == 0) return false;
  for (auto entry = node_entries_[node]; entry; entry = entries_[entry].next) {
    if (entries_[entry].meaning.sense == sense) return true;
  }
  return false;
}

bool PhraseIndex::add(std::string_view phrase, const Meaning& meaning) {
  std::string spelled(phrase);
  for (std::size_t at = 0; (at = spelled.find("<n>", at)) != std::string::npos;) spelled.replace(at, 3, "\x01");
  auto& tokens = scratch_;
  tokens.read(spelled);
  std::uint32_t node = 0;
  for (std::size_t i = 0; i < tokens.size(); ++i) {
    if (!counts(tokens[i])) continue;
    const auto folded = tokens.folded(i);
    std::string canonical;
    if (folded == "<" && tokens.is_word(i + 1, "at")) {
      canonical = "<at>";
      i += 2;
    } else {
      canonical = folded == "\x01" ? "<n>" : canonical_form(folded);
    }
    const auto word = intern(canonical);
    in_phrase_[word] = true;
    if (meaning.language) phrase_languages_[word] |= 1U << (meaning.language - 1U);
    auto& next = edges_.at((static_cast<std::uint64_t>(node) << 32U | word) * 0x9E3779B97F4A7C15ULL | 1U);
    if (!next) {
      next = static_cast<std::uint32_t>(node_entries_.size());
      node_entries_.push_back(0);
    }
    node = next;
  }
  if (node == 0) return false;
  Entry entry{meaning, node_entries_[node], 0, 0};
  if (meaning.exact_case) {
    entry.written_begin = static_cast<std::uint32_t>(written_.size());
    written_ += phrase;
    entry.written_end = static_cast<std::uint32_t>(written_.size());
  }
  node_entries_[node] = static_cast<std::uint32_t>(entries_.size());
  entries_.push_back(entry);
  return true;
}

void PhraseIndex::add_word(std::string_view word, std::uint32_t language_bits) {
  const Tokens tokens(word);
  for (const auto& token : tokens) word_languages_[intern(canonical_form(tokens.folded(token)))] |= language_bits;
}

void PhraseIndex::finish() {
  scratch_ = Tokens();
  by_head_.clear();
  by_tail_.clear();
  for (WordId id = 1; id < word_languages_.size(); ++id) {
    const auto text = word(id);
    if (!in_phrase_[id] || text.size() < kTypoLetters || letters_in(text) < kTypoLetters) continue;
    by_head_.emplace_back(bytes_at(text, 0), id);
    by_tail_.emplace_back(bytes_at(text, text.size() - kEndBytes), id);
  }
  std::sort(by_head_.begin(), by_head_.end());
  std::sort(by_tail_.begin(), by_tail_.end());
}

WordId PhraseIndex::similar(std::string_view folded) const {
  if (folded.size() < kTypoLetters || letters_in(folded) < kTypoLetters) return 0;
  const auto search = [&](const auto& index, std::uint32_t key) -> WordId {
    auto at = std::lower_bound(index.begin(), index.end(), std::pair<std::uint32_t, WordId>{key, 0});
    for (; at != index.end() && at->first == key; ++at) {
      const auto other = word(at->second);
      if (other.size() + 4 < folded.size() || folded.size() + 4 < other.size()) continue;
      if (within_one_edit(other, folded)) return at->second;
    }
    return 0;
  };
  if (const auto id = search(by_head_, bytes_at(folded, 0))) return id;
  return search(by_tail_, bytes_at(folded, folded.size() - kEndBytes));
}

WordId PhraseIndex::form_of(std::string_view folded) const {
  WordId found = 0;
  each_stem(folded, [&](std::string_view stem) {
    const auto id = find(stem);
    if (id && in_phrase_[id]) found = id;
    return found == 0;
  });
  return found;
}

WordReading PhraseIndex::read(const Tokens& tokens, std::size_t at) const {
  const auto& token = tokens[at];
  switch (token.kind) {
    case TokenKind::number:
      return {find(tokens.folded(token)), find("<n>")};
    case TokenKind::mention:
      return {0, find("<at>")};
    case TokenKind::punctuation:
      return {find(tokens.folded(token)), 0};
    case TokenKind::word:
      break;
    default:
      return {};
  }
  const auto folded = tokens.folded(token);
  if (folded.empty() || folded.size() > kLongestWord) return {};
  WordReading reading{find(folded), 0};
  const bool known = reading.exact && in_phrase_[reading.exact];
  reading.form = form_of(folded);
  if (!known && !reading.form && !reading.exact) reading.form = similar(folded);
  return reading;
}

void PhraseIndex::match(const Tokens& tokens, const std::vector<WordReading>& words, std::size_t at,
                        std::vector<Hit>& out) const {
  constexpr std::size_t kLongestPhrase = 12;
  std::uint32_t node = 0;
  for (auto end = at; end < tokens.size() && end < at + kLongestPhrase; ++end) {
    if (tokens[end].line_start && end > at && tokens[end].kind == TokenKind::word) break;
    auto next = child(node, words[end].exact);
    if (!next) next = child(node, words[end].form);
    if (!next) break;
    node = next;
    for (auto entry = node_entries_[node]; entry; entry = entries_[entry].next) {
      const auto& found = entries_[entry];
      if (found.meaning.exact_case) {
        const auto written =
            std::string_view(written_).substr(found.written_begin, found.written_end - found.written_begin);
        const auto span = tokens.text().substr(tokens[at].begin, tokens[end].end - tokens[at].begin);
        if (span != written) continue;
      }
      out.push_back({static_cast<std::uint32_t>(at), static_cast<std::uint32_t>(end + 1), entry});
    }
  }
}

}  // namespace osrbot::language
