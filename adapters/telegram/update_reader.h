// Turns a Bot API Update object into what the engine understands.
#pragma once

#include <chrono>
#include <cstdint>
#include <deque>
#include <string>
#include <string_view>
#include <vector>

#include <nlohmann/json_fwd.hpp>

#include "adapters/telegram/fields.h"
#include "adapters/update.h"

namespace osrbot::telegram {

/// The kinds of updates to ask Telegram for, as a JSON array. They must be named: chat_member is left out by default.
extern const std::string_view allowed_updates;

/// The update_id of an Update object, as JSON, also of one that is malformed otherwise; negative: there is none to be
/// found, or it is absurd.
std::int64_t update_id(std::string_view update);

struct ReadUpdate {
  std::int64_t id = -1;         ///< update_id; negative: there is none to be found
  std::vector<Update> updates;  ///< none when the bot has no use for it; several when several people joined at once
  std::string callback_id;      ///< of a button that was pressed: it must be answered
  std::string picture_id;       ///< file of the picture in the only update: to be fetched; empty: nothing is
  std::string problem;          ///< why it could not be read; empty: it could
};

/// What is known of the sender's rights: an administrator who writes anonymously, in the name of the group, has
/// `from_workspace_admin`; of all others Telegram says nothing. Other bots, channels and the bot itself are ignored.
///
/// Keys name what happened and not the update that told it, so that one thing told twice (a join by a service message
/// and by chat_member, a message before and after the change from polling to a webhook) is one.
///
/// Belongs to one thread: remembers recent joins, because their two updates may differ by a second.
class UpdateReader {
 public:
  explicit UpdateReader(Self self) : self_(std::move(self)) {}

  /// Never throws for bad input. `received` stands in where Telegram gives no time (buttons).
  ReadUpdate read(std::string_view json, std::chrono::sys_seconds received);

 private:
  void read_message(const nlohmann::json& message, UpdateKind kind, ReadUpdate& out);
  bool read_service_message(const nlohmann::json& message, const Update& base, ReadUpdate& out);
  void read_callback(const nlohmann::json& callback, std::chrono::sys_seconds received, ReadUpdate& out);
  void read_membership(const nlohmann::json& change, ReadUpdate& out);
  void read_own_membership(const nlohmann::json& change, ReadUpdate& out);
  Update membership(UpdateKind kind, const Update& base, const nlohmann::json& user);

  struct Membership {
    std::string who;  ///< kind, chat and person
    std::chrono::sys_seconds at;
  };
  Self self_;
  std::deque<Membership> recent_;
};

}  // namespace osrbot::telegram
