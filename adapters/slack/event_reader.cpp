#include <charconv>
#include <string>

#include <nlohmann/json.hpp>

#include "adapters/json_fields.h"
#include "adapters/slack/message_text.h"
#include "adapters/slack/update_reader.h"

namespace osrbot::slack {

using nlohmann::json;

namespace {

constexpr std::int64_t end_of_9999 = 253'402'300'799;

const json& required(const json& object, const char* name) {
  const json* value = field(object, name);
  if (value == nullptr) throw Malformed(std::string(name) + " is missing");
  return *value;
}

std::string required_string(const json& object, const char* name) {
  auto value = string(object, name);
  if (value.empty()) throw Malformed(std::string(name) + " is missing");
  return value;
}

/// "1700000000.000100": a time, and the name of a message in its channel.
std::chrono::sys_seconds time_of(std::string_view ts) {
  std::int64_t seconds = -1;
  std::from_chars(ts.data(), ts.data() + ts.size(), seconds);
  if (seconds < 0 || seconds > end_of_9999) throw Malformed("a ts is no time");
  return std::chrono::sys_seconds(std::chrono::seconds(seconds));
}

/// Reads one event; what all events share is in the members.
class EventReader {
 public:
  EventReader(const json& payload, const Workspaces& workspaces)
      : payload_(payload), event_(required(payload, "event")) {
    read_workspace();
    if (const auto workspace = workspaces.find(workspace_)) {
      bot_user_ = workspace->bot_user;
      bot_id_ = workspace->bot_id;
    }
  }

  void read(Reading& out) {
    out.workspace = workspace_;
    const auto type = string(event_, "type");
    if (type == "message") {
      read_message(out);
    } else if (type == "app_mention") {
      // The same message comes as a `message` too where the bot may read the channel: both are one by their key.
      read_text_message(event_, UpdateKind::message, out);
    } else if (type == "member_joined_channel" || type == "member_left_channel") {
      read_membership(type == "member_joined_channel", out);
    } else if (type == "channel_left" || type == "group_left") {
      out.update = begin(UpdateKind::blocked, required_string(event_, "channel"), string(event_, "actor_id"));
    } else if (type == "channel_id_changed") {
      out.update = begin(UpdateKind::migrated, required_string(event_, "old_channel_id"), {});
      out.update->text = required_string(event_, "new_channel_id");
    } else if (type == "team_join") {
      read_team_join(out);
    } else if (type == "app_home_opened") {
      if (string(event_, "tab") != "home") return;
      const auto user = required_string(event_, "user");
      out.update = begin(UpdateKind::home, user, user);
    } else if (type == "app_uninstalled") {
      out.uninstalled = true;
    } else if (type == "tokens_revoked") {
      // Of people's tokens the bot has none.
      const json* bots = field(required(event_, "tokens"), "bot");
      out.uninstalled = bots != nullptr && bots->is_array() && !bots->empty();
    }
  }

 private:
  /// Where the bot is installed for a whole organisation, people and channels are the organisation's.
  void read_workspace() {
    workspace_ = string(payload_, "team_id");
    bool organisation = false;
    std::string enterprise = string(payload_, "enterprise_id");
    const json* authorizations = field(payload_, "authorizations");
    if (authorizations != nullptr && authorizations->is_array() && !authorizations->empty()) {
      const json& first = authorizations->front();
      if (auto team = string(first, "team_id"); !team.empty()) workspace_ = std::move(team);
      if (auto id = string(first, "enterprise_id"); !id.empty()) enterprise = std::move(id);
      organisation = flag(first, "is_enterprise_install");
      if (flag(first, "is_bot")) bot_user_ = string(first, "user_id");
    }
    if (organisation && !enterprise.empty()) workspace_ = enterprise;
    if (workspace_.empty()) throw Malformed("team_id is missing");
  }

  Update begin(UpdateKind kind, const std::string& channel, const std::string& user) const {
    Update update;
    update.kind = kind;
    update.key = "v" + required_string(payload_, "event_id");
    update.place = {
        .adapter = "slack", .workspace = workspace_, .conversation = channel, .is_private = channel == user};
    update.from.id = user;
    update.from.direct = user;
    const auto ts = string(event_, "event_ts");
    update.at =
        ts.empty() ? std::chrono::sys_seconds(std::chrono::seconds(integer(payload_, "event_time"))) : time_of(ts);
    return update;
  }

  bool is_self(const json& message) const {
    const auto user = string(message, "user");
    return (!bot_user_.empty() && user == bot_user_) || (!bot_id_.empty() && string(message, "bot_id") == bot_id_);
  }

  /// People speak; Slack itself and other bots are not listened to.
  static bool is_by_person(const json& message) {
    const auto user = string(message, "user");
    return !user.empty() && user != "USLACKBOT" && string(message, "bot_id").empty();
  }

  /// In a private conversation the channel goes by the person's id.
  Place place_of(const json& message) const {
    const auto channel = required_string(event_, "channel");
    const bool is_private = string(event_, "channel_type") == "im" || channel.starts_with('D');
    Place place{.adapter = "slack",
                .workspace = workspace_,
                .conversation = is_private ? string(message, "user") : channel,
                .is_private = is_private};
    const auto thread = string(message, "thread_ts");
    if (thread != string(message, "ts")) place.thread = thread;
    return place;
  }

  void read_message(Reading& out) {
    const auto subtype = string(event_, "subtype");
    if (subtype.empty() || subtype == "thread_broadcast" || subtype == "file_share" || subtype == "me_message") {
      read_text_message(event_, UpdateKind::message, out);
    } else if (subtype == "message_changed") {
      const json& now = required(event_, "message");
      const json* before = field(event_, "previous_message");
      // A preview that was added to a link is no change of what was said.
      const bool same = before != nullptr && string(*before, "text") == string(now, "text");
      if (!same && field(now, "edited") != nullptr) read_text_message(now, UpdateKind::edited, out);
    } else if (subtype == "message_deleted") {
      const json& before = required(event_, "previous_message");
      if (!is_by_person(before) || is_self(before)) return;
      Update update = begin(UpdateKind::deleted, "", string(before, "user"));
      update.place = place_of(before);
      update.message_id = required_string(event_, "deleted_ts");
      out.update = std::move(update);
    }
  }

  void read_text_message(const json& message, UpdateKind kind, Reading& out) {
    if (!is_by_person(message) || is_self(message)) return;
    auto said = read_text(string(message, "text"), bot_user_);
    Update update;
    update.kind = kind;
    update.place = place_of(message);
    update.message_id = required_string(message, "ts");
    update.from.id = string(message, "user");
    update.from.direct = update.from.id;
    update.at = time_of(update.message_id);
    update.key = message_key(update.place, update.message_id);
    if (kind == UpdateKind::edited) {
      const auto edited = required_string(required(message, "edited"), "ts");
      update.key = "e" + update.key.substr(1) + ":" + edited;
      update.at = time_of(edited);
    }
    const bool answers_bot =
        !update.place.thread.empty() && !bot_user_.empty() && string(message, "parent_user_id") == bot_user_;
    update.addressed = update.place.is_private || said.calls_bot || (answers_bot && !said.calls_others);
    if (said.text.empty() && !update.addressed) return;
    update.text = std::move(said.text);
    update.quoted = std::move(said.quoted);
    update.called = std::move(said.called);
    update.mentioned = std::move(said.mentioned);
    out.update = std::move(update);
  }

  void read_membership(bool joined, Reading& out) {
    const auto user = required_string(event_, "user");
    const bool is_bot = !bot_user_.empty() && user == bot_user_;
    const auto kind = is_bot ? (joined ? UpdateKind::unblocked : UpdateKind::blocked)
                             : (joined ? UpdateKind::joined : UpdateKind::left);
    out.update = begin(kind, required_string(event_, "channel"), is_bot ? string(event_, "inviter") : user);
  }

  /// Somebody is new in the workspace as a whole: the place is their private conversation.
  void read_team_join(Reading& out) {
    const json& user = required(event_, "user");
    if (flag(user, "is_bot") || flag(user, "is_workflow_bot")) return;
    const auto id = required_string(user, "id");
    Update update = begin(UpdateKind::joined, id, id);
    update.from.name = display_name(user);
    update.from.handle = string(user, "name");
    update.from.language = string(user, "locale");
    out.update = std::move(update);
  }

  const json& payload_;
  const json& event_;
  std::string workspace_;
  std::string bot_user_;
  std::string bot_id_;
};

}  // namespace

std::string display_name(const json& user) {
  if (const json* profile = field(user, "profile"); profile != nullptr) {
    for (const char* name : {"display_name", "real_name"}) {
      if (auto shown = string(*profile, name); !shown.empty()) return shown;
    }
  }
  auto real = string(user, "real_name");
  return real.empty() ? string(user, "name") : real;
}

Reading read_event(const json& payload, const Workspaces& workspaces) {
  Reading out;
  try {
    EventReader(payload, workspaces).read(out);
  } catch (const Malformed& error) {
    out.update.reset();
    out.problem = error.what();
  } catch (const json::exception& error) {
    out.update.reset();
    out.problem = error.what();
  }
  return out;
}

}  // namespace osrbot::slack
