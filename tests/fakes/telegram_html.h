// Telegram's HTML, read as the Bot API reads it, and stricter where Telegram is lenient.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace osrbot::fakes {

struct HtmlEntity {
  std::string tag;
  std::string href;
  std::size_t offset = 0;  ///< UTF-16 units
  std::size_t length = 0;

  bool operator==(const HtmlEntity&) const = default;
};

struct ReadHtml {
  std::string text;        ///< what the reader sees
  std::size_t length = 0;  ///< of the text, in UTF-16 units
  std::vector<HtmlEntity> entities;
  std::string error;  ///< empty: the markup is valid
};

/// Refuses bytes that are not UTF-8, unknown, unclosed and wrongly nested tags, and '&', '<', '>' that are not escaped.
ReadHtml read_html(std::string_view html);

}  // namespace osrbot::fakes
