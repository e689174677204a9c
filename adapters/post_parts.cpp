#include "adapters/post_parts.h"

#include <algorithm>

#include <fmt/format.h>

#include "adapters/styled_text.h"

namespace osrbot {
namespace {

constexpr std::size_t numbering_weight = 8;  // " (12/25)"
constexpr std::size_t most_parts = 25;
constexpr std::string_view word_joiner = "\u2060";  // nobody sees it, and X finds no name or address across it

/// The weight of a character by its first byte, and never less: what X weighs lighter, or as one emoji, fits as well.
std::size_t weight_by_lead(char lead) {
  const auto byte = static_cast<unsigned char>(lead);
  if ((byte & 0xC0U) == 0x80U) return 0;
  return byte <= 0xE0 ? 1 : 2;
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

std::string without_mentions(const std::string& text, const PostStyle& style, const TextRules& rules) {
  std::string out;
  std::size_t done = 0;
  for (const TextRange& mention : rules.mentions(text)) {
    const bool is_own = text.substr(mention.begin + 1, mention.end - mention.begin - 1) == style.handle;
    const std::size_t sign = text[mention.begin] == '@' ? 1 : 3;
    out += text.substr(done, mention.begin + sign - done);
    if (!is_own) out += word_joiner;
    done = mention.begin + sign;
  }
  return out + text.substr(done);
}

/// Cuts so that each part weighs no more than `most` by X's own rules.
std::vector<std::string> cut(const StyledText& styled, std::size_t most, const TextRules& rules) {
  // A word that X takes for an address weighs more than its letters: then the parts are made smaller.
  for (std::size_t units = most;; units -= units / 8) {
    std::vector<std::string> parts;
    for (const auto& [begin, end] : split(styled, {.most_units = units, .units = weight_by_lead})) {
      parts.push_back(styled.text.substr(begin, end - begin));
    }
    const bool fit = std::ranges::all_of(parts, [&](const auto& part) { return rules.weigh(part) <= most; });
    if (fit || units < most / 4) return parts;
  }
}

}  // namespace

std::vector<std::string> post_parts(std::string_view text, const PostStyle& style, const TextRules& rules) {
  StyledText styled;
  styled.add(Span::Style::plain, text);
  styled.text = without_mentions(styled.text, style, rules);
  if (!style.links) styled.text = without_links(styled.text, rules);
  auto parts = cut(styled, heaviest_post, rules);
  if (parts.size() <= 1) return parts;
  // Room for the number, and for the sign that something was cut off.
  parts = cut(styled, heaviest_post - numbering_weight - 2, rules);
  if (parts.size() > most_parts) {
    parts.resize(most_parts);
    parts.back() += "…";
  }
  for (std::size_t i = 0; i < parts.size(); ++i) parts[i] += fmt::format(" ({}/{})", i + 1, parts.size());
  return parts;
}

}  // namespace osrbot
