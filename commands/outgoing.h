// Messages on their way from who says them to the relay that sends them.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>

#include "adapters/message.h"

namespace osrbot {

/// What was put into the outbox last, for the relays, which would otherwise read back and parse what was written a
/// moment before. The outbox alone decides what is sent: a message that is not here is read from there, and one that is
/// here but was undone is not asked for before its number is given, and kept, again. Belongs to the engine's thread.
class Outgoing {
 public:
  struct Kept {
    std::string thread;
    std::string reply_to;
    bool is_private = false;
    Message message;
    std::size_t bytes = 0;  ///< that the message takes as JSON
    std::chrono::sys_seconds queued_at{};
  };

  /// Keeps what the outbox has under `id`, instead of what an undone transaction had put there before.
  void keep(std::int64_t id, Kept kept);

  std::optional<Kept> take(std::int64_t id);

 private:
  std::map<std::int64_t, Kept> kept_;
};

}  // namespace osrbot
