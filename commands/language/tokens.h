// A text in pieces: one pass, no allocation per token, any bytes accepted. Everything that understands text (dates,
// numbers, skills, intents, the patient-data guard) works on these tokens and never on the raw text again.
//
// How words are cut:
//  * A word is a run of letters and marks of one script family; a number is a run of digits of any script. "P12" is the
//    word "p" and the number "12" `glued` to it; "4th" is "4" and a glued "th".
//  * Hyphens, apostrophes, slashes, middle dots, ampersands, underscores and full stops inside a word part it in two
//    without a punctuation token between: "meta-analysis" is "meta" and "analysis" with `joiner` '-'. Beside a digit
//    the sign is a token of its own ("3-4", "04/05", "10:30", "1.5").
//  * An apostrophe parts only after an elision (l', d', qu' ...); elsewhere it vanishes: "don't" is "dont".
//  * Inclusive endings belong to the word but not to its folding: "statisticien·ne", "statisticien.ne",
//    "statisticien(ne)", "developer(s)", "estadístico/a" fold to the stem before the sign.
//  * Hashtags, mentions and URLs are recognised as in entities.h; e-mail addresses, DOIs and ORCID iDs are one token,
//  so
//    that nobody reads their digits as a count or their '@' as a mention.
//  * A run of one punctuation mark ("!!", "...") is one token, folded to a single mark.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace osrbot::language {

enum class TokenKind : std::uint8_t {
  word,
  number,       ///< folded: its digits as 0-9, no separators, any length
  punctuation,  ///< folded: the mark once, in ASCII where it has an ASCII cousin
  emoji,        ///< a whole sequence: flags, keycaps, skin tones, joined families
  hashtag,      ///< folded: without the sign
  mention,      ///< folded: without the sign; letters, digits and underscores
  url,
  email,
  doi,
  orcid,  ///< the form is right; whether the check digit is, orcid.h tells
};

struct Token {
  std::uint32_t begin = 0;  ///< bytes in the text
  std::uint32_t end = 0;
  std::uint32_t folded_begin = 0;  ///< bytes in the arena of folded text
  std::uint32_t folded_end = 0;
  TokenKind kind = TokenKind::punctuation;
  char joiner = 0;          ///< the sign that ties it to the word before ("meta-analysis"), '\0': none
  bool glued = false;       ///< follows the token before without white space
  bool line_start = false;  ///< first of its line
  bool upper = false;       ///< a word of two letters or more without lower-case letters, or one capital letter
  bool capital = false;     ///< a word that begins with a capital letter
};

/// The tokens of one text. The text must outlive it. `read` may be called again and again: memory is kept.
class Tokens {
 public:
  Tokens() = default;
  explicit Tokens(std::string_view text) { read(text); }

  /// Linear in the length. Texts of 4 GiB and more are cut there.
  void read(std::string_view text);

  std::string_view text() const { return text_; }
  std::size_t size() const { return tokens_.size(); }
  bool empty() const { return tokens_.empty(); }
  const Token& operator[](std::size_t i) const { return tokens_[i]; }
  auto begin() const { return tokens_.begin(); }
  auto end() const { return tokens_.end(); }

  /// As written.
  std::string_view original(const Token& token) const { return text_.substr(token.begin, token.end - token.begin); }
  std::string_view original(std::size_t i) const { return original(tokens_[i]); }

  /// As compared: see text.h for the folding, above for what each kind leaves out.
  std::string_view folded(const Token& token) const {
    return std::string_view(arena_).substr(token.folded_begin, token.folded_end - token.folded_begin);
  }
  std::string_view folded(std::size_t i) const { return folded(tokens_[i]); }

  /// Is token `i` there, of this kind, and folded to `folded_text`?
  bool is(std::size_t i, TokenKind kind, std::string_view folded_text) const {
    return i < tokens_.size() && tokens_[i].kind == kind && folded(i) == folded_text;
  }
  bool is_word(std::size_t i, std::string_view folded_text) const { return is(i, TokenKind::word, folded_text); }
  bool is_mark(std::size_t i, std::string_view folded_text) const { return is(i, TokenKind::punctuation, folded_text); }
  bool is_kind(std::size_t i, TokenKind kind) const { return i < tokens_.size() && tokens_[i].kind == kind; }

 private:
  class Reader;

  std::string_view text_;
  std::string arena_;
  std::vector<Token> tokens_;
};

}  // namespace osrbot::language
