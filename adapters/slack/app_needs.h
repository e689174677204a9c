// What the bot's Slack app has to ask a workspace for. The installation asks for it, and the manifest lists it.
#pragma once

#include <array>
#include <string_view>

namespace osrbot::slack {

/// OAuth scopes of the bot.
inline constexpr std::array<std::string_view, 14> bot_scopes = {
    "app_mentions:read", "channels:history", "channels:read", "chat:write", "commands",
    "files:write",       "groups:history",   "groups:read",   "im:history", "im:read",
    "im:write",          "mpim:history",     "mpim:read",     "users:read"};

/// Events that the bot reads (adapters/slack/event_reader.cpp).
inline constexpr std::array<std::string_view, 14> bot_events = {
    "app_home_opened", "app_mention",           "app_uninstalled",     "channel_id_changed", "channel_left",
    "group_left",      "member_joined_channel", "member_left_channel", "message.channels",   "message.groups",
    "message.im",      "message.mpim",          "team_join",           "tokens_revoked"};

/// Paths on the bot's HTTP server, below slack.url.
inline constexpr const char* events_path = "/slack/events";
inline constexpr const char* commands_path = "/slack/commands";
inline constexpr const char* interactions_path = "/slack/interactions";
inline constexpr const char* install_path = "/slack/install";
inline constexpr const char* oauth_path = "/slack/oauth";

}  // namespace osrbot::slack
