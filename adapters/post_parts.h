// A text as posts on X: what is shown before it is posted, and what is posted.
#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "adapters/update.h"

namespace osrbot {

/// How X reads a text: what it weighs, what in it becomes a link or a mention. The language library knows these rules;
/// adapters do not know that library, so whoever makes the adapter hands them in (docs/decisions/0009).
struct TextRules {
  /// Weighted characters: a post may have 280.
  std::function<std::size_t(std::string_view text)> weigh;
  /// What X would make links of, in bytes, in order.
  std::function<std::vector<TextRange>(std::string_view text)> links;
  /// "@name", with the sign, in bytes, in order.
  std::function<std::vector<TextRange>(std::string_view text)> mentions;
};

/// The most that a post may weigh.
inline constexpr std::size_t heaviest_post = 280;

struct PostStyle {
  std::string handle;  ///< of the bot, without '@': the only one that is mentioned, for a name must not call anybody
  bool links = false;  ///< otherwise addresses are shown so that X makes no link of them
};

/// The text as posts, in order, none heavier than `heaviest_post`; several are numbered "(2/3)". Cut between
/// paragraphs, lines, sentences or words, never inside a grapheme; nothing but white space is lost. What is longer than
/// 25 posts is cut off, with "…". Empty when the text is blank.
std::vector<std::string> post_parts(std::string_view text, const PostStyle& style, const TextRules& rules);

}  // namespace osrbot
