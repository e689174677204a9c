// Payloads as Slack writes them: events, slash commands and interactions.
#pragma once

#include <string>
#include <utility>
#include <vector>

namespace osrbot::fakes::slack_events {

/// Who says what where. `channel`: "C..." is a channel, "D..." a private conversation.
struct Said {
  std::string text;
  std::string channel = "C1";
  std::string user = "U1";
  std::string ts = "1700000001.000100";
  std::string thread = {};
  std::string thread_author = {};
  std::string event_id = "Ev1";
  std::string team = "T1";
};

std::string message(const Said& said);
/// The same message as app_mention.
std::string app_mention(const Said& said);
std::string edited(const Said& said, const std::string& edit_ts, const std::string& before);
std::string deleted(const Said& said);
/// Any event: `event` is its JSON object.
std::string event(const std::string& event, const std::string& event_id = "Ev1", const std::string& team = "T1");
std::string team_join(const std::string& user, const std::string& name);

using Fields = std::vector<std::pair<std::string, std::string>>;
Fields slash_command(const std::string& text, const std::string& channel = "C1", const std::string& user = "U1",
                     const std::string& trigger = "trigger.1", const std::string& response_url = {});
/// As JSON, for a socket.
std::string to_json(const Fields& fields);
/// As a form, for HTTP.
std::string to_form(const Fields& fields);

std::string press(const std::string& command, const std::string& channel = "C1", const std::string& user = "U1",
                  const std::string& trigger = "trigger.2", const std::string& response_url = {});
/// `values`: the JSON of view.state.values.
std::string submission(const std::string& callback, const std::string& values, const std::string& metadata = {},
                       const std::string& trigger = "trigger.3");
std::string shortcut(const std::string& callback);
std::string message_action(const std::string& callback, const Said& said);

}  // namespace osrbot::fakes::slack_events
