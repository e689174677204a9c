#include "tests/fakes/slack_events.h"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace osrbot::fakes::slack_events {

using nlohmann::json;

namespace {

json message_of(const Said& said) {
  json message = {{"type", "message"}, {"user", said.user}, {"text", said.text}, {"ts", said.ts}, {"team", said.team}};
  if (!said.thread.empty()) {
    message["thread_ts"] = said.thread;
    message["parent_user_id"] = said.thread_author;
  }
  return message;
}

json placed(json event, const Said& said) {
  event["channel"] = said.channel;
  event["channel_type"] = said.channel.starts_with('D') ? "im" : "channel";
  event["event_ts"] = said.ts;
  return event;
}

std::string wrapped(const json& event, const std::string& event_id, const std::string& team) {
  return json{{"token", "unused"},
              {"team_id", team},
              {"enterprise_id", nullptr},
              {"api_app_id", "A1"},
              {"type", "event_callback"},
              {"event_id", event_id},
              {"event_time", 1700000001},
              {"is_ext_shared_channel", false},
              {"authorizations",
               {{{"enterprise_id", nullptr},
                 {"team_id", team},
                 {"user_id", "UBOT"},
                 {"is_bot", true},
                 {"is_enterprise_install", false}}}},
              {"event", event}}
      .dump();
}

json interaction(const std::string& type, const std::string& user, const std::string& trigger) {
  return {{"type", type},
          {"team", {{"id", "T1"}, {"domain", "fake"}}},
          {"enterprise", nullptr},
          {"is_enterprise_install", false},
          {"user", {{"id", user}, {"username", "handle_" + user}, {"name", "handle_" + user}, {"team_id", "T1"}}},
          {"api_app_id", "A1"},
          {"trigger_id", trigger}};
}

}  // namespace

std::string message(const Said& said) {
  return wrapped(placed(message_of(said), said), said.event_id, said.team);
}

std::string app_mention(const Said& said) {
  auto event = placed(message_of(said), said);
  event["type"] = "app_mention";
  event.erase("channel_type");
  return wrapped(event, said.event_id, said.team);
}

std::string edited(const Said& said, const std::string& edit_ts, const std::string& before) {
  auto now = message_of(said);
  now["edited"] = {{"user", said.user}, {"ts", edit_ts}};
  auto previous = message_of(said);
  previous["text"] = before;
  const json event = {{"type", "message"}, {"subtype", "message_changed"}, {"hidden", true},
                      {"message", now},    {"previous_message", previous}, {"ts", edit_ts}};
  return wrapped(placed(event, said), said.event_id, said.team);
}

std::string deleted(const Said& said) {
  const json event = {{"type", "message"},
                      {"subtype", "message_deleted"},
                      {"hidden", true},
                      {"deleted_ts", said.ts},
                      {"previous_message", message_of(said)}};
  return wrapped(placed(event, said), said.event_id, said.team);
}

std::string event(const std::string& event, const std::string& event_id, const std::string& team) {
  return wrapped(json::parse(event), event_id, team);
}

std::string team_join(const std::string& user, const std::string& name) {
  return wrapped({{"type", "team_join"},
                  {"user",
                   {{"id", user},
                    {"name", "handle_" + user},
                    {"real_name", "Real " + name},
                    {"is_bot", false},
                    {"locale", "fr-FR"},
                    {"profile", {{"display_name", name}, {"real_name", "Real " + name}}}}},
                  {"event_ts", "1700000001.000100"}},
                 "EvTeamJoin", "T1");
}

Fields slash_command(const std::string& text, const std::string& channel, const std::string& user,
                     const std::string& trigger, const std::string& response_url) {
  return {{"team_id", "T1"},       {"team_domain", "fake"},
          {"channel_id", channel}, {"channel_name", "general"},
          {"user_id", user},       {"user_name", "handle_" + user},
          {"command", "/osr"},     {"text", text},
          {"trigger_id", trigger}, {"response_url", response_url},
          {"api_app_id", "A1"},    {"is_enterprise_install", "false"}};
}

std::string to_json(const Fields& fields) {
  json out = json::object();
  for (const auto& [name, value] : fields) out[name] = value;
  return out.dump();
}

std::string to_form(const Fields& fields) {
  std::string out;
  for (const auto& [name, value] : fields) {
    if (!out.empty()) out += '&';
    out += name + "=";
    for (const char c : value) out += fmt::format("%{:02X}", static_cast<unsigned char>(c));
  }
  return out;
}

std::string press(const std::string& command, const std::string& channel, const std::string& user,
                  const std::string& trigger, const std::string& response_url) {
  auto out = interaction("block_actions", user, trigger);
  out["channel"] = {{"id", channel}, {"name", "general"}};
  out["container"] = {{"type", "message"}, {"message_ts", "1700000000.000009"}, {"channel_id", channel}};
  out["message"] = {{"type", "message"}, {"ts", "1700000000.000009"}, {"text", "Claim it?"}, {"bot_id", "BBOT"}};
  out["response_url"] = response_url;
  out["actions"] = {{{"type", "button"},
                     {"action_id", "once.0"},
                     {"block_id", "b1"},
                     {"text", {{"type", "plain_text"}, {"text", "Claim"}}},
                     {"value", command},
                     {"action_ts", "1700000005.000001"}}};
  return out.dump();
}

std::string submission(const std::string& callback, const std::string& values, const std::string& metadata,
                       const std::string& trigger) {
  auto out = interaction("view_submission", "U1", trigger);
  out["view"] = {{"id", "V1"},
                 {"type", "modal"},
                 {"callback_id", callback},
                 {"private_metadata", metadata},
                 {"state", {{"values", json::parse(values)}}}};
  return out.dump();
}

std::string shortcut(const std::string& callback) {
  auto out = interaction("shortcut", "U1", "trigger.4");
  out["callback_id"] = callback;
  return out.dump();
}

std::string message_action(const std::string& callback, const Said& said) {
  auto out = interaction("message_action", "U1", "trigger.5");
  out["callback_id"] = callback;
  out["channel"] = {{"id", said.channel}, {"name", "general"}};
  out["message"] = message_of(said);
  return out.dump();
}

}  // namespace osrbot::fakes::slack_events
