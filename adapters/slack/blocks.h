// The parts of Block Kit of which messages, Home and dialogs are made.
//
// Text goes as rich_text, whose elements are data and not markup: whatever people write, there is nothing to escape and
// nothing that a reader could take for a mention, a link or a style (docs/decisions/0010).
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <nlohmann/json_fwd.hpp>

#include "adapters/message.h"
#include "adapters/styled_text.h"

namespace osrbot::slack {

/// What people type before a command. In channels the bot hears it with this, in private it hears it too.
inline constexpr std::string_view command_prefix = "/osr ";

// Slack's limits, in characters; counted here in UTF-16 units, which are never fewer.
inline constexpr std::size_t longest_text = 3'000;   ///< of a text block
inline constexpr std::size_t longest_label = 75;     ///< of a button or an option
inline constexpr std::size_t longest_value = 2'000;  ///< of a button, in bytes
inline constexpr std::size_t most_buttons_in_row = 25;
inline constexpr std::size_t most_rows = 45;  ///< of buttons in a message, which has at most 50 blocks

/// A message's words, with the buttons that Slack would not take as lines at the end, and what is left for the rows.
struct Content {
  StyledText words;
  std::vector<std::vector<Button>> rows;
};
Content content_of(const Message& message);

/// Where to cut the words, so that each part fits in a block, and escaped in a message's `text`.
std::vector<std::pair<std::size_t, std::size_t>> parts_of(const StyledText& words);

/// `&`, `<` and `>` as mrkdwn wants them, ampersand first.
std::string escaped(std::string_view text);

/// A rich_text block of a part of the words.
nlohmann::json text_block(const StyledText& words, std::size_t begin, std::size_t end);

/// An actions block. The `value` of a button is its command; its `action_id` says what becomes of it once it was
/// pressed ("once.0", "pick.1", "again.2").
nlohmann::json buttons_block(const std::vector<Button>& row);

/// plain_text, cut to `longest` at the end of a character.
nlohmann::json plain(std::string_view text, std::size_t longest);

/// At most `longest` units of a text; what was cut off shows as an ellipsis.
std::string shortened(std::string_view text, std::size_t longest);

}  // namespace osrbot::slack
