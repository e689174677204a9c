#include "adapters/slack/render.h"

#include <nlohmann/json.hpp>

#include "adapters/json_text.h"
#include "adapters/slack/blocks.h"

namespace osrbot::slack {

namespace {

using nlohmann::json;

/// For notifications and screen readers: no links, and names in place of mentions, so that nothing is read as markup.
std::string text_of(const StyledText& words, std::size_t begin, std::size_t end) {
  std::string out;
  each_piece(words, begin, end, [&](Span::Style style, std::string_view text, const std::string& /*target*/) {
    if (style == Span::Style::mention) out += '@';
    out += escaped(text);
  });
  return out;
}

}  // namespace

std::vector<Part> render(const Message& message) {
  const Content content = content_of(message);
  std::vector<Part> parts;
  const auto ranges = parts_of(content.words);
  for (const auto& [begin, end] : ranges) {
    json blocks = json::array({text_block(content.words, begin, end)});
    if (end == ranges.back().second) {
      for (const auto& row : content.rows) blocks.push_back(buttons_block(row));
    }
    parts.push_back({.text = text_of(content.words, begin, end), .blocks = json_text(blocks)});
  }
  if (message.file) {
    if (parts.size() != 1 || !content.rows.empty()) parts.emplace_back();
    parts.back().file = message.file;
  }
  return parts;
}

std::string home_view(const Message& message) {
  const Content content = content_of(message);
  json blocks = json::array();
  for (const auto& [begin, end] : parts_of(content.words)) {
    if (blocks.size() == most_home_texts) break;
    blocks.push_back(text_block(content.words, begin, end));
  }
  for (const auto& row : content.rows) blocks.push_back(buttons_block(row));
  return json_text({{"type", "home"}, {"blocks", std::move(blocks)}});
}

}  // namespace osrbot::slack
