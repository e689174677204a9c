#include "adapters/telegram/update_reader.h"

#include <algorithm>
#include <charconv>
#include <optional>

#include <nlohmann/json.hpp>

#include "adapters/telegram/message_text.h"

namespace osrbot::telegram {

using nlohmann::json;

namespace {

constexpr std::int64_t largest_update_id = std::int64_t{1} << 53;
constexpr std::size_t recent_memberships = 256;
constexpr std::chrono::seconds same_membership{60};
// The account in whose name Telegram forwards a channel's posts to the channel's group.
constexpr std::string_view telegram_itself = "777000";

/// The place of a chat; no value for channels, and for kinds of chats that are not known yet.
std::optional<Place> place_of(const json& chat) {
  const auto type = string(chat, "type");
  const bool is_private = type == "private";
  if (!is_private && type != "group" && type != "supergroup") return std::nullopt;
  return Place{.adapter = "telegram",
               .workspace = {},
               .conversation = std::to_string(integer(chat, "id")),
               .thread = {},
               .is_private = is_private};
}

const json& required(const json& object, const char* name) {
  const json* value = field(object, name);
  if (value == nullptr) throw Malformed(std::string(name) + " is missing");
  return *value;
}

/// Place, thread, time and number of a Message object. No value: nothing of it concerns the bot.
std::optional<Update> begin_update(const json& message, const char* time) {
  auto place = place_of(required(message, "chat"));
  if (!place) return std::nullopt;
  Update update;
  update.place = std::move(*place);
  // In groups without topics the same field marks a chain of answers, to which nothing can be sent.
  if (flag(message, "is_topic_message")) update.place.thread = std::to_string(integer(message, "message_thread_id"));
  update.message_id = std::to_string(integer(message, "message_id"));
  update.at = date(message, time);
  return update;
}

/// Sets who wrote a message; false when it is nobody to listen to.
bool read_sender(const json& message, Update& update) {
  const json* chat = field(message, "sender_chat");
  if (chat == nullptr) {
    const json* from = field(message, "from");
    if (from == nullptr) return false;
    update.from = person(*from);
    return !update.from.is_bot && update.from.id != telegram_itself;
  }
  update.from.id = std::to_string(integer(*chat, "id"));
  update.from.name = string(*chat, "title");
  update.from.handle = string(*chat, "username");
  update.from_workspace_admin = update.from.id == update.place.conversation;
  return update.from_workspace_admin;
}

void read_reply(const json& message, const Self& self, Update& update) {
  const json* replied = field(message, "reply_to_message");
  if (replied == nullptr) return;
  const auto id = std::to_string(integer(*replied, "message_id"));
  // Every message of a topic answers the one that opened the topic.
  if (id == update.place.thread) return;
  update.reply_to = id;
  const json* author = field(*replied, "from");
  if (author != nullptr && integer(*author, "id") == self.id) update.addressed = true;
}

/// The file of the largest size that is not too large, of those in which Telegram has a photo; or the picture sent as a
/// file. Sets what is to be had of it.
void read_picture(const json& message, ReadUpdate& out, Update& update) {
  using State = SentPicture::State;
  const json* document = field(message, "document");
  const json* photo = field(message, "photo");
  if (document != nullptr && !string(*document, "mime_type").starts_with("image/")) return;
  const json sizes = document != nullptr ? json::array({*document}) : photo != nullptr ? *photo : json::array();
  if (!sizes.is_array() || sizes.empty()) return;
  std::int64_t largest = -1;
  for (const json& size : sizes) {
    const std::int64_t bytes = field(size, "file_size") != nullptr ? integer(size, "file_size") : 0;
    if (bytes > static_cast<std::int64_t>(largest_picture) || bytes < largest) continue;
    largest = bytes;
    out.picture_id = string(size, "file_id");
  }
  update.picture = SentPicture{.state = out.picture_id.empty() ? State::too_large : State::missing};
}

bool is_member(const json& member) {
  const auto status = string(member, "status");
  return status == "creator" || status == "administrator" || status == "member" ||
         (status == "restricted" && flag(member, "is_member"));
}

}  // namespace

const std::string_view allowed_updates =
    R"(["message","edited_message","callback_query","my_chat_member","chat_member"])";

std::int64_t update_id(std::string_view update) {
  constexpr std::string_view name = "\"update_id\":";
  const auto found = update.find(name);
  if (found == std::string_view::npos) return -1;
  const auto digits = update.find_first_not_of(' ', found + name.size());
  if (digits == std::string_view::npos) return -1;
  std::int64_t id = -1;
  std::from_chars(update.data() + digits, update.data() + update.size(), id);
  return id <= largest_update_id ? id : -1;
}

ReadUpdate UpdateReader::read(std::string_view text, std::chrono::sys_seconds received) {
  ReadUpdate out;
  out.id = update_id(text);
  try {
    const json update = read_json(text);
    // An absurd number, once confirmed, would confirm whatever is still to come.
    if (integer(update, "update_id") > largest_update_id) throw Malformed("its number is absurdly large");
    if (const json* message = field(update, "message")) {
      read_message(*message, UpdateKind::message, out);
    } else if (const json* edited = field(update, "edited_message")) {
      read_message(*edited, UpdateKind::edited, out);
    } else if (const json* callback = field(update, "callback_query")) {
      read_callback(*callback, received, out);
    } else if (const json* own = field(update, "my_chat_member")) {
      read_own_membership(*own, out);
    } else if (const json* change = field(update, "chat_member")) {
      read_membership(*change, out);
    }
  } catch (const Malformed& error) {
    out.problem = error.what();
  } catch (const json::exception& error) {
    out.problem = error.what();
  }
  if (!out.problem.empty()) {
    out.updates.clear();
    out.picture_id.clear();
  }
  return out;
}

void UpdateReader::read_message(const json& message, UpdateKind kind, ReadUpdate& out) {
  const bool edited = kind == UpdateKind::edited;
  auto update = begin_update(message, edited ? "edit_date" : "date");
  if (!update || (!edited && read_service_message(message, *update, out))) return;
  if (!read_sender(message, *update)) return;
  auto text = read_text(message, self_);
  if ((text.text.empty() && !text.addressed) || text.for_other_bot) return;
  read_reply(message, self_, *update);
  update->kind = kind;
  update->key = (edited ? "e" : "m") + update->place.conversation + ":" + update->message_id;
  if (edited) update->key += ":" + std::to_string(update->at.time_since_epoch().count());
  update->text = std::move(text.text);
  update->payload = std::move(text.payload);
  update->quoted = std::move(text.quoted);
  update->called = std::move(text.called);
  update->mentioned = std::move(text.mentioned);
  update->addressed = update->addressed || text.addressed || update->place.is_private;
  if (update->addressed) read_picture(message, out, *update);
  out.updates.push_back(std::move(*update));
}

bool UpdateReader::read_service_message(const json& message, const Update& base, ReadUpdate& out) {
  const bool from_old = field(message, "migrate_to_chat_id") != nullptr;
  if (from_old || field(message, "migrate_from_chat_id") != nullptr) {
    const auto other = std::to_string(integer(message, from_old ? "migrate_to_chat_id" : "migrate_from_chat_id"));
    Update update = base;
    update.kind = UpdateKind::migrated;
    update.place.thread.clear();
    update.text = from_old ? other : base.place.conversation;
    if (!from_old) update.place.conversation = other;
    update.key = "g" + update.place.conversation + ":" + update.text;
    out.updates.push_back(std::move(update));
    return true;
  }
  if (const json* people = field(message, "new_chat_members")) {
    for (const auto& user : *people) {
      if (!flag(user, "is_bot")) out.updates.push_back(membership(UpdateKind::joined, base, user));
    }
    return true;
  }
  if (const json* user = field(message, "left_chat_member")) {
    if (!flag(*user, "is_bot")) out.updates.push_back(membership(UpdateKind::left, base, *user));
    return true;
  }
  return false;
}

void UpdateReader::read_callback(const json& callback, std::chrono::sys_seconds received, ReadUpdate& out) {
  out.callback_id = string(callback, "id");
  const json* message = field(callback, "message");
  const auto command = string(callback, "data");
  if (message == nullptr || command.empty()) return;
  auto update = begin_update(*message, "date");
  if (!update) return;
  update->from = person(required(callback, "from"));
  if (update->from.is_bot) return;
  update->kind = UpdateKind::button;
  update->key = "c" + out.callback_id;
  update->text = command;
  update->addressed = true;
  update->at = received;
  out.updates.push_back(std::move(*update));
}

void UpdateReader::read_membership(const json& change, ReadUpdate& out) {
  auto place = place_of(required(change, "chat"));
  if (!place) return;
  const json& now = required(change, "new_chat_member");
  const bool was_in = is_member(required(change, "old_chat_member"));
  const bool is_in = is_member(now);
  const json& user = required(now, "user");
  if (was_in == is_in || flag(user, "is_bot")) return;
  Update base;
  base.place = std::move(*place);
  base.at = date(change, "date");
  out.updates.push_back(membership(is_in ? UpdateKind::joined : UpdateKind::left, base, user));
}

void UpdateReader::read_own_membership(const json& change, ReadUpdate& out) {
  auto place = place_of(required(change, "chat"));
  if (!place) return;
  const bool was_in = is_member(required(change, "old_chat_member"));
  const bool is_in = is_member(required(change, "new_chat_member"));
  if (was_in == is_in) return;
  Update update;
  update.kind = is_in ? UpdateKind::unblocked : UpdateKind::blocked;
  update.place = std::move(*place);
  update.from = person(required(change, "from"));
  update.at = date(change, "date");
  update.key =
      (is_in ? "u" : "b") + update.place.conversation + ":" + std::to_string(update.at.time_since_epoch().count());
  out.updates.push_back(std::move(update));
}

Update UpdateReader::membership(UpdateKind kind, const Update& base, const json& user) {
  Update update = base;
  update.kind = kind;
  update.place.thread.clear();
  update.from = person(user);
  const std::string whom = base.place.conversation + ":" + update.from.id;
  const bool joined = kind == UpdateKind::joined;
  const std::string who = (joined ? "j" : "l") + whom;
  // Who joins, leaves and joins again within the minute has joined twice.
  std::erase_if(recent_, [&](const Membership& known) { return known.who == (joined ? "l" : "j") + whom; });
  const auto told = std::ranges::find_if(recent_, [&](const Membership& known) {
    return known.who == who && std::chrono::abs(known.at - base.at) <= same_membership;
  });
  if (told != recent_.end()) {
    update.at = told->at;
  } else {
    recent_.push_back({who, base.at});
    if (recent_.size() > recent_memberships) recent_.pop_front();
  }
  update.key = who + ":" + std::to_string(update.at.time_since_epoch().count());
  return update;
}

}  // namespace osrbot::telegram
