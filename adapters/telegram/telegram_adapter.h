// The Telegram platform, over the Bot API. Guide for operators: docs/telegram.md.
#pragma once

#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <stop_token>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include "adapters/adapter.h"
#include "adapters/log.h"
#include "adapters/telegram/bot_api.h"
#include "adapters/telegram/intake.h"
#include "adapters/telegram/sender.h"
#include "adapters/telegram/webhook.h"
#include "adapters/transport/backoff.h"
#include "adapters/transport/http_client.h"
#include "adapters/transport/http_server.h"
#include "config/config.h"

namespace osrbot::telegram {

/// Receives by long polling or by webhook, as the configuration says. In webhook mode the bot's HTTP server has to
/// mount webhook_handler() on config.webhook.path(), and to be stopped before the adapter ends.
class TelegramAdapter : public Adapter {
 public:
  /// @param backoff between tries to receive
  TelegramAdapter(const TelegramConfig& config, Log log, Backoff backoff = {});
  ~TelegramAdapter() override;

  std::string_view name() const override { return "telegram"; }
  Capabilities capabilities() const override;
  /// Reads the menus and asks Telegram on a thread of its own, so that the first poll does not wait for it; what is
  /// refused is logged.
  void publish(const Menus& menus) override;
  /// Throws std::runtime_error when the token is refused, or when a webhook is asked for without URL or secret.
  void receive(std::stop_token stop, const std::string& cursor, const Deliver& deliver) override;
  void send(OutboundMessage message, std::function<void(Delivery)> done) override;

  HttpServer::Handler webhook_handler() { return webhook_.handler(); }
  const Counts& counts() const { return counts_; }

 private:
  void publish_now(const std::vector<Menu>& menus);
  void link_private_buttons(Message& message);
  std::optional<Self> identify(const std::stop_token& stop);
  bool set_webhook(const std::stop_token& stop);
  std::optional<ApiResult> insist(const std::stop_token& stop, std::string_view method, const std::string& json);

  const TelegramConfig config_;
  const Log log_;
  const Backoff backoff_;
  Counts counts_;
  std::unique_ptr<HttpClient> client_;
  BotApi api_;
  Sender sender_;
  Webhook webhook_;
  std::mutex username_mutex_;
  std::string username_;  ///< of the bot; empty until Telegram has told
  std::jthread publishing_;
};

}  // namespace osrbot::telegram
