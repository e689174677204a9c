#include "adapters/x/render.h"

#include <fmt/format.h>

#include "adapters/styled_text.h"

namespace osrbot::x {
namespace {

constexpr std::size_t message_length = 10'000 - 10;  // of a direct message, in characters, with room for a number

std::size_t one_by_lead(char lead) {
  return (static_cast<unsigned char>(lead) & 0xC0U) == 0x80U ? 0 : 1;
}

/// Buttons as the words to type, each on a line of its own.
void append_buttons(Message& message, const Rendering& rendering) {
  for (const auto& row : message.buttons) {
    for (const Button& button : row) {
      Block line{.kind = Block::Kind::item, .spans = {{.text = button.label + ": "}}};
      if (!button.url.empty()) {
        line.spans.push_back({.style = Span::Style::link, .text = button.url, .target = button.url});
        if (!rendering.links) continue;
      } else {
        line.spans.push_back({.style = Span::Style::code, .text = button.command});
      }
      message.blocks.push_back(std::move(line));
    }
  }
  message.buttons.clear();
}

std::string words_of(const Span& span, const Rendering& rendering) {
  if (span.style == Span::Style::link && rendering.links && span.text != span.target) {
    return span.text + " " + span.target;
  }
  return span.text;
}

std::string text_of(const Message& message, const Rendering& rendering) {
  StyledText styled;
  for (const Block& block : message.blocks) {
    if (!styled.text.empty()) styled.text += block_separator(block);
    if (block.kind == Block::Kind::item) styled.text += "• ";
    for (const Span& span : block.spans) styled.add(Span::Style::plain, words_of(span, rendering));
  }
  return styled.text;
}

}  // namespace

std::vector<std::string> render(Message message, const Rendering& rendering, const TextRules& rules) {
  append_buttons(message, rendering);
  if (!rendering.is_private) address_commands(message, "@" + rendering.handle + " ");
  const std::string text = text_of(message, rendering);
  if (!rendering.is_private) return post_parts(text, {.handle = rendering.handle, .links = rendering.links}, rules);
  StyledText styled;
  styled.add(Span::Style::plain, text);
  std::vector<std::string> parts;
  for (const auto& [begin, end] : split(styled, {.most_units = message_length, .units = one_by_lead})) {
    parts.push_back(styled.text.substr(begin, end - begin));
  }
  if (parts.size() < 2) return parts;
  for (std::size_t i = 0; i < parts.size(); ++i) parts[i] += fmt::format(" ({}/{})", i + 1, parts.size());
  return parts;
}

}  // namespace osrbot::x
