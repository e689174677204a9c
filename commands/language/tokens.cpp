#include "commands/language/tokens.h"

#include <algorithm>
#include <array>
#include <limits>

#include "commands/language/emoji.h"
#include "commands/language/entities.h"
#include "commands/language/text.h"

namespace osrbot::language {
namespace {

/// Elided words of French, Italian and Catalan: the apostrophe after them ends a word.
constexpr std::array<std::string_view, 14> kElisions = {"l", "d",  "j",     "n",      "s",      "c",      "m",
                                                        "t", "qu", "jusqu", "lorsqu", "puisqu", "quelqu", "dell"};

/// Endings that French, Spanish, Portuguese and English writers add to name all genders or the plural.
constexpr std::array<std::string_view, 28> kInclusiveEndings = {
    "e",     "es",   "s",     "ne",    "nes",    "ene", "ere", "eres", "ière", "ve", "ves", "se", "ses", "euse",
    "euses", "rice", "rices", "trice", "trices", "a",   "as",  "o",    "os",   "ra", "ras", "le", "fe",  "sse"};

/// Script families: a word does not run across them ("بREDCap" is two words).
enum class Family : std::uint8_t { none, latin, arabic, indic, other };

Family family(char32_t c) {
  if (c < 0x0370) return Family::latin;
  if ((c >= 0x0600 && c < 0x0780) || (c >= 0xFB50 && c < 0xFF00)) return Family::arabic;
  if (c >= 0x0900 && c < 0x0E00) return Family::indic;
  if (c >= 0x1E00 && c < 0x2000) return Family::latin;
  return Family::other;
}

bool is_joiner(char32_t folded) {
  return folded == '-' || folded == '/' || folded == '&' || folded == '_' || folded == '.';
}
bool is_middle_dot(char32_t c) {
  return c == 0xB7 || c == 0x2022 || c == 0x2027 || c == 0x22C5 || c == 0x30FB;
}
bool is_apostrophe(char32_t c) {
  return c == '\'' || c == 0x2019 || c == 0x2BC || c == 0x2018;
}

char hyphen_or(char32_t c) {
  if (c < 0x80) return static_cast<char>(c);
  return c >= 0x2010 && c <= 0x2013 ? '-' : '\0';
}

}  // namespace

class Tokens::Reader {
 public:
  Reader(Tokens& out, std::string_view text) : out_(out), text_(text) {}

  void run() {
    while (at_ < text_.size()) step();
  }

 private:
  void step() {
    const auto [c, size] = decode(text_, at_);
    switch (char_class(c)) {
      case CharClass::space:
        at_ += size;
        glued_ = false;
        return;
      case CharClass::line_break:
        at_ += size;
        glued_ = false;
        line_start_ = true;
        return;
      case CharClass::ignorable:
        at_ += size;
        return;
      case CharClass::letter:
        return letter();
      case CharClass::mark:
        return word();
      case CharClass::digit:
        return digit();
      case CharClass::punctuation:
        return sign(c, size);
      case CharClass::emoji:
      case CharClass::other:
        if (const auto end = emoji_end(text_, at_)) return span(TokenKind::emoji, end);
        return punctuation(c, size);
    }
  }

  void letter() {
    if (static_cast<unsigned char>(text_[at_]) < 0x80 && !inside_word()) {
      if (const auto end = email_end(text_, at_)) return span(TokenKind::email, end);
      if (const auto end = url_end(text_, at_); end && !is_missing_blank(end)) return span(TokenKind::url, end);
    }
    word();
  }

  void digit() {
    if (!inside_word()) {
      if (const auto end = doi_end()) return span(TokenKind::doi, end);
      if (const auto end = orcid_end()) return span(TokenKind::orcid, end);
      if (const auto end = emoji_end(text_, at_)) return span(TokenKind::emoji, end);  // keycap: 1️⃣
      if (const auto end = email_end(text_, at_)) return span(TokenKind::email, end);
    }
    auto& token = open(TokenKind::number);
    while (at_ < text_.size()) {
      const auto [c, size] = decode(text_, at_);
      if (char_class(c) == CharClass::digit) {
        append_folded(out_.arena_, c);
      } else if (char_class(c) != CharClass::ignorable) {
        break;
      }
      at_ += size;
    }
    close(token);
  }

  void sign(char32_t c, std::uint32_t size) {
    if (c == '#' || c == 0xFF03) {
      if (const auto end = emoji_end(text_, at_)) return span(TokenKind::emoji, end);
      if (const auto end = hashtag_end(text_, at_)) return named(TokenKind::hashtag, end, size);
    }
    if (c == '@' || c == 0xFF20) {
      if (mention_end(text_, at_)) return named(TokenKind::mention, handle_end(at_ + size), size);
    }
    if (c == '*') {
      if (const auto end = emoji_end(text_, at_)) return span(TokenKind::emoji, end);
    }
    punctuation(c, size);
  }

  /// A run of one mark.
  void punctuation(char32_t c, std::uint32_t size) {
    auto& token = open(TokenKind::punctuation);
    append_folded(out_.arena_, c);
    at_ += size;
    while (at_ < text_.size() && decode(text_, at_).value == c) at_ += size;
    close(token);
  }

  /// A run of letters and marks; signs that tie it to the next word are consumed and remembered.
  void word() {
    auto& token = open(TokenKind::word);
    token.joiner = joiner_;
    joiner_ = 0;
    auto run = Family::none;
    std::size_t letters = 0;
    bool lower_seen = false;
    while (at_ < text_.size()) {
      const auto [c, size] = decode(text_, at_);
      const auto kind = char_class(c);
      if (kind == CharClass::letter) {
        const auto here = family(c);
        if (run != Family::none && here != run) break;
        run = here;
        const bool upper = is_upper(c);
        if (letters == 0) token.capital = upper;
        lower_seen |= !upper;
        ++letters;
      } else if (kind != CharClass::mark && kind != CharClass::ignorable) {
        break;
      }
      append_folded(out_.arena_, c);
      at_ += size;
    }
    token.upper = letters > 0 && !lower_seen;
    plus_signs(run);
    if (after_word(token)) return;
    close(token);
  }

  /// C++ and C#: the signs belong to the name.
  void plus_signs(Family run) {
    if (run != Family::latin) return;
    const auto rest = text_.substr(at_);
    const auto single = out_.arena_.size() - out_.tokens_.back().folded_begin == 1;
    if (rest.starts_with("++")) {
      out_.arena_ += "++";
      at_ += 2;
    } else if (single && rest.starts_with("#") && (rest.size() == 1 || !is_letter_at(at_ + 1))) {
      out_.arena_ += '#';
      ++at_;
    }
  }

  /// What stands between this word and the next without a blank. True: the token has been closed.
  bool after_word(Token& token) {
    if (at_ >= text_.size()) return false;
    const auto [c, size] = decode(text_, at_);
    if (c >= 0x80 && !is_middle_dot(c) && !is_apostrophe(c) && hyphen_or(c) == 0) return false;
    if (const auto end = inclusive_end(c, size)) {
      at_ = end;
      close(token);
      // A second ending: "statisticien·ne·s".
      if (at_ < text_.size()) {
        const auto again = decode(text_, at_);
        if (const auto second = inclusive_end(again.value, again.size))
          out_.tokens_.back().end = static_cast<std::uint32_t>(at_ = second);
      }
      return true;
    }
    if (!is_letter_at(at_ + size)) return false;
    if (is_apostrophe(c)) return apostrophe(token, size);
    const char sign = is_middle_dot(c) ? '-' : hyphen_or(c);
    if (sign == 0 || !is_joiner(static_cast<char32_t>(sign))) return false;
    close(token);
    joiner_ = sign;
    at_ += size;
    return true;
  }

  bool apostrophe(Token& token, std::uint32_t size) {
    const auto stem = std::string_view(out_.arena_).substr(token.folded_begin);
    if (std::find(kElisions.begin(), kElisions.end(), stem) != kElisions.end()) {
      close(token);
      joiner_ = '\'';
      at_ += size;
      return true;
    }
    // "don't": the word goes on behind the apostrophe.
    at_ += size;
    while (at_ < text_.size()) {
      const auto next = decode(text_, at_);
      const auto kind = char_class(next.value);
      if (kind != CharClass::letter && kind != CharClass::mark && kind != CharClass::ignorable) break;
      append_folded(out_.arena_, next.value);
      at_ += next.size;
    }
    return false;
  }

  /// End of an inclusive ending that begins with the sign `c` here, or 0.
  std::size_t inclusive_end(char32_t c, std::uint32_t size) const {
    const bool bracket = c == '(' || c == '[';
    if (!bracket && c != '/' && c != '.' && c != '-' && !is_middle_dot(c)) return 0;
    std::size_t end = at_ + size;
    if (bracket && end < text_.size() && (text_[end] == '/' || text_[end] == '-')) ++end;
    const auto letters = end;
    std::string ending;
    for (int count = 0; end < text_.size(); ++count) {
      const auto next = decode(text_, end);
      if (char_class(next.value) != CharClass::letter) break;
      if (count == 6 || is_upper(next.value)) return 0;
      append_folded(ending, next.value);
      end += next.size;
    }
    if (end == letters) return 0;
    const bool known = std::find(kInclusiveEndings.begin(), kInclusiveEndings.end(), ending) != kInclusiveEndings.end();
    if (!known) return 0;
    if (bracket) return end < text_.size() && (text_[end] == ')' || text_[end] == ']') ? end + 1 : 0;
    // With a plain sign the ending must not be a word of its own: "y/o", "x-a"; a single letter needs '/' or a dot.
    if (c == '-' && (ending.size() < 2 || ending == "as" || ending == "se" || ending == "le" || ending == "os"))
      return 0;
    if (c == '.' && ending.size() == 1 && ending != "e" && ending != "s") return 0;
    if (end < text_.size() && (text_[end] == '@' || is_digit_at(end))) return 0;
    // Short words take an ending only with a sign that nothing else uses: "un·e", but not "y/o".
    const auto stem = std::string_view(out_.arena_).substr(out_.tokens_.back().folded_begin);
    return stem.size() >= 4 || (is_middle_dot(c) && ending == "e") ? end : 0;
  }

  /// "team.Help us": a full stop without the blank behind it. Nobody writes a top-level domain with a capital.
  bool is_missing_blank(std::size_t end) const {
    const auto name = text_.substr(at_, end - at_);
    const auto dot = name.find_last_of('.');
    return name.find('/') == std::string_view::npos && dot != std::string_view::npos && dot + 1 < name.size() &&
           name[dot + 1] >= 'A' && name[dot + 1] <= 'Z';
  }

  /// Handles of other platforms are longer than X's 20 characters.
  std::size_t handle_end(std::size_t at) const {
    while (at < text_.size() && (is_ascii_alnum(text_[at]) || text_[at] == '_')) ++at;
    return at;
  }

  /// "10.17605/OSF.IO/AB12C"
  std::size_t doi_end() const {
    if (!text_.substr(at_).starts_with("10.")) return 0;
    std::size_t at = at_ + 3;
    while (at < text_.size() && at < at_ + 12 && is_digit_at(at)) ++at;
    if (at < at_ + 7 || at >= text_.size() || text_[at] != '/') return 0;
    const auto suffix = ++at;
    while (at < text_.size() &&
           (is_ascii_alnum(text_[at]) || std::string_view("-._;()/:<>[]").find(text_[at]) != std::string_view::npos))
      ++at;
    while (at > suffix && !is_ascii_alnum(text_[at - 1])) --at;
    return at > suffix ? at : 0;
  }

  /// "0000-0002-1825-0097"
  std::size_t orcid_end() const {
    constexpr std::size_t kSize = 19;
    const auto form = text_.substr(at_, kSize);
    if (form.size() < kSize) return 0;
    for (std::size_t i = 0; i < kSize; ++i) {
      const char c = form[i];
      const bool digit = c >= '0' && c <= '9';
      if (i % 5 == 4 ? c != '-' : !(digit || (i == kSize - 1 && (c == 'X' || c == 'x')))) return 0;
    }
    const auto end = at_ + kSize;
    return end < text_.size() && (is_ascii_alnum(text_[end]) || text_[end] == '-') ? 0 : end;
  }

  void span(TokenKind kind, std::size_t end) {
    auto& token = open(kind);
    while (at_ < end) {
      const auto [c, size] = decode(text_, at_);
      append_folded(out_.arena_, c);
      at_ += size;
    }
    close(token);
  }

  /// A hashtag or mention: its folding leaves out the sign.
  void named(TokenKind kind, std::size_t end, std::uint32_t sign_size) {
    auto& token = open(kind);
    at_ += sign_size;
    while (at_ < end) {
      const auto [c, size] = decode(text_, at_);
      append_folded(out_.arena_, c);
      at_ += size;
    }
    close(token);
  }

  Token& open(TokenKind kind) {
    auto& token = out_.tokens_.emplace_back();
    token.kind = kind;
    token.begin = static_cast<std::uint32_t>(at_);
    token.folded_begin = static_cast<std::uint32_t>(out_.arena_.size());
    token.glued = glued_;
    token.line_start = line_start_;
    line_start_ = false;
    glued_ = true;
    if (kind != TokenKind::word) joiner_ = 0;
    return token;
  }

  void close(Token& token) const {
    token.end = static_cast<std::uint32_t>(at_);
    token.folded_end = static_cast<std::uint32_t>(out_.arena_.size());
  }

  /// Are we in the middle of something written in one piece, so that no address can begin here?
  bool inside_word() const {
    return glued_ && !out_.tokens_.empty() &&
           (out_.tokens_.back().kind == TokenKind::word || out_.tokens_.back().kind == TokenKind::number);
  }

  bool is_letter_at(std::size_t at) const {
    if (at >= text_.size()) return false;
    return char_class(decode(text_, at).value) == CharClass::letter;
  }
  bool is_digit_at(std::size_t at) const { return at < text_.size() && text_[at] >= '0' && text_[at] <= '9'; }
  static bool is_ascii_alnum(char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  }

  Tokens& out_;
  std::string_view text_;
  std::size_t at_ = 0;
  bool glued_ = false;
  bool line_start_ = true;
  char joiner_ = 0;
};

void Tokens::read(std::string_view text) {
  text_ = text.substr(0, std::numeric_limits<std::uint32_t>::max());
  arena_.clear();
  tokens_.clear();
  // Some ligatures fold to more bytes than they have: beyond 4 GiB of folded text, offsets would not fit.
  constexpr std::size_t kLongest = std::numeric_limits<std::uint32_t>::max() / 12;
  if (text_.size() > kLongest) text_ = text_.substr(0, kLongest);
  arena_.reserve(text_.size() + 16);
  tokens_.reserve(text_.size() / 5 + 8);
  Reader(*this, text_).run();
}

}  // namespace osrbot::language
