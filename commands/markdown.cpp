#include "commands/markdown.h"

#include <algorithm>

#include <fmt/format.h>

namespace osrbot {
namespace {

constexpr std::string_view active = "\\`*_{}[]<>#|~&";

/// Code between as many backticks as it takes (CommonMark, 6.1).
std::string code(std::string_view text) {
  std::size_t longest = 0;
  std::size_t run = 0;
  for (const char c : text) longest = std::max(longest, run = c == '`' ? run + 1 : 0);
  const std::string fence(longest + 1, '`');
  const std::string_view space = longest > 0 ? " " : "";
  return fmt::format("{}{}{}{}{}", fence, space, text, space, fence);
}

std::string written(const Span& span) {
  switch (span.style) {
    case Span::Style::bold:
      return "**" + markdown_text(span.text) + "**";
    case Span::Style::italic:
      return "_" + markdown_text(span.text) + "_";
    case Span::Style::code:
      return code(span.text);
    case Span::Style::link:
      return fmt::format("[{}](<{}>)", markdown_text(span.text), span.target);
    case Span::Style::mention:
    case Span::Style::plain:
      break;
  }
  return markdown_text(span.text);
}

}  // namespace

std::string markdown_text(std::string_view text) {
  std::string result;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    // These begin an entry of a list, at a line's start or behind a number there.
    const bool bullet = i == 0 && (c == '+' || c == '-');
    const bool number =
        i > 0 && (c == '.' || c == ')') && text.substr(0, i).find_first_not_of("0123456789") == text.npos;
    if (active.contains(c) || bullet || number) result += '\\';
    result += c == '\n' || c == '\r' ? ' ' : c;
  }
  return result;
}

std::string markdown(std::span<const Block> blocks) {
  std::string text;
  for (const Block& block : blocks) {
    if (!text.empty()) text += block_separator(block);
    if (block.kind == Block::Kind::item) text += "- ";
    for (const Span& span : block.spans) text += written(span);
  }
  return text.empty() ? text : text + "\n";
}

}  // namespace osrbot
