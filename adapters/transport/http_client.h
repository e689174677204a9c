// HTTP requests to the platforms. The only door to libcurl.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <stop_token>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace osrbot {

struct HttpRequest {
  enum class Method : std::uint8_t { get, post };

  Method method = Method::post;
  std::string url;   ///< http or https; may hold a token: it is never logged or put into an error
  std::string body;  ///< of a post
  std::string content_type = "application/json";
  std::vector<std::string> headers;  ///< further ones, "Name: value"
  std::chrono::milliseconds connect_timeout{10'000};
  std::chrono::milliseconds timeout{30'000};             ///< for the whole exchange; 0: as long as it takes
  std::size_t largest_response = std::size_t{16} << 20;  ///< bytes of body; a longer one is a failure
  /// Takes a connection of its own. On one that is used again, libcurl repeats a request by itself when the server
  /// closes instead of answering; what must not be done twice is sent with this.
  bool once = false;
  /// For answers that do not end: takes the body of an answer with status 200 piece by piece instead of keeping it, on
  /// the client's thread (must not block or throw); the first piece is empty and says that the answer has begun. When
  /// it returns false the exchange ends as cancelled.
  std::function<bool(std::string_view)> sink = {};
  /// The longest time without a byte of the answer once the request is on its way; then the exchange ends as a
  /// timeout. 0: only `timeout` counts.
  std::chrono::milliseconds longest_silence{0};
};

/// The server answered, whatever the status.
struct HttpResponse {
  int status = 0;
  std::string body;
  std::vector<std::pair<std::string, std::string>> headers;  ///< of limits, retries, scopes; names in lower case

  /// The value of a header by its lower-case name; empty when it did not come or is not among those kept.
  std::string_view header(std::string_view name) const;
};

/// There is no answer to speak of.
struct HttpFailure {
  enum class Kind : std::uint8_t {
    unreachable,  ///< name not resolved, connection refused, proxy gone
    untrusted,    ///< TLS: no agreement, or a certificate that does not verify
    timeout,      ///< connecting or the whole exchange took too long
    broken,       ///< the connection ended before the answer did, or what came is not HTTP
    too_large,    ///< the body is longer than the request allows
    cancelled,    ///< by the caller, or because the client is going away
    invalid,      ///< the request itself: a URL that is none, for example
  };
  Kind kind = Kind::broken;
  std::string text;  ///< for the log: names the host at most, never the URL
};

using HttpResult = std::variant<HttpResponse, HttpFailure>;

/// Sends requests from one thread of its own, many at a time, over HTTP/1.1 connections that are kept and used again.
/// Follows no redirects, verifies TLS certificates, honours the proxy variables of the environment. Thread-safe.
class HttpClient {
 public:
  using Done = std::function<void(HttpResult)>;

  /// @param idle_connections how many connections are kept open when nothing is to be sent
  /// @param read_at_once bytes; each connection keeps a buffer of this size for what it reads
  explicit HttpClient(std::size_t idle_connections = 32, std::size_t read_at_once = 16 * 1024);
  /// Requests under way end as cancelled.
  ~HttpClient();
  HttpClient(const HttpClient&) = delete;
  HttpClient& operator=(const HttpClient&) = delete;

  /// Returns at once. `done` is called exactly once, on the client's thread: it must not block, not throw, and not
  /// call fetch(). It may send further requests. How many are under way is for the caller to limit.
  void request(HttpRequest request, Done done);

  /// Waits for the answer; `stop` ends the request at once as cancelled.
  HttpResult fetch(HttpRequest request, std::stop_token stop = {});

 private:
  class Loop;
  std::unique_ptr<Loop> loop_;
};

}  // namespace osrbot
