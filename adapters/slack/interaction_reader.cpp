#include <algorithm>
#include <array>
#include <string>

#include <nlohmann/json.hpp>

#include "adapters/json_fields.h"
#include "adapters/json_text.h"
#include "adapters/slack/blocks.h"
#include "adapters/slack/message_text.h"
#include "adapters/slack/render.h"
#include "adapters/slack/update_reader.h"

namespace osrbot::slack {

using nlohmann::json;

namespace {

std::string id_of(const json& payload, const char* object) {
  const json* found = field(payload, object);
  return found != nullptr && found->is_object() ? string(*found, "id") : std::string();
}

/// Where the bot is installed for a whole organisation, people and channels are the organisation's.
std::string workspace_of(const json& payload) {
  auto enterprise = id_of(payload, "enterprise");
  auto workspace = flag(payload, "is_enterprise_install") && !enterprise.empty() ? enterprise : id_of(payload, "team");
  if (workspace.empty()) throw Malformed("team is missing");
  return workspace;
}

/// What is common to all interactions, in the private conversation of who did it.
Update begin(const json& payload, UpdateKind kind, std::chrono::sys_seconds received) {
  const json* user = field(payload, "user");
  if (user == nullptr) throw Malformed("user is missing");
  Update update;
  update.kind = kind;
  update.from.id = string(*user, "id");
  update.from.direct = update.from.id;
  update.from.handle = string(*user, "username");
  if (update.from.handle.empty()) update.from.handle = string(*user, "name");
  update.place = {
      .adapter = "slack", .workspace = workspace_of(payload), .conversation = update.from.id, .is_private = true};
  update.dialog = string(payload, "trigger_id");
  if (update.from.id.empty() || update.dialog.empty()) throw Malformed("user or trigger_id is missing");
  update.key = "t" + update.place.workspace + "/" + update.dialog;
  update.addressed = true;
  update.at = received;
  return update;
}

/// Moves an update to a channel, unless that is a private one.
void place_in(Update& update, const std::string& channel, const json* message) {
  if (!channel.empty() && !channel.starts_with('D')) {
    update.place.conversation = channel;
    update.place.is_private = false;
  }
  if (message == nullptr) return;
  const auto thread = string(*message, "thread_ts");
  if (thread != string(*message, "ts")) update.place.thread = thread;
}

/// What is shown in answer has to find its way back to the place that asked for it: see read_dialog_name().
void name_dialog(Update& update) {
  update.dialog += " " + update.from.id + " " + update.place.conversation + " " + update.place.thread;
}

std::string command_of(std::string callback) {
  std::ranges::replace(callback, '_', ' ');
  return callback;
}

/// Of a button that goes, or whose row goes: by what the press is told from others, and what becomes of the message.
void read_what_goes(const json& payload, Update& update, Reading& out) {
  const json& action = field(payload, "actions")->front();
  const auto id = string(action, "action_id");
  const auto row = string(action, "block_id");
  const bool picks = id.starts_with("pick.");
  if ((!picks && !id.starts_with("once.")) || update.message_id.empty() || row.empty()) return;
  const auto name = update.place.workspace + "/" + id_of(payload, "channel") + ":" + update.message_id;
  update.key = "b" + name + "/" + row + "/" + (picks ? "pick" : id) + "/" + update.from.id;
  if (out.response_url.empty()) return;
  const json* message = field(payload, "message");
  const json* blocks = message != nullptr && message->is_object() ? field(*message, "blocks") : nullptr;
  if (message != nullptr && (blocks == nullptr || !blocks->is_array())) return;
  out.press = Press{.message = message == nullptr ? std::string() : name, .interaction = json_text(payload)};
}

void read_press(const json& payload, std::chrono::sys_seconds received, Reading& out) {
  const json* actions = field(payload, "actions");
  if (actions == nullptr || !actions->is_array() || actions->empty()) throw Malformed("actions is missing");
  const auto command = string(actions->front(), "value");
  const json* view = field(payload, "view");
  if (command.empty() || (view != nullptr && string(*view, "type") == "modal")) return;
  Update update = begin(payload, UpdateKind::button, received);
  const json* message = field(payload, "message");
  place_in(update, id_of(payload, "channel"), message);
  if (const json* container = field(payload, "container"); container != nullptr) {
    update.message_id = string(*container, "message_ts");
    // Of a message that only one person sees Slack sends no more than this.
    if (message == nullptr && update.place.thread.empty()) update.place.thread = string(*container, "thread_ts");
  }
  update.text = command;
  if (view != nullptr && string(*view, "type") == "home") update.payload = "home";
  read_what_goes(payload, update, out);
  out.update = std::move(update);
}

/// What was filled in: a text, or a list of texts for fields of which several may be chosen.
json value_of(const json& element) {
  for (const char* name : {"value", "selected_date", "selected_time"}) {
    if (const json* value = field(element, name); value != nullptr && value->is_string()) return *value;
  }
  if (const json* option = field(element, "selected_option"); option != nullptr && option->is_object()) {
    return string(*option, "value");
  }
  if (const json* options = field(element, "selected_options"); options != nullptr && options->is_array()) {
    json values = json::array();
    for (const auto& option : *options) values.push_back(string(option, "value"));
    return values;
  }
  return "";
}

void read_submission(const json& payload, std::chrono::sys_seconds received, Reading& out) {
  const json* view = field(payload, "view");
  if (view == nullptr) throw Malformed("view is missing");
  Update update = begin(payload, UpdateKind::submitted, received);
  read_dialog_metadata(string(*view, "private_metadata"), update.place);
  update.text = string(*view, "callback_id");
  json values = json::object();
  const json* state = field(*view, "state");
  const json* blocks = state == nullptr ? nullptr : field(*state, "values");
  if (blocks != nullptr && blocks->is_object()) {
    for (const auto& [block, elements] : blocks->items()) {
      if (elements.is_object() && !elements.empty()) values[block] = value_of(elements.front());
    }
  }
  update.payload = json_text(values);
  out.update = std::move(update);
}

/// Where a message stands, for people to open; empty when Slack does not tell.
std::string address_of(const json& payload, const json& message) {
  const json* team = field(payload, "team");
  const std::string domain = team == nullptr ? std::string() : string(*team, "domain");
  std::string ts = string(message, "ts");
  std::erase(ts, '.');
  if (domain.empty() || ts.empty()) return {};
  return "https://" + domain + ".slack.com/archives/" + id_of(payload, "channel") + "/p" + ts;
}

void read_shortcut(const json& payload, std::chrono::sys_seconds received, Reading& out) {
  Update update = begin(payload, UpdateKind::form, received);
  const std::string callback = string(payload, "callback_id");
  const auto colon = std::min(callback.find(':'), callback.size());
  update.text = command_of(callback.substr(0, colon));
  if (update.text.empty()) throw Malformed("callback_id is missing");
  if (const json* message = field(payload, "message"); message != nullptr) {
    place_in(update, id_of(payload, "channel"), message);
    update.reply_to = string(*message, "ts");
    update.url = address_of(payload, *message);
    if (colon < callback.size()) {
      const json values = {{callback.substr(colon + 1), read_text(string(*message, "text"), {}).text}};
      update.payload = json_text(values);
    }
  }
  out.update = std::move(update);
}

}  // namespace

Reading read_interaction(const json& payload, std::chrono::sys_seconds received) {
  Reading out;
  try {
    out.workspace = workspace_of(payload);
    out.response_url = string(payload, "response_url");
    const auto type = string(payload, "type");
    if (type == "block_actions") {
      read_press(payload, received, out);
    } else if (type == "view_submission") {
      read_submission(payload, received, out);
    } else if (type == "shortcut" || type == "message_action") {
      read_shortcut(payload, received, out);
    }
    if (out.update) name_dialog(*out.update);
  } catch (const Malformed& error) {
    out.update.reset();
    out.problem = error.what();
  } catch (const json::exception& error) {
    out.update.reset();
    out.problem = error.what();
  }
  return out;
}

Reading read_slash_command(const json& payload, std::chrono::sys_seconds received) {
  Reading out;
  try {
    const auto enterprise = string(payload, "enterprise_id");
    const json* whole = field(payload, "is_enterprise_install");
    const bool organisation = whole != nullptr && (*whole == true || *whole == "true");
    out.workspace = organisation && !enterprise.empty() ? enterprise : string(payload, "team_id");
    out.response_url = string(payload, "response_url");
    Update update;
    update.from.id = string(payload, "user_id");
    update.from.direct = update.from.id;
    update.from.handle = string(payload, "user_name");
    update.dialog = string(payload, "trigger_id");
    if (out.workspace.empty() || update.from.id.empty() || update.dialog.empty()) {
      throw Malformed("team_id, user_id or trigger_id is missing");
    }
    update.place = {.adapter = "slack", .workspace = out.workspace, .conversation = update.from.id, .is_private = true};
    place_in(update, string(payload, "channel_id"), nullptr);
    update.key = "t" + out.workspace + "/" + update.dialog;
    auto said = read_text(string(payload, "text"), {});
    update.text = std::move(said.text);
    update.quoted = std::move(said.quoted);
    update.called = std::move(said.called);
    update.mentioned = std::move(said.mentioned);
    update.addressed = true;
    update.at = received;
    name_dialog(update);
    out.update = std::move(update);
  } catch (const Malformed& error) {
    out.problem = error.what();
  }
  return out;
}

Reading read_slash_command(const std::vector<std::pair<std::string, std::string>>& fields,
                           std::chrono::sys_seconds received) {
  json payload = json::object();
  for (const auto& [name, value] : fields) payload[name] = value;
  return read_slash_command(payload, received);
}

DialogName read_dialog_name(std::string_view name, const Place& to) {
  DialogName dialog{.trigger = {}, .person = {}, .place = to};
  for (std::string* part : {&dialog.trigger, &dialog.person, &dialog.place.conversation, &dialog.place.thread}) {
    const auto space = std::min(name.find(' '), name.size());
    *part = name.substr(0, space);
    name.remove_prefix(std::min(space + 1, name.size()));
  }
  dialog.place.is_private = dialog.place.conversation == dialog.person;
  return dialog;
}

std::string dialog_metadata(const Place& place) {
  return place.is_private ? std::string() : place.conversation + " " + place.thread;
}

void read_dialog_metadata(std::string_view metadata, Place& place) {
  const auto space = metadata.find(' ');
  if (space == 0 || space == std::string_view::npos) return;
  place.conversation = metadata.substr(0, space);
  place.thread = metadata.substr(space + 1);
  place.is_private = false;
}

}  // namespace osrbot::slack
