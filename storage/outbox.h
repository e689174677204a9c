// Messages on their way out. The states and who changes them: docs/outbox.md.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "storage/conversations.h"
#include "storage/sql.h"

namespace osrbot::storage::outbox {

/// Where a message goes. The fields are those of osrbot::Place, which storage does not know.
struct Destination {
  std::string_view adapter;
  std::string_view workspace;
  std::string_view conversation;
  std::string_view thread;
  bool is_private = false;
};

/// Puts a message (JSON) into the queue; its number there.
std::int64_t enqueue(Connection& db, const Destination& to, std::string_view reply_to, std::string_view message,
                     std::string_view update_key, std::chrono::sys_seconds now);

/// A message that waits, without its text.
struct Waiting {
  std::int64_t id = 0;
  std::string workspace;
  std::string conversation;
  bool is_private = false;
  bool is_sending = false;
};

/// Calls `found` for each message of an adapter that waits to be sent or is being sent, in the order of their numbers,
/// from after `after` on. One that is "sending" and is with no adapter was left so by a crash.
void each_waiting(Connection& db, std::string_view adapter, std::int64_t after,
                  const std::function<void(const Waiting&)>& found);

/// A message as it is queued.
struct Queued {
  std::string thread;
  bool is_private = false;
  std::string reply_to;
  std::string message;  ///< JSON
  std::chrono::sys_seconds queued_at{};
};

/// queued → sending. From here on until the result is written a crash may cause a repetition. False: it does not wait
/// any longer (it was cancelled).
bool claim(Connection& db, std::int64_t id);

/// A message that was claimed. Throws Error when there is none of this number.
Queued read(Connection& db, std::int64_t id);

/// sending → sent.
void mark_sent(Connection& db, std::int64_t id, std::string_view message_id, std::chrono::sys_seconds now);

/// sending → queued: to be tried again, or whether it was sent is not known. It may be sent twice, but is never lost.
void mark_waiting(Connection& db, std::int64_t id, std::string_view why);

/// sending → failed.
void mark_failed(Connection& db, std::int64_t id, std::string_view why, std::chrono::sys_seconds now);

/// queued → cancelled, for everything that waits for a conversation that nothing may be said in any more; how many.
std::int64_t cancel_conversation(Connection& db, const conversations::Id& to, std::string_view why,
                                 std::chrono::sys_seconds now);

/// The number of the message that was queued last.
std::int64_t newest(Connection& db);

/// What has become of a message.
struct Outcome {
  std::string state;       ///< "queued", "sending", "sent", "failed", "cancelled"
  std::string message_id;  ///< the platform's, once it is sent
  std::string why;         ///< it is not sent (yet)
};
/// Nothing: it was deleted by prune().
std::optional<Outcome> outcome(Connection& db, std::int64_t id);

/// Deletes messages that were finished before `before`, looking at the oldest `limit`; how many. The newest message
/// always stays, so that numbers only ever grow.
std::int64_t prune(Connection& db, std::chrono::sys_seconds before, int limit);

}  // namespace osrbot::storage::outbox
