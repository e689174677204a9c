#include "adapters/x/render.h"

#include <algorithm>

#include <fmt/format.h>

#include "adapters/styled_text.h"

namespace osrbot::x {
namespace {

constexpr std::size_t post_weight = 280;
constexpr std::size_t message_length = 10'000;  // of a direct message, in characters
constexpr std::size_t numbering_weight = 8;     // " (12/25)"
constexpr std::size_t most_parts = 25;
constexpr std::string_view word_joiner = "\u2060";  // nobody sees it, and X finds no name or address across it

/// The weight of a character by its first byte, and never less: what X weighs lighter, or as one emoji, fits as well.
std::size_t weight_by_lead(char lead) {
  const auto byte = static_cast<unsigned char>(lead);
  if ((byte & 0xC0U) == 0x80U) return 0;
  return byte <= 0xE0 ? 1 : 2;
}

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

/// The text with a word joiner after each dot of what X would make a link of.
std::string without_links(const std::string& text, const TextRules& rules) {
  std::string out;
  std::size_t done = 0;
  for (const TextRange& link : rules.links(text)) {
    out += text.substr(done, link.begin - done);
    std::string_view address = std::string_view(text).substr(link.begin, link.end - link.begin);
    if (const auto scheme = address.find("://"); scheme != std::string_view::npos) address.remove_prefix(scheme + 3);
    for (const char c : address) {
      out += c;
      if (c == '.') out += word_joiner;
    }
    done = link.end;
  }
  return out + text.substr(done);
}

std::string without_mentions(const std::string& text, const Rendering& rendering, const TextRules& rules) {
  std::string out;
  std::size_t done = 0;
  for (const TextRange& mention : rules.mentions(text)) {
    const bool is_own = text.substr(mention.begin + 1, mention.end - mention.begin - 1) == rendering.handle;
    const std::size_t sign = text[mention.begin] == '@' ? 1 : 3;
    out += text.substr(done, mention.begin + sign - done);
    if (!is_own) out += word_joiner;
    done = mention.begin + sign;
  }
  return out + text.substr(done);
}

/// Cuts so that each part weighs no more than `most` by X's own rules.
std::vector<std::string> cut(const StyledText& styled, std::size_t most, const Rendering& rendering,
                             const TextRules& rules) {
  // A word that X takes for an address weighs more than its letters: then the parts are made smaller.
  for (std::size_t units = most;; units -= units / 8) {
    std::vector<std::string> parts;
    for (const auto& [begin, end] :
         split(styled, {.most_units = units, .units = rendering.is_private ? one_by_lead : weight_by_lead})) {
      parts.push_back(styled.text.substr(begin, end - begin));
    }
    const bool fits =
        rendering.is_private || std::ranges::all_of(parts, [&](const auto& part) { return rules.weigh(part) <= most; });
    if (fits || units < most / 4) return parts;
  }
}

}  // namespace

std::vector<std::string> render(Message message, const Rendering& rendering, const TextRules& rules) {
  append_buttons(message, rendering);
  if (!rendering.is_private) address_commands(message, "@" + rendering.handle + " ");
  StyledText styled;
  styled.text = without_mentions(text_of(message, rendering), rendering, rules);
  if (!rendering.links) styled.text = without_links(styled.text, rules);

  const std::size_t most = rendering.is_private ? message_length : post_weight;
  auto parts = cut(styled, most, rendering, rules);
  if (parts.size() <= 1) return parts;
  // Room for the number, and for the sign that something was cut off.
  parts = cut(styled, most - numbering_weight - 2, rendering, rules);
  if (parts.size() > most_parts) {
    parts.resize(most_parts);
    parts.back() += "…";
  }
  for (std::size_t i = 0; i < parts.size(); ++i) parts[i] += fmt::format(" ({}/{})", i + 1, parts.size());
  return parts;
}

}  // namespace osrbot::x
