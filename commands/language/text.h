// Unicode ground floor: lenient UTF-8 decoding that survives any bytes, and the one folding by which all words are
// compared, so that "Estadístico", "ESTADISTICO" and "estadı́stico" are the same word and so are الأبحاث and الابحاث.
//
// The folding of a code point does not depend on its neighbours (offsets stay simple and time linear). It is NFKC
// casefold without zero-width and other default-ignorable characters, and then
//  * accents of Latin, Greek and Cyrillic letters are dropped (ø and æ are letters, not accents, and stay),
//  * Arabic: short vowels and tatweel dropped, أإآ -> ا, ى -> ي, ة -> ه, ؤ -> و, ئ -> ي, Persian ک ی -> ك ي,
//  * Devanagari: nukta dropped (क़ -> क), chandrabindu -> anusvara,
//  * digits of any script -> 0-9,
//  * punctuation to its ASCII cousin: ؟ ， ، ؛ । – — « » “ ” ’ -> ? , , ; . - - " " " " '.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace osrbot::language {

/// What stands for bytes that are no UTF-8: one per byte.
inline constexpr char32_t kReplacement = 0xFFFD;

struct CodePoint {
  char32_t value = kReplacement;
  std::uint32_t size = 1;  ///< bytes in the text, at least 1
};

/// The code point at byte `at` (< text.size()). Overlong forms, surrogates, stray and missing continuation bytes and
/// values above U+10FFFF are kReplacement with size 1.
CodePoint decode(std::string_view text, std::size_t at) noexcept;

/// The code point that ends before byte `at`; 0 at the beginning of the text.
char32_t decode_before(std::string_view text, std::size_t at) noexcept;

/// Surrogates and values above U+10FFFF are written as U+FFFD.
void append_utf8(std::string& out, char32_t code_point);

enum class CharClass : std::uint8_t {
  other,   ///< symbols, controls, unassigned
  letter,  ///< \p{L} and letter numbers
  mark,    ///< \p{M}: combining marks, vowel signs
  digit,   ///< \p{Nd}: decimal digits of any script
  space,   ///< white space, but no line break
  line_break,
  punctuation,
  ignorable,  ///< zero-width joiners, bidi controls, variation selectors, soft hyphen ...
  emoji,      ///< Emoji_Presentation or Extended_Pictographic
};

CharClass char_class(char32_t code_point) noexcept;

/// 0-9 for a decimal digit of any script, otherwise -1.
int digit_value(char32_t code_point) noexcept;

/// Upper or title case.
bool is_upper(char32_t code_point) noexcept;

/// Appends the folding of one code point: nothing, or one or more code points.
void append_folded(std::string& out, char32_t code_point);

/// The folding of a text; bytes that are no UTF-8 become U+FFFD.
std::string fold(std::string_view text);

/// A folded text that knows where it came from.
struct FoldedText {
  std::string text;
  std::vector<std::uint32_t> origin;  ///< of each byte of `text`, and of its end: the byte in the original

  std::size_t origin_of(std::size_t folded_byte) const { return origin[folded_byte]; }
};
FoldedText fold_with_origins(std::string_view text);

/// Are `a` and `b` at most one edit apart: a letter inserted, dropped or changed, or two neighbours swapped? Compares
/// code points of folded texts; anything over 64 code points counts as unlike.
bool within_one_edit(std::string_view a, std::string_view b) noexcept;

}  // namespace osrbot::language
