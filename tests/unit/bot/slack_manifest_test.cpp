#include "bot/slack_manifest.h"

#include <algorithm>
#include <filesystem>
#include <map>
#include <set>
#include <string>

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

#include "commands/all.h"

using namespace osrbot;
using nlohmann::json;

namespace {

json manifest(const Config& config) {
  static const Catalogue words = Catalogue::load(std::filesystem::path(OSRBOT_SOURCE_DIR) / "config" / "locales");
  return json::parse(slack_manifest(config, all_commands(), words));
}

/// What the schema of Slack's manifests (v1) says of the parts that the bot's manifest has: which members there may be,
/// and how long their texts are.
const std::map<std::string, std::set<std::string>>& members() {
  static const std::map<std::string, std::set<std::string>> table = {
      {"", {"_metadata", "display_information", "features", "oauth_config", "settings"}},
      {"/_metadata", {"schema_version", "min_version", "major_version", "minor_version"}},
      {"/display_information", {"name", "description", "long_description", "background_color"}},
      {"/features", {"app_home", "bot_user", "shortcuts", "slash_commands", "unfurl_domains"}},
      {"/features/app_home", {"home_tab_enabled", "messages_tab_enabled", "messages_tab_read_only_enabled"}},
      {"/features/bot_user", {"display_name", "always_online"}},
      {"/features/shortcuts/*", {"name", "type", "callback_id", "description"}},
      {"/features/slash_commands/*", {"command", "url", "description", "usage_hint", "should_escape"}},
      {"/oauth_config", {"redirect_urls", "scopes", "token_management_enabled", "pkce_enabled"}},
      {"/oauth_config/scopes", {"user", "bot", "user_optional", "bot_optional"}},
      {"/settings",
       {"event_subscriptions", "interactivity", "org_deploy_enabled", "socket_mode_enabled", "token_rotation_enabled"}},
      {"/settings/event_subscriptions", {"request_url", "bot_events", "user_events"}},
      {"/settings/interactivity", {"is_enabled", "request_url", "message_menu_options_url"}}};
  return table;
}

struct Length {
  std::size_t least;
  std::size_t most;
};
const std::map<std::string, Length>& lengths() {
  static const std::map<std::string, Length> table = {{"/display_information/name", {1, 35}},
                                                      {"/display_information/description", {1, 140}},
                                                      {"/display_information/long_description", {175, 4000}},
                                                      {"/display_information/background_color", {4, 7}},
                                                      {"/features/bot_user/display_name", {1, 80}},
                                                      {"/features/shortcuts/*/name", {1, 24}},
                                                      {"/features/shortcuts/*/callback_id", {1, 255}},
                                                      {"/features/shortcuts/*/description", {1, 150}},
                                                      {"/features/slash_commands/*/command", {2, 32}},
                                                      {"/features/slash_commands/*/description", {1, 2000}},
                                                      {"/features/slash_commands/*/usage_hint", {1, 1000}},
                                                      {"/oauth_config/scopes/bot/*", {1, 50}},
                                                      {"/settings/event_subscriptions/bot_events/*", {1, 50}}};
  return table;
}

void check(const json& value, const std::string& path) {
  CAPTURE(path);
  if (value.is_object()) {
    const auto known = members().find(path);
    REQUIRE(known != members().end());
    for (const auto& [name, member] : value.items()) {
      CAPTURE(name);
      CHECK(known->second.contains(name));
      check(member, path + "/" + name);
    }
  } else if (value.is_array()) {
    CHECK(std::set<json>(value.begin(), value.end()).size() == value.size());
    for (const auto& one : value) check(one, path + "/*");
  } else if (const auto limit = lengths().find(path); value.is_string() && limit != lengths().end()) {
    const auto text = value.get<std::string>();
    CHECK(text.size() >= limit->second.least);
    CHECK(text.size() <= limit->second.most);
  }
  if (value.is_string() && path.ends_with("url")) CHECK(value.get<std::string>().starts_with("https://"));
}

}  // namespace

TEST_CASE("the manifest keeps to Slack's schema, however the bot is connected") {
  Config config;
  check(manifest(config), "");
  config.slack.url = "https://bot.example.org";
  config.slack.client_id = "1.2";
  config.slack.mode = SlackConfig::Mode::events;
  check(manifest(config), "");
  config.names = {std::string(60, 'x')};
  check(manifest(config), "");
}

TEST_CASE("Socket Mode needs no address; events over HTTP name the bot's own") {
  Config config;
  auto socket = manifest(config);
  CHECK(socket["settings"]["socket_mode_enabled"] == true);
  CHECK(!socket["settings"]["event_subscriptions"].contains("request_url"));
  CHECK(!socket["features"]["slash_commands"][0].contains("url"));
  CHECK(!socket["oauth_config"].contains("redirect_urls"));

  config.slack.mode = SlackConfig::Mode::events;
  config.slack.url = "https://bot.example.org";
  config.slack.client_id = "1.2";
  auto events = manifest(config);
  CHECK(events["settings"]["socket_mode_enabled"] == false);
  CHECK(events["settings"]["event_subscriptions"]["request_url"] == "https://bot.example.org/slack/events");
  CHECK(events["settings"]["interactivity"]["request_url"] == "https://bot.example.org/slack/interactions");
  CHECK(events["features"]["slash_commands"][0]["url"] == "https://bot.example.org/slack/commands");
  CHECK(events["oauth_config"]["redirect_urls"] == json::array({"https://bot.example.org/slack/oauth"}));
}

TEST_CASE("every shortcut leads to a command that there is, and to a field that it has") {
  const auto commands = all_commands();
  const auto made = manifest({});
  CHECK(made["features"]["shortcuts"].size() >= 3);
  for (const auto& shortcut : made["features"]["shortcuts"]) {
    std::string callback = shortcut["callback_id"];
    const auto colon = std::min(callback.find(':'), callback.size());
    std::string name = callback.substr(0, colon);
    std::ranges::replace(name, '_', ' ');
    const auto command = std::ranges::find(commands, name, &Command::name);
    REQUIRE(command != commands.end());
    if (colon == callback.size()) continue;
    CHECK(std::ranges::find(command->arguments, callback.substr(colon + 1), &language::ArgumentSpec::name) !=
          command->arguments.end());
  }
}
