#include "adapters/json_text.h"

#include <array>
#include <cstdint>

#include <fmt/format.h>
#include <nlohmann/json.hpp>
#include <unicode/utf8.h>

namespace osrbot {
namespace {

/// The bytes that stand for themselves: ASCII without control characters, quotation marks and backslashes (RFC 8259).
constexpr std::array<bool, 256> ordinary = [] {
  std::array<bool, 256> out{};
  for (std::size_t c = 0x20; c < 0x80; ++c) out[c] = c != '"' && c != '\\';
  return out;
}();

void append_escape(std::string& out, char c) {
  switch (c) {
    case '"':
      out += "\\\"";
      return;
    case '\\':
      out += "\\\\";
      return;
    case '\n':
      out += "\\n";
      return;
    default:
      out += fmt::format("\\u{:04x}", c);
  }
}

}  // namespace

std::string json_text(const nlohmann::json& value) {
  return value.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

void append_json_string(std::string& out, std::string_view text) {
  const auto* bytes = reinterpret_cast<const std::uint8_t*>(text.data());
  out += '"';
  for (std::size_t i = 0;;) {
    const std::size_t begin = i;
    while (i < text.size() && ordinary[bytes[i]]) ++i;
    out += text.substr(begin, i - begin);
    if (i == text.size()) break;
    if (bytes[i] < 0x80) {
      append_escape(out, text[i++]);
      continue;
    }
    const std::size_t first = i;
    UChar32 c = 0;
    U8_NEXT(bytes, i, text.size(), c);
    out += c < 0 ? replacement_character : text.substr(first, i - first);
  }
  out += '"';
}

}  // namespace osrbot
