// One WebSocket connection to a platform. The only door to cpprest's WebSocket client.
#pragma once

#include <chrono>
#include <cstddef>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace osrbot {

struct WebSocketOptions {
  std::string url;  ///< ws or wss; may hold a ticket: it is never logged or put into an error
  std::vector<std::pair<std::string, std::string>> headers = {};
  std::size_t largest_message = std::size_t{1} << 20;  ///< bytes; a longer one ends the connection
};

/// Sends a text message; false when the connection is not open. May outlive the client.
using WebSocketSend = std::function<bool(std::string_view)>;

/// Called on the connection's own thread, one after the other. They must not wait, and must not destroy the client.
struct WebSocketEvents {
  std::function<void()> opened = {};
  /// A text message, and how to answer on the same connection.
  std::function<void(const std::string& text, const WebSocketSend& answer)> message = {};
  /// The connection has ended, or was never made; called once, and not when the client itself closed it.
  std::function<void(const std::string& why)> closed = {};
};

/// Connects when it is made and never again: a lost connection is replaced by a new object. Certificates are verified.
/// Connecting takes at most 15 s (5 s each for name, connection and handshake), closing 5 s, whatever the peer does.
///
/// Thread-safe but for the destructor, which must not run in one of the events.
class WebSocketClient {
 public:
  /// Returns at once. Throws std::invalid_argument when the URL is none.
  WebSocketClient(const WebSocketOptions& options, WebSocketEvents events);
  /// Closes and waits until the connection is gone: at once when gone() holds.
  ~WebSocketClient();
  WebSocketClient(const WebSocketClient&) = delete;
  WebSocketClient& operator=(const WebSocketClient&) = delete;

  WebSocketSend sender() const;

  /// Begins to close and returns at once; no event comes after the return.
  void close();

  /// The connection has ended, and nothing of it is left to wait for.
  bool gone() const;

  /// When the peer last gave a sign of life; at first, when the client was made. Over TLS every record counts, pings
  /// too; without TLS only messages do.
  std::chrono::steady_clock::time_point last_heard() const;

 private:
  class Connection;
  std::shared_ptr<Connection> connection_;
};

}  // namespace osrbot
