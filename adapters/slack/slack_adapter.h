// The Slack platform, over Socket Mode or the Events API and the Web API. Guide for operators: docs/slack.md.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "adapters/adapter.h"
#include "adapters/log.h"
#include "adapters/secret_store.h"
#include "adapters/slack/answer_addresses.h"
#include "adapters/slack/events_api.h"
#include "adapters/slack/inbox.h"
#include "adapters/slack/installation.h"
#include "adapters/slack/pressed_messages.h"
#include "adapters/slack/sender.h"
#include "adapters/slack/socket_mode.h"
#include "adapters/slack/user_directory.h"
#include "adapters/slack/web_api.h"
#include "adapters/slack/workspaces.h"
#include "adapters/transport/http_client.h"
#include "adapters/transport/http_server.h"
#include "config/config.h"

namespace osrbot::slack {

/// Receives over sockets, over HTTP, or both, as the configuration says. The bot's HTTP server has to mount routes(),
/// and to be stopped before the adapter ends.
class SlackAdapter : public Adapter {
 public:
  /// @param secrets for workspaces that install the bot; null: there are none but the one of the configuration
  /// @param socket how sockets are kept, `socket.backoff` also between tries to begin; how many, the configuration says
  SlackAdapter(const SlackConfig& config, SecretStore* secrets, Log log, SocketMode::Options socket = {});
  ~SlackAdapter() override;

  std::string_view name() const override { return "slack"; }
  Capabilities capabilities() const override;
  /// Slack has one slash command, which the app's manifest declares: there is nothing to publish.
  void publish(const Menus&) override {}
  /// Throws std::runtime_error when a token is refused, or the store of secrets cannot be opened.
  void receive(std::stop_token stop, const std::string& cursor, const Deliver& deliver) override;
  void send(OutboundMessage message, std::function<void(Delivery)> done) override;

  /// Paths and what answers there; none when nothing comes over HTTP.
  std::vector<std::pair<std::string, HttpServer::Handler>> routes();
  const Counts& counts() const { return counts_; }

 private:
  bool add_configured(const std::stop_token& stop);
  void before(const std::stop_token& stop, std::vector<Reading>& readings);
  void after(const Reading& reading);

  const SlackConfig config_;
  const Log log_;
  const SocketMode::Options socket_options_;
  Counts counts_;
  std::unique_ptr<HttpClient> client_;
  WebApi api_;
  Workspaces workspaces_;
  Inbox inbox_;
  AnswerAddresses addresses_;
  PressedMessages pressed_;
  UserDirectory people_;
  Sender sender_;
  SocketMode socket_;
  EventsApi events_;
  Installation installation_;
};

}  // namespace osrbot::slack
