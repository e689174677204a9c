// A small HTTP server for webhooks, health and metrics. The only door to cpprest's listener.
//
// The listener underneath sets no limit on time, and reads a body to its end even when it was refused: it stays on
// loopback, and whatever comes from the internet comes through a reverse proxy that has such limits (docs/telegram.md).
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "adapters/log.h"

namespace osrbot {

/// Sets the number of threads that all servers and WebSocket clients of the process share. To be called once, first in
/// main(): throws std::exception once the threads exist. (With 1, bodies of requests would never arrive.)
void set_server_threads(std::size_t threads);

struct ServerRequest {
  std::string method;                                        ///< upper case
  std::string path;                                          ///< decoded, without the query
  std::string query;                                         ///< as sent, without '?'
  std::vector<std::pair<std::string, std::string>> headers;  ///< names in lower case
  std::string body;

  /// The value of a header by its lower-case name; empty when it did not come.
  std::string_view header(std::string_view name) const;
};

struct ServerResponse {
  int status = 200;
  std::string body = {};
  std::string content_type = "text/plain; charset=utf-8";
  std::vector<std::pair<std::string, std::string>> headers = {};
};

struct HttpServerOptions {
  std::string address = "127.0.0.1";
  std::uint16_t port = 0;  ///< must be chosen: the listener cannot tell which port it got for 0
  std::size_t largest_body = std::size_t{1} << 20;
  std::size_t in_flight = 64;              ///< more requests for one path at a time are refused with 503
  std::chrono::milliseconds grace{5'000};  ///< how long stop() waits for answers that are due
};

/// Answers requests on the shared threads. route() before start(); the rest is thread-safe.
class HttpServer {
 public:
  /// Sends the answer; from any thread, now or later. Only the first call counts. When all copies are gone without a
  /// call, 500 is sent.
  using Reply = std::function<void(ServerResponse)>;
  /// Must not wait for anything that takes long (it would hold one of the few shared threads): hand `reply` on instead.
  /// An exception is logged and answered with 500.
  using Handler = std::function<void(ServerRequest, Reply)>;

  HttpServer(HttpServerOptions options, Log log);
  ~HttpServer();  ///< stops
  HttpServer(const HttpServer&) = delete;
  HttpServer& operator=(const HttpServer&) = delete;

  /// Requests for exactly `path` go to `handler`; for paths without a handler the answer is 404.
  void route(std::string path, Handler handler);

  /// Opens the port. Throws std::runtime_error naming the address when that fails.
  void start();

  /// Answers new requests with 503, waits up to `grace` for the answers under way, answers 503 to what is left, and
  /// closes the port. May be called twice.
  void stop();

 private:
  class Listener;
  std::shared_ptr<Listener> listener_;
};

}  // namespace osrbot
