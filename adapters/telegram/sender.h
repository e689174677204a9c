// Sends messages, part by part.
#pragma once

#include <functional>
#include <string>

#include "adapters/adapter.h"
#include "adapters/log.h"
#include "adapters/telegram/bot_api.h"
#include "adapters/unfinished_parts.h"

namespace osrbot::telegram {

/// A long message goes out as several parts. When one fails, the parts before it are remembered per conversation, and
/// the next message there that begins with the same parts goes on after them: a retry repeats nothing. That memory ends
/// with the process: a message that was half sent when the bot was killed is sent again from its first part.
///
/// Thread-safe, but never two messages of one conversation at a time. Must outlive the HTTP client, which calls it
/// back.
class Sender {
 public:
  Sender(BotApi& api, Log log) : api_(api), log_(std::move(log)) {}

  /// Returns at once; `done` is called once.
  void send(const OutboundMessage& message, std::function<void(Delivery)> done);

 private:
  struct Sending;

  void send_next(const std::shared_ptr<Sending>& sending);
  void take(const std::shared_ptr<Sending>& sending, const ApiOutcome& outcome);
  void finish(const std::shared_ptr<Sending>& sending, Delivery delivery);

  BotApi& api_;
  const Log log_;
  UnfinishedParts unfinished_;
};

/// What a refusal or failure of sendMessage or sendDocument means for the message.
Delivery delivery_of(const ApiOutcome& outcome);

}  // namespace osrbot::telegram
