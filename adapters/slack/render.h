// A Message as Slack takes it: Block Kit in parts that are short enough, with plain text beside it; views for Home and
// for dialogs.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <nlohmann/json_fwd.hpp>

#include "adapters/message.h"

namespace osrbot::slack {

/// Slack: a Home has at most 100 blocks.
inline constexpr std::size_t most_home_texts = 50;

/// One chat.postMessage or chat.postEphemeral, or one file with what is said about it.
struct Part {
  std::string text;    ///< mrkdwn, for notifications and screen readers beside `blocks`; blank with a file only
  std::string blocks;  ///< JSON array of Block Kit blocks; empty: the text is all
  std::optional<File> file = {};

  bool operator==(const Part&) const = default;
};

/// The parts in the order in which they are to be sent, the buttons with the last that has words; empty when there are
/// no words and no file. The `value` of a button is its command. A button that Slack would refuse becomes a line of
/// text. A file has the words beside it where they are one part without buttons, else it follows them.
std::vector<Part> render(const Message& message);

/// The view of a person's Home, as views.publish takes it.
std::string home_view(const Message& message);

/// The view of a dialog, as views.open takes it: `callback_id` is the form's command, a field's name its `block_id`.
/// What is wrong stands in it, too: above, and below the fields.
/// @param metadata comes back with the submission, as `private_metadata`
std::string form_view(const Form& form, std::string_view metadata);

/// What is wrong with the fields: a JSON object of messages by `block_id`, for response_action "errors". Empty: nothing
/// is, or not only a field.
std::string form_errors(const Form& form);

/// The message under whose button was pressed, as it is to be from then on: what is posted to the interaction's
/// response_url. The button goes, or its row, or stays, as Button::Use says; a line tells who pressed what. Empty: the
/// message stays as it is.
/// @param interaction a block_actions payload
std::string after_press(const nlohmann::json& interaction);

}  // namespace osrbot::slack
