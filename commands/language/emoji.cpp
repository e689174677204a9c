#include "commands/language/emoji.h"

#include <unicode/uchar.h>

#include "commands/language/text.h"

namespace osrbot::language {
namespace {

constexpr char32_t kJoiner = 0x200D;
constexpr char32_t kTextStyle = 0xFE0E;
constexpr char32_t kEmojiStyle = 0xFE0F;
constexpr char32_t kKeycap = 0x20E3;

bool is_regional(char32_t c) {
  return c >= 0x1F1E6 && c <= 0x1F1FF;
}
bool is_skin_tone(char32_t c) {
  return c >= 0x1F3FB && c <= 0x1F3FF;
}
bool is_tag(char32_t c) {
  return c >= 0xE0020 && c <= 0xE007F;
}

CodePoint peek(std::string_view text, std::size_t at) {
  return at < text.size() ? decode(text, at) : CodePoint{0, 0};
}

/// One pictograph with what modifies it; 0: none here.
std::size_t pictograph_end(std::string_view text, std::size_t at) {
  const auto first = peek(text, at);
  const auto c = static_cast<UChar32>(first.value);
  if (first.value < 0xA9 || first.value == kReplacement) return 0;
  if (!u_hasBinaryProperty(c, UCHAR_EXTENDED_PICTOGRAPHIC) && !u_hasBinaryProperty(c, UCHAR_EMOJI_PRESENTATION) &&
      !is_skin_tone(first.value)) {
    return 0;
  }
  at += first.size;
  auto next = peek(text, at);
  if (next.value == kTextStyle) return 0;
  bool as_emoji = u_hasBinaryProperty(c, UCHAR_EMOJI_PRESENTATION);
  if (next.value == kEmojiStyle) {
    as_emoji = true;
    at += next.size;
    next = peek(text, at);
  }
  if (is_skin_tone(next.value)) {
    as_emoji = true;
    at += next.size;
    next = peek(text, at);
  }
  if (next.value == kKeycap) {
    at += next.size;
    next = peek(text, at);
  }
  while (is_tag(next.value)) {
    at += next.size;
    next = peek(text, at);
  }
  // ♂ or ↔ without U+FE0F is a text symbol, except inside a joined sequence.
  if (!as_emoji && next.value != kJoiner && first.value < 0x1F000 && !u_hasBinaryProperty(c, UCHAR_EMOJI)) return 0;
  return at;
}

}  // namespace

std::size_t emoji_end(std::string_view text, std::size_t at) {
  const auto first = peek(text, at);
  if ((first.value >= '0' && first.value <= '9') || first.value == '#' || first.value == '*') {
    auto next = peek(text, at + 1);
    std::size_t end = at + 1;
    if (next.value == kEmojiStyle) {
      end += next.size;
      next = peek(text, end);
    }
    return next.value == kKeycap ? end + next.size : 0;
  }
  if (is_regional(first.value)) {
    const auto second = peek(text, at + first.size);
    return is_regional(second.value) ? at + first.size + second.size : at + first.size;
  }
  auto end = pictograph_end(text, at);
  while (end) {
    const auto joiner = peek(text, end);
    if (joiner.value != kJoiner) break;
    const auto next = pictograph_end(text, end + joiner.size);
    if (!next) break;
    end = next;
  }
  return end;
}

}  // namespace osrbot::language
