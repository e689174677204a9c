// Receives updates by webhook: Telegram calls the bot, and calls again until it hears 2xx.
#pragma once

#include <memory>
#include <stop_token>
#include <string>

#include "adapters/adapter.h"
#include "adapters/telegram/intake.h"
#include "adapters/transport/http_server.h"
#include "config/secret.h"

namespace osrbot::telegram {

/// Calls wait in a queue until run() takes all that are there as one batch, and are answered after its commit. How many
/// may wait is limited by the HTTP server.
class Webhook {
 public:
  /// @param secret what Telegram sends along with each call (setWebhook: secret_token)
  Webhook(Secret secret, Counts& counts);

  /// To be mounted on the path of the public URL. Answers 200 once the update is durable, 503 when the bot is stopping,
  /// 403 to whoever does not know the secret. Must not be called after the end of the object.
  HttpServer::Handler handler();

  /// Returns when `stop` is requested or `deliver` says so.
  void run(const std::stop_token& stop, Intake& intake, const Deliver& deliver);

  /// Calls that wait, and all that come later, are answered with 503.
  void close();

 private:
  struct Queue;

  bool is_from_telegram(const ServerRequest& request) const;

  const Secret secret_;
  Counts& counts_;
  std::shared_ptr<Queue> queue_;
};

}  // namespace osrbot::telegram
