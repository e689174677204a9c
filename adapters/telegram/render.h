// A Message as Telegram takes it: HTML in parts that are short enough, and an inline keyboard.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "adapters/message.h"

namespace osrbot::telegram {

/// Bot API: the text of a message has 1 to 4,096 characters after its markup is read; counted here in UTF-16 units,
/// which are never fewer.
inline constexpr std::size_t longest_text = 4096;
/// Telegram silently drops the formatting beyond the hundredth piece.
inline constexpr std::size_t most_styled_runs = 100;
/// Bot API: callback_data has 1 to 64 bytes.
inline constexpr std::size_t longest_callback_data = 64;
inline constexpr std::size_t most_buttons = 100;
inline constexpr std::size_t most_buttons_in_row = 8;

/// One sendMessage.
struct Part {
  std::string html;      ///< never blank
  std::string keyboard;  ///< JSON of an InlineKeyboardMarkup; empty: none

  bool operator==(const Part&) const = default;
};

/// The parts in the order in which they are to be sent, the keyboard with the last; empty when there are no words.
///
/// Parts end between paragraphs where that leaves them reasonably full, else between lines, sentences, words, and
/// never inside a grapheme; a link or a mention stays whole unless it alone is too long. A button that Telegram
/// would refuse (a command over 64 bytes, a URL that leads nowhere from outside) becomes a line of text. Bytes that are
/// not UTF-8 become U+FFFD.
std::vector<Part> render(const Message& message);

}  // namespace osrbot::telegram
