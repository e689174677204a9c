#include "commands/language/text.h"

#include <array>
#include <cstring>
#include <memory>

#include <unicode/uchar.h>
#include <unicode/unorm2.h>

namespace osrbot::language {
namespace {

constexpr char32_t kTabled = 0x3000;  ///< everything below is looked up; the rest asks ICU each time
constexpr std::uint8_t kTooLong = 0xFF;

struct CharFacts {
  CharClass kind = CharClass::other;
  std::uint8_t folded_size = 0;  ///< kTooLong: ask ICU
  std::array<char, 6> folded{};
};

bool is_dropped_mark(char32_t c) {
  return (c >= 0x0300 && c <= 0x036F) || (c >= 0x0591 && c <= 0x05C7) || (c >= 0x0610 && c <= 0x061A) ||
         (c >= 0x064B && c <= 0x065F) || c == 0x0670 || (c >= 0x06D6 && c <= 0x06ED && c != 0x06DD && c != 0x06DE) ||
         c == 0x0640 || c == 0x093C || c == 0x09BC;
}

char32_t cousin(char32_t c) {
  switch (c) {
    case 0x0649:
    case 0x06CC:
      return 0x064A;
    case 0x0629:
    case 0x06C1:
      return 0x0647;
    case 0x06A9:
      return 0x0643;
    case 0x0671:
      return 0x0627;
    case 0x0901:
      return 0x0902;
    case 0x061F:
    case 0x037E:
      return '?';
    case 0x060C:
    case 0x3001:
      return ',';
    case 0x061B:
      return ';';
    case 0x0964:
    case 0x0965:
    case 0x3002:
    case 0x06D4:
      return '.';
    case 0x2010:
    case 0x2011:
    case 0x2012:
    case 0x2013:
    case 0x2014:
    case 0x2015:
    case 0x2212:
    case 0x05BE:
      return '-';
    case 0x2018:
    case 0x2019:
    case 0x02BC:
    case 0x0060:
    case 0x00B4:
    case 0x2032:
      return '\'';
    case 0x201C:
    case 0x201D:
    case 0x201E:
    case 0x00AB:
    case 0x00BB:
    case 0x2033:
      return '"';
    case 0x2044:
    case 0x2215:
      return '/';
    default:
      return c;
  }
}

char32_t simplified(char32_t c) {
  const auto simple = cousin(c);
  if (simple != c) return simple;
  const auto digit = c < 0x80 ? -1 : u_charDigitValue(static_cast<UChar32>(c));
  return digit >= 0 ? static_cast<char32_t>('0' + digit) : c;
}

/// The definition of the folding, by ICU.
void append_folded_by_icu(std::string& out, char32_t code_point) {
  UErrorCode error = U_ZERO_ERROR;
  const auto* casefold = unorm2_getNFKCCasefoldInstance(&error);
  const auto* decompose = unorm2_getNFDInstance(&error);
  std::array<UChar, 2> source{};
  std::array<UChar, 64> folded{};
  std::array<UChar, 64> apart{};
  int32_t source_size = 0;
  // Accents that are spacing characters of their own would decompose into a blank and a mark.
  if (cousin(code_point) != code_point) return append_utf8(out, cousin(code_point));
  U16_APPEND_UNSAFE(source.data(), source_size, static_cast<UChar32>(code_point));
  const auto folded_size = unorm2_normalize(casefold, source.data(), source_size, folded.data(),
                                            static_cast<int32_t>(folded.size()), &error);
  const auto size =
      unorm2_normalize(decompose, folded.data(), folded_size, apart.data(), static_cast<int32_t>(apart.size()), &error);
  if (U_FAILURE(error)) return append_utf8(out, code_point);
  for (int32_t at = 0; at < size;) {
    UChar32 c = 0;
    U16_NEXT(apart.data(), at, size, c);
    if (!is_dropped_mark(static_cast<char32_t>(c))) append_utf8(out, simplified(static_cast<char32_t>(c)));
  }
}

CharClass class_by_icu(char32_t code_point) {
  const auto c = static_cast<UChar32>(code_point);
  if (code_point == '\n' || code_point == '\r' || code_point == 0x2028 || code_point == 0x2029 || code_point == 0x85) {
    return CharClass::line_break;
  }
  if (u_hasBinaryProperty(c, UCHAR_DEFAULT_IGNORABLE_CODE_POINT)) return CharClass::ignorable;
  if (u_isUWhiteSpace(c)) return CharClass::space;
  const auto mask = U_GET_GC_MASK(c);
  if (mask & (U_GC_L_MASK | U_GC_NL_MASK)) return CharClass::letter;
  if (mask & U_GC_M_MASK) return CharClass::mark;
  if (mask & U_GC_ND_MASK) return CharClass::digit;
  if (code_point >= 0xA9 &&
      (u_hasBinaryProperty(c, UCHAR_EMOJI_PRESENTATION) || u_hasBinaryProperty(c, UCHAR_EXTENDED_PICTOGRAPHIC) ||
       u_hasBinaryProperty(c, UCHAR_EMOJI_MODIFIER))) {
    return CharClass::emoji;
  }
  if (mask & U_GC_P_MASK) return CharClass::punctuation;
  if (code_point < 0x80 && code_point > 0x20) return CharClass::punctuation;  // $ + < = > ^ ` | ~
  return CharClass::other;
}

CharFacts facts_by_icu(char32_t code_point) {
  CharFacts facts;
  facts.kind = class_by_icu(code_point);
  std::string folded;
  append_folded_by_icu(folded, code_point);
  if (folded.size() > facts.folded.size()) {
    facts.folded_size = kTooLong;
  } else {
    facts.folded_size = static_cast<std::uint8_t>(folded.size());
    std::memcpy(facts.folded.data(), folded.data(), folded.size());
  }
  return facts;
}

/// Facts of every code point below kTabled, from ICU, worked out once.
const CharFacts& tabled(char32_t code_point) {
  static const auto table = [] {
    auto facts = std::make_unique<std::array<CharFacts, kTabled>>();
    for (char32_t c = 0; c < kTabled; ++c) (*facts)[c] = facts_by_icu(c);
    return facts;
  }();
  return (*table)[code_point];
}

constexpr bool is_continuation(unsigned char byte) {
  return (byte & 0xC0U) == 0x80U;
}

}  // namespace

CodePoint decode(std::string_view text, std::size_t at) noexcept {
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
  const auto first = byte(at);
  const auto left = text.size() - at;
  if (first < 0x80U) return {first, 1};
  if (first >= 0xC2U && first <= 0xDFU && left >= 2 && is_continuation(byte(at + 1))) {
    return {static_cast<char32_t>((first & 0x1FU) << 6U | (byte(at + 1) & 0x3FU)), 2};
  }
  if ((first & 0xF0U) == 0xE0U && left >= 3 && is_continuation(byte(at + 1)) && is_continuation(byte(at + 2))) {
    const auto value =
        static_cast<char32_t>((first & 0x0FU) << 12U | (byte(at + 1) & 0x3FU) << 6U | (byte(at + 2) & 0x3FU));
    if (value >= 0x800 && (value < 0xD800 || value > 0xDFFF)) return {value, 3};
  }
  if (first >= 0xF0U && first <= 0xF4U && left >= 4 && is_continuation(byte(at + 1)) && is_continuation(byte(at + 2)) &&
      is_continuation(byte(at + 3))) {
    const auto value = static_cast<char32_t>((first & 0x07U) << 18U | (byte(at + 1) & 0x3FU) << 12U |
                                             (byte(at + 2) & 0x3FU) << 6U | (byte(at + 3) & 0x3FU));
    if (value >= 0x10000 && value <= 0x10FFFF) return {value, 4};
  }
  return {kReplacement, 1};
}

char32_t decode_before(std::string_view text, std::size_t at) noexcept {
  if (at == 0) return 0;
  for (std::size_t size = 1; size <= 4 && size <= at; ++size) {
    const auto found = decode(text, at - size);
    if (found.size == size && (found.value != kReplacement || size == 3)) return found.value;
  }
  return kReplacement;
}

void append_utf8(std::string& out, char32_t c) {
  if (c > 0x10FFFF || (c >= 0xD800 && c <= 0xDFFF)) c = kReplacement;
  if (c < 0x80) {
    out += static_cast<char>(c);
  } else if (c < 0x800) {
    out += static_cast<char>(0xC0U | c >> 6U);
    out += static_cast<char>(0x80U | (c & 0x3FU));
  } else if (c < 0x10000) {
    out += static_cast<char>(0xE0U | c >> 12U);
    out += static_cast<char>(0x80U | (c >> 6U & 0x3FU));
    out += static_cast<char>(0x80U | (c & 0x3FU));
  } else {
    out += static_cast<char>(0xF0U | c >> 18U);
    out += static_cast<char>(0x80U | (c >> 12U & 0x3FU));
    out += static_cast<char>(0x80U | (c >> 6U & 0x3FU));
    out += static_cast<char>(0x80U | (c & 0x3FU));
  }
}

CharClass char_class(char32_t c) noexcept {
  return c < kTabled ? tabled(c).kind : class_by_icu(c);
}

int digit_value(char32_t c) noexcept {
  if (c < 0x80) return c >= '0' && c <= '9' ? static_cast<int>(c - '0') : -1;
  return char_class(c) == CharClass::digit ? u_charDigitValue(static_cast<UChar32>(c)) : -1;
}

bool is_upper(char32_t c) noexcept {
  if (c < 0x80) return c >= 'A' && c <= 'Z';
  return (U_GET_GC_MASK(static_cast<UChar32>(c)) & (U_GC_LU_MASK | U_GC_LT_MASK)) != 0;
}

void append_folded(std::string& out, char32_t c) {
  if (c < 0x80) {
    if (c == '`') c = '\'';
    out += static_cast<char>(c >= 'A' && c <= 'Z' ? c + ('a' - 'A') : c);
    return;
  }
  if (c < kTabled) {
    const auto& facts = tabled(c);
    if (facts.folded_size != kTooLong) {
      out.append(facts.folded.data(), facts.folded_size);
      return;
    }
  }
  append_folded_by_icu(out, c);
}

std::string fold(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t at = 0; at < text.size();) {
    const auto found = decode(text, at);
    append_folded(out, found.value);
    at += found.size;
  }
  return out;
}

FoldedText fold_with_origins(std::string_view text) {
  FoldedText out;
  out.text.reserve(text.size());
  out.origin.reserve(text.size() + 1);
  for (std::size_t at = 0; at < text.size();) {
    const auto found = decode(text, at);
    append_folded(out.text, found.value);
    out.origin.resize(out.text.size(), static_cast<std::uint32_t>(at));
    at += found.size;
  }
  out.origin.push_back(static_cast<std::uint32_t>(text.size()));
  return out;
}

bool within_one_edit(std::string_view a, std::string_view b) noexcept {
  constexpr std::size_t kLongest = 64;
  std::array<char32_t, kLongest> left{};
  std::array<char32_t, kLongest> right{};
  const auto spread = [](std::string_view text, std::array<char32_t, kLongest>& out) {
    std::size_t count = 0;
    for (std::size_t at = 0; at < text.size();) {
      if (count == kLongest) return kLongest + 1;
      const auto found = decode(text, at);
      out[count++] = found.value;
      at += found.size;
    }
    return count;
  };
  const auto n = spread(a, left);
  const auto m = spread(b, right);
  if (n > kLongest || m > kLongest || n > m + 1 || m > n + 1) return false;
  std::size_t same = 0;
  while (same < n && same < m && left[same] == right[same]) ++same;
  std::size_t tail = 0;
  while (tail < n - same && tail < m - same && left[n - 1 - tail] == right[m - 1 - tail]) ++tail;
  const auto in_a = n - same - tail;
  const auto in_b = m - same - tail;
  if (in_a <= 1 && in_b <= 1) return true;
  return in_a == 2 && in_b == 2 && left[same] == right[same + 1] && left[same + 1] == right[same];
}

}  // namespace osrbot::language
