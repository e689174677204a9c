#include "bot/slack_manifest.h"

#include <algorithm>
#include <array>

#include <nlohmann/json.hpp>

#include "adapters/slack/app_needs.h"

namespace osrbot {
namespace {

using nlohmann::ordered_json;

constexpr const char* locale = "en";

/// What the menus of Slack offer: a command as a form.
struct Shortcut {
  std::string_view command;
  const char* key;          ///< of the words; <key>.about: its description
  const char* type;         ///< Slack's: "global" from anywhere, "message" in a message's menu
  const char* callback_id;  ///< the command, and the field that the message's text goes into
};
constexpr std::array<Shortcut, 4> shortcuts = {{
    {"need", "shortcut.need", "global", "need"},
    {"profile edit", "shortcut.profile", "global", "profile_edit"},
    {"need", "shortcut.message.need", "message", "need:skill"},
    {"task add", "shortcut.message.task", "message", "task_add:title"},
}};

ordered_json shortcuts_for(const std::vector<Command>& commands, const Catalogue& words) {
  ordered_json list = ordered_json::array();
  for (const Shortcut& one : shortcuts) {
    if (std::ranges::find(commands, one.command, &Command::name) == commands.end()) continue;
    list.push_back({{"name", words.text(locale, one.key)},
                    {"type", one.type},
                    {"callback_id", one.callback_id},
                    {"description", words.text(locale, std::string(one.key) + ".about")}});
  }
  return list;
}

/// What Slack shows while somebody types the command: the commands that anybody can give.
std::string usage_hint(const std::vector<Command>& commands) {
  constexpr std::size_t longest = 200;  // Slack takes 1,000 and shows less
  std::string hint;
  for (const Command& command : commands) {
    if (command.hidden || command.role != Role::guest) continue;
    const std::string next = (hint.empty() ? "" : " | ") + std::string(command.name);
    if (hint.size() + next.size() > longest) break;
    hint += next;
  }
  return hint;
}

ordered_json slash_command(const Config& config, const std::vector<Command>& commands, const Catalogue& words) {
  ordered_json command = {{"command", "/osr"},
                          {"description", words.text(locale, "slack.command")},
                          {"usage_hint", usage_hint(commands)},
                          {"should_escape", true}};  // mentions come with the person's id
  if (!config.slack.uses_socket()) command["url"] = config.slack.url + slack::commands_path;
  return command;
}

}  // namespace

std::string slack_manifest(const Config& config, const std::vector<Command>& commands, const Catalogue& words) {
  const SlackConfig& slack = config.slack;
  constexpr std::size_t longest_name = 35;
  const std::string name = config.names.empty() ? "osrbot" : config.names.front().substr(0, longest_name);
  ordered_json events = {{"bot_events", slack::bot_events}};
  ordered_json interactivity = {{"is_enabled", true}};
  if (!slack.uses_socket()) {
    events["request_url"] = slack.url + slack::events_path;
    interactivity["request_url"] = slack.url + slack::interactions_path;
  }
  ordered_json oauth = {{"scopes", {{"bot", slack::bot_scopes}}}};
  if (slack.installs() && !slack.url.empty())
    oauth["redirect_urls"] = ordered_json::array({slack.url + slack::oauth_path});

  ordered_json manifest = {
      {"_metadata", {{"major_version", 1}, {"minor_version", 1}}},
      {"display_information",
       {{"name", name},
        {"description", words.text(locale, "slack.about")},
        {"long_description", words.text(locale, "slack.about.long")},
        {"background_color", "#1f4e5f"}}},
      {"features",
       {{"app_home",
         {{"home_tab_enabled", true}, {"messages_tab_enabled", true}, {"messages_tab_read_only_enabled", false}}},
        {"bot_user", {{"display_name", name}, {"always_online", true}}},
        {"shortcuts", shortcuts_for(commands, words)},
        {"slash_commands", ordered_json::array({slash_command(config, commands, words)})}}},
      {"oauth_config", std::move(oauth)},
      {"settings",
       {{"event_subscriptions", std::move(events)},
        {"interactivity", std::move(interactivity)},
        {"org_deploy_enabled", slack.installs()},
        {"socket_mode_enabled", slack.uses_socket()},
        {"token_rotation_enabled", false}}},
  };
  return manifest.dump(2) + "\n";
}

}  // namespace osrbot
