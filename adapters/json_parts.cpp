#include "adapters/json_parts.h"

#include <algorithm>
#include <array>
#include <cstdint>

#include <unicode/utf8.h>

#include "adapters/json_text.h"

namespace osrbot {

namespace {

constexpr auto npos = std::string_view::npos;
constexpr std::string_view json_blanks = " \t\r\n";

/// Some of the bytes. find_first_of() calls a function for each byte that it looks at, and a hundred updates are looked
/// at several times.
class Bytes {
 public:
  constexpr explicit Bytes(std::string_view bytes) {
    for (const char c : bytes) among_[static_cast<unsigned char>(c)] = true;
  }

  /// The position of the first of them from `at` on; npos when there is none.
  std::size_t find_in(std::string_view text, std::size_t at) const {
    for (; at < text.size(); ++at) {
      if (among_[static_cast<unsigned char>(text[at])]) return at;
    }
    return npos;
  }

 private:
  std::array<bool, 256> among_{};
};

constexpr Bytes in_string("\"\\");
constexpr Bytes structure("\"{}[]");
constexpr Bytes after_word(",]}:\" \t\r\n");

std::size_t skip_blanks(std::string_view json, std::size_t at) {
  return std::min(json.find_first_not_of(json_blanks, at), json.size());
}

/// The position after the string that begins at `at`; npos when it does not end.
std::size_t after_string(std::string_view json, std::size_t at) {
  for (std::size_t i = at + 1;; i += 2) {
    i = in_string.find_in(json, i);
    if (i == npos) return npos;
    if (json[i] == '"') return i + 1;
  }
}

/// The position after the value that begins at `at`; npos when it does not end, or is none.
std::size_t after_value(std::string_view json, std::size_t at) {
  if (at >= json.size()) return npos;
  if (json[at] == '"') return after_string(json, at);
  if (json[at] != '{' && json[at] != '[') {
    const auto end = std::min(after_word.find_in(json, at), json.size());
    return end == at ? npos : end;
  }
  std::size_t open = 0;
  for (std::size_t i = at;;) {
    i = structure.find_in(json, i);
    if (i == npos) return npos;
    if (json[i] == '"') {
      i = after_string(json, i);
      if (i == npos) return npos;
      continue;
    }
    open += json[i] == '{' || json[i] == '[' ? 1U : 0U;
    open -= json[i] == '}' || json[i] == ']' ? 1U : 0U;
    ++i;
    if (open == 0) return i;
  }
}

/// Goes through "<open> part, part, … <close>" where `part` reads one part at a position and returns the one after it.
template <typename Part>
bool for_each_part(std::string_view json, char open, char close, Part part) {
  std::size_t at = skip_blanks(json, 0);
  if (at >= json.size() || json[at] != open) return false;
  at = skip_blanks(json, at + 1);
  if (at < json.size() && json[at] == close) return skip_blanks(json, at + 1) == json.size();
  for (;;) {
    at = part(at);
    if (at == npos) return false;
    at = skip_blanks(json, at);
    if (at >= json.size()) return false;
    if (json[at] == close) return skip_blanks(json, at + 1) == json.size();
    if (json[at] != ',') return false;
    at = skip_blanks(json, at + 1);
  }
}

/// The value of the escape \uXXXX at `at`; -1 when there is none.
int escaped_unit(std::string_view json, std::size_t at) {
  if (at + 6 > json.size() || json[at] != '\\' || json[at + 1] != 'u') return -1;
  int unit = 0;
  for (const char c : json.substr(at + 2, 4)) {
    const int digit = c >= '0' && c <= '9'                     ? c - '0'
                      : (c | 0x20) >= 'a' && (c | 0x20) <= 'f' ? (c | 0x20) - 'a' + 10
                                                               : -1;
    if (digit < 0) return -1;
    unit = unit * 16 + digit;
  }
  return unit;
}

}  // namespace

std::optional<std::vector<std::string_view>> elements(std::string_view json) {
  std::vector<std::string_view> out;
  const bool closed = for_each_part(json, '[', ']', [&](std::size_t at) {
    const auto end = after_value(json, at);
    if (end != npos) out.push_back(json.substr(at, end - at));
    return end;
  });
  if (!closed) return std::nullopt;
  return out;
}

std::optional<std::vector<std::pair<std::string_view, std::string_view>>> members(std::string_view json) {
  std::vector<std::pair<std::string_view, std::string_view>> out;
  const bool closed = for_each_part(json, '{', '}', [&](std::size_t at) {
    if (json[std::min(at, json.size() - 1)] != '"') return npos;
    const auto name_end = after_string(json, at);
    if (name_end == npos) return npos;
    const auto colon = skip_blanks(json, name_end);
    if (colon >= json.size() || json[colon] != ':') return npos;
    const auto value = skip_blanks(json, colon + 1);
    const auto end = after_value(json, value);
    if (end != npos) out.emplace_back(json.substr(at + 1, name_end - at - 2), json.substr(value, end - value));
    return end;
  });
  if (!closed) return std::nullopt;
  return out;
}

std::size_t depth(std::string_view json) {
  std::size_t open = 0;
  std::size_t deepest = 0;
  for (std::size_t i = structure.find_in(json, 0); i != npos; i = structure.find_in(json, i)) {
    if (json[i] == '"') {
      i = after_string(json, i);
      if (i == npos) break;
      continue;
    }
    if (json[i] == '{' || json[i] == '[') {
      deepest = std::max(deepest, ++open);
    } else if (open > 0) {
      --open;
    }
    ++i;
  }
  return deepest;
}

std::string repaired(std::string_view json) {
  std::string out;
  out.reserve(json.size());
  const auto* bytes = reinterpret_cast<const std::uint8_t*>(json.data());
  for (std::size_t i = 0; i < json.size();) {
    if (json[i] == '\\') {
      const int unit = escaped_unit(json, i);
      if (unit < 0) {
        // Two bytes at once, so that the second of "\\" does not begin an escape.
        out += json.substr(i, 2);
        i += 2;
        continue;
      }
      const int next = escaped_unit(json, i + 6);
      const bool pair = unit >= 0xD800 && unit <= 0xDBFF && next >= 0xDC00 && next <= 0xDFFF;
      const bool half = !pair && unit >= 0xD800 && unit <= 0xDFFF;
      const std::size_t length = pair ? 12 : 6;
      out += half ? replacement_character : json.substr(i, length);
      i += length;
      continue;
    }
    const auto begin = i;
    UChar32 c = 0;
    auto position = static_cast<std::int64_t>(i);
    const auto size = static_cast<std::int64_t>(json.size());
    U8_NEXT(bytes, position, size, c);
    i = static_cast<std::size_t>(position);
    out += c < 0 ? replacement_character : json.substr(begin, i - begin);
  }
  return out;
}

}  // namespace osrbot
