// Turns what Slack tells of (events, slash commands, interactions) into what the engine understands.
//
// A person's private conversation with the bot has their user id as its name, as chat.postMessage takes it: it is known
// before the first word is said, and is the same whether Slack speaks of the channel "D..." or of the person.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <nlohmann/json_fwd.hpp>

#include "adapters/slack/workspaces.h"
#include "adapters/update.h"

namespace osrbot::slack {

/// A press on a button that does not stay as it is.
struct Press {
  std::string message;  ///< names it among all messages; empty: only one person sees it, and Slack does not tell of it
  std::string interaction;  ///< the block_actions payload
};

struct Reading {
  std::optional<Update> update;  ///< none when the bot has no use for it
  std::string workspace;
  bool uninstalled = false;  ///< the workspace has taken the bot's token back
  /// To which an answer may be sent without being in the channel: 5 times within 30 minutes.
  std::string response_url;
  std::optional<Press> press;  ///< by which the message changes, at response_url
  std::string problem;         ///< why it could not be read; empty: it could
};

/// An Events API payload (`event_callback`), whether it came over a socket or over HTTP.
///
/// Messages have the key of workspace, channel and ts, because Slack may tell of one message under several event ids;
/// everything else has its event id. A message is addressed in a private conversation, where it mentions the bot, and
/// in a thread that the bot began. Other bots and Slack's own notices (subtypes) are ignored; a join is told by
/// member_joined_channel and team_join.
///
/// None of the readers throws for bad input.
Reading read_event(const nlohmann::json& payload, const Workspaces& workspaces);

/// A slash command, as its form fields.
/// @param received stands in for the time, which Slack does not give
Reading read_slash_command(const std::vector<std::pair<std::string, std::string>>& fields,
                           std::chrono::sys_seconds received);
/// The same as a JSON object, as it comes over a socket.
Reading read_slash_command(const nlohmann::json& payload, std::chrono::sys_seconds received);

/// `block_actions`, `view_submission`, `shortcut` and `message_action`; a press on a button that opens a link, and
/// whatever is of another type, has no update.
///
/// A shortcut asks for the form of the command that its callback_id names ('_' for spaces); of a message_action,
/// `reply_to` is the message's ts, `url` its address, and what it says is the value of the field that the callback_id
/// names behind a colon. What
/// is submitted belongs to the place that asked for it. A press in a Home has the payload "home". A button that goes
/// when it is pressed, or with its row, can be pressed by a person once: their second press has the key of the first.
Reading read_interaction(const nlohmann::json& payload, std::chrono::sys_seconds received);

/// What people call the person that a `user` object describes. Throws Malformed.
std::string display_name(const nlohmann::json& user);

/// Update::dialog: by which trigger a dialog is shown, to whom, and where what comes of it is said.
struct DialogName {
  std::string trigger;
  std::string person;
  Place place;
};
/// @param to adapter and workspace of the place
DialogName read_dialog_name(std::string_view name, const Place& to);

/// What `private_metadata` of a dialog says of the place that it belongs to, and the reverse.
std::string dialog_metadata(const Place& place);
void read_dialog_metadata(std::string_view metadata, Place& place);

}  // namespace osrbot::slack
