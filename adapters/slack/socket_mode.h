// Receives over WebSockets that the bot opens: no public address is needed (Slack: Socket Mode).
#pragma once

#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <list>
#include <memory>
#include <mutex>
#include <optional>
#include <random>
#include <stop_token>
#include <string>
#include <string_view>

#include "adapters/log.h"
#include "adapters/slack/inbox.h"
#include "adapters/slack/web_api.h"
#include "adapters/slack/workspaces.h"
#include "adapters/transport/backoff.h"
#include "adapters/transport/websocket_client.h"
#include "config/secret.h"

namespace osrbot::slack {

/// Keeps connections open, any of which may get an envelope, and acknowledges each envelope on the connection on which
/// it came once its update is durable; one that is not acknowledged Slack sends again. When Slack announces the end of
/// a connection, the next one is open before that goes. A connection that says nothing for a while is replaced.
class SocketMode {
 public:
  struct Options {
    std::size_t connections = 1;                ///< Slack: up to 10
    std::chrono::seconds silence{60};           ///< Slack pings every few seconds
    std::chrono::seconds greeting{20};          ///< from the beginning of a connection to Slack's hello
    std::chrono::milliseconds lasting{10'000};  ///< what ends sooner counts as a failure to connect
    /// How long a connection that was replaced stays for the acknowledgements that are still to come.
    std::chrono::milliseconds handover{3'000};
    Backoff backoff;
  };
  struct Parts {
    WebApi& api;
    const Workspaces& workspaces;
    Inbox& inbox;
    Counts& counts;
  };

  SocketMode(Parts parts, Secret app_token, Log log, Options options);
  ~SocketMode();

  /// Returns when `stop` is requested, with all connections closed. Throws std::runtime_error when the app's token is
  /// refused.
  void run(const std::stop_token& stop);

 private:
  using Time = std::chrono::steady_clock::time_point;
  struct Link;
  /// What a connection tells the thread of run().
  struct Sign {
    enum class Kind : std::uint8_t { hello, leave, disabled, closed };
    std::uint64_t link;
    Kind kind;
    std::string why;
  };

  void connect(const std::stop_token& stop);
  void open(const std::string& url);
  void hear(std::uint64_t link, const std::string& frame, const WebSocketSend& answer);
  void sign(Sign sign);
  void take(const Sign& sign);
  void look_after(Time now);
  void drop(Link& link, std::string_view why);
  void failed();
  bool wants_connection(Time now) const;

  WebApi& api_;
  const Workspaces& workspaces_;
  Inbox& inbox_;
  Counts& counts_;
  const Secret app_token_;
  const Log log_;
  const Options options_;
  std::minstd_rand random_;
  unsigned failures_ = 0;
  Time next_try_{};
  std::uint64_t last_link_ = 0;
  std::list<Link> links_;
  std::list<std::unique_ptr<WebSocketClient>> leaving_;  ///< closed, and not gone yet

  std::mutex mutex_;  // guards what follows
  std::condition_variable_any signed_;
  std::list<Sign> signs_;
};

}  // namespace osrbot::slack
