// The contract between the bot and a platform: receive batches of updates, send messages. A new platform is a folder
// with one class derived from Adapter, and one line in bot/.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <stop_token>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "adapters/capabilities.h"
#include "adapters/message.h"
#include "adapters/update.h"

namespace osrbot {

/// A message on its way out.
struct OutboundMessage {
  std::int64_t id = 0;  ///< the same again, with the same message, when the sending is repeated
  Place to;
  Message message;
  std::string reply_to;  ///< the platform's id of the message that is answered; empty: none
};

struct Sent {
  std::string message_id;
};
/// The platform or the network wants the message later. `after` 0: as the relay's backoff decides.
struct RetryLater {
  std::chrono::milliseconds after{0};
  std::string why;
  bool held = false;  ///< it will be taken one day, and is of use then still: it is not given up, however long it takes
};
/// Why a conversation takes no messages, as far as somebody can mend it.
enum class Obstacle : std::uint8_t { other, not_member, archived };
/// The platform refuses the message for good. `unreachable`: it would refuse every message to this conversation.
struct Rejected {
  std::string why;
  bool unreachable = false;
  Obstacle obstacle = Obstacle::other;
};
/// The conversation has a new id; the message is to be sent there.
struct Moved {
  std::string conversation;
};
using Delivery = std::variant<Sent, RetryLater, Rejected, Moved>;

/// A command as a platform's command menu shows it.
struct MenuEntry {
  std::string command;      ///< "task add"
  std::string description;  ///< one line
};
struct Menu {
  std::string language;  ///< BCP-47; empty: everybody else
  std::vector<MenuEntry> entries;
};

/// Reads the words of every language for the menus: for who shows some, and not for nothing.
using Menus = std::function<std::vector<Menu>()>;

/// Hands a batch to the engine and returns after its commit: true when it is durable, false when the bot is stopping
/// and nothing of it was applied. While the database cannot be written to it waits. An unfinished batch is not waited
/// for: true says no more than that it was taken.
using Deliver = std::function<bool(Batch)>;

/// A platform. receive() runs on a thread of its own; send() is called from the relay's thread.
class Adapter {
 public:
  virtual ~Adapter() = default;

  virtual std::string_view name() const = 0;
  virtual Capabilities capabilities() const = 0;

  /// Publishes the command menus, where the platform has such. Called once, before receive(), on its thread.
  virtual void publish(const Menus& menus) = 0;

  /// Reads updates from `cursor` on (empty: from the beginning) and delivers them until `stop` is requested. Handles
  /// what the platform or the network does wrong by itself; throws only what makes the adapter useless, for example
  /// a refused token (std::runtime_error that names the setting to mend).
  virtual void receive(std::stop_token stop, const std::string& cursor, const Deliver& deliver) = 0;

  /// Asks which of these messages, named by the platform's ids, are still there; returns at once. Each that is gone
  /// comes as an UpdateKind::deleted with its `message_id`. Platforms that tell by themselves need not be asked.
  virtual void look_up(const std::vector<std::string>& /*message_ids*/) {}

  /// Starts to send and returns at once; `done` is called exactly once, on any thread, also during shutdown.
  virtual void send(OutboundMessage message, std::function<void(Delivery)> done) = 0;
};

}  // namespace osrbot
