// Receives updates by long polling. Bot API: getUpdates with an offset confirms every update before that offset.
#pragma once

#include <chrono>
#include <cstdint>
#include <stop_token>
#include <string>

#include "adapters/adapter.h"
#include "adapters/log.h"
#include "adapters/telegram/bot_api.h"
#include "adapters/telegram/intake.h"
#include "adapters/transport/retry_wait.h"

namespace osrbot::telegram {

/// An update is confirmed only after its batch was delivered: what the bot did not commit comes again.
class Polling {
 public:
  /// @param timeout how long Telegram holds a poll open when there is nothing to tell
  Polling(BotApi& api, Intake& intake, Log log, Counts& counts, std::chrono::seconds timeout, Backoff backoff);

  /// Returns when `stop` is requested or `deliver` says so. Throws std::runtime_error when the token is refused.
  void run(const std::stop_token& stop, const std::string& cursor, const Deliver& deliver);

 private:
  enum class Step : std::uint8_t { again, pause, retry, end };

  ApiOutcome poll(const std::stop_token& stop);
  Step take(const std::string& answer, const Deliver& deliver, const std::stop_token& stop);
  bool recover(const std::stop_token& stop, const ApiOutcome& outcome);

  BotApi& api_;
  Intake& intake_;
  const Log log_;
  Counts& counts_;
  const std::chrono::seconds timeout_;
  RetryWait retry_;
  int strangers_ = 0;  ///< answers, one after the other, by which Telegram does not know the bot
  std::int64_t offset_ = 0;
};

/// Throws std::runtime_error that says which setting holds the wrong token.
[[noreturn]] void throw_wrong_token(const ApiOutcome& outcome);

}  // namespace osrbot::telegram
