// A Message as Telegram takes it: HTML in parts that are short enough, and an inline keyboard.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "adapters/message.h"

namespace osrbot::telegram {

/// Bot API: the text of a message has 1 to 4,096 characters after its markup is read; counted here in UTF-16 units,
/// which are never fewer.
inline constexpr std::size_t longest_text = 4096;
/// Bot API: the caption of a document has at most 1,024 characters after its markup is read.
inline constexpr std::size_t longest_caption = 1024;
/// Telegram silently drops the formatting beyond the hundredth piece.
inline constexpr std::size_t most_styled_runs = 100;
/// Bot API: callback_data has 1 to 64 bytes.
inline constexpr std::size_t longest_callback_data = 64;
inline constexpr std::size_t most_buttons = 100;
inline constexpr std::size_t most_buttons_in_row = 8;

/// One sendMessage, or one sendDocument.
struct Part {
  std::string html;      ///< blank only where there is a file: its caption
  std::string keyboard;  ///< JSON of an InlineKeyboardMarkup; empty: none
  std::optional<File> file = {};

  bool operator==(const Part&) const = default;
};

/// The parts in the order in which they are to be sent, the keyboard with the last words; empty when there are no words
/// and no file. A file has the words for its caption, or follows them where they are too long for one.
///
/// Parts end between paragraphs where that leaves them reasonably full, else between lines, sentences, words, and
/// never inside a grapheme; a link or a mention stays whole unless it alone is too long. A button that Telegram
/// would refuse (a command over 64 bytes, a URL that leads nowhere from outside) becomes a line of text. Bytes that are
/// not UTF-8 become U+FFFD.
std::vector<Part> render(const Message& message);

}  // namespace osrbot::telegram
