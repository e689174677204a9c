#include "adapters/console/render.h"

#include <cstddef>

#include <fmt/format.h>

namespace osrbot::console {
namespace {

std::string styled(const Span& span, bool styles) {
  const std::string text = printable(span.text);
  switch (span.style) {
    case Span::Style::bold:
      return styles ? "\x1b[1m" + text + "\x1b[0m" : text;
    case Span::Style::italic:
      return styles ? "\x1b[3m" + text + "\x1b[0m" : text;
    case Span::Style::code:
      return styles ? "\x1b[36m" + text + "\x1b[0m" : "`" + text + "`";
    case Span::Style::link:
      return span.text == span.target ? text : text + " (" + printable(span.target) + ")";
    case Span::Style::plain:
    case Span::Style::mention:
      return text;
  }
  return text;
}

}  // namespace

std::string printable(std::string_view text) {
  std::string result;
  result.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto byte = static_cast<unsigned char>(text[i]);
    if (byte == '\n' || byte == '\t') {
      result += ' ';
    } else if (byte == 0xC2 && i + 1 < text.size() && static_cast<unsigned char>(text[i + 1]) < 0xA0) {
      ++i;  // C1: some terminals take U+009B as the start of an escape sequence
    } else if (byte >= 0x20 && byte != 0x7F) {
      result += text[i];
    }
  }
  return result;
}

std::string render(const Message& message, bool styles) {
  std::string lines;
  for (const Block& block : message.blocks) {
    if (block.kind == Block::Kind::item) lines += "- ";
    for (const Span& span : block.spans) lines += styled(span, styles);
    lines += '\n';
  }
  int number = 0;
  for (const std::vector<Button>& row : message.buttons) {
    std::string line;
    for (const Button& button : row) {
      if (!line.empty()) line += "   ";
      line += fmt::format("[{}] {}", ++number, printable(button.label));
    }
    lines += line + '\n';
  }
  return lines;
}

}  // namespace osrbot::console
