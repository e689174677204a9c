// One call of the X API and what can come of it.
#pragma once

#include <atomic>
#include <chrono>
#include <functional>
#include <optional>
#include <stop_token>
#include <string>
#include <string_view>
#include <variant>

#include "adapters/transport/http_client.h"
#include "adapters/x/authorization.h"
#include "adapters/x/oauth1.h"

namespace osrbot::x {

/// X answered with what was asked for; `json` may hold "errors" beside it, or instead of it.
struct Answer {
  std::string json;
  std::optional<std::chrono::sys_seconds> wait_until;  ///< no more such calls are allowed before
};

/// X said no.
struct Refusal {
  int status = 0;
  std::string type;    ///< of a problem: the end of its URI, "not-authorized-for-resource"
  std::string detail;  ///< for the log: one line, never long
  std::optional<std::chrono::sys_seconds> wait_until;  ///< of a 429, and of a 503 that says so
};

/// Nobody answered, or nobody is logged in; whether a write had an effect is unknown when `sent`.
struct Failure {
  std::string why;
  bool sent = false;
  bool cancelled = false;
  bool login_needed = false;
};

using Outcome = std::variant<Answer, Refusal, Failure>;

struct Call {
  HttpRequest::Method method = HttpRequest::Method::get;
  std::string path;  ///< "/2/tweets"
  Parameters query = {};
  std::string json = {};  ///< body of a post
  Identity who = Identity::app;
};

/// Reads a whole answer.
Outcome read_answer(HttpResponse response, std::chrono::sys_seconds now);

/// "429 too many requests": for the log.
std::string describe(const Outcome& outcome);

/// Thread-safe.
class Api {
 public:
  Api(const XConfig& config, HttpClient& client, Authorization& authorization, Authorization::Now now);

  /// Waits. An account's access token that X refuses is renewed and the call made once more.
  Outcome fetch(const Call& call, const std::stop_token& stop);

  /// Waits as long as the stream lasts; `sink` takes its bytes. The end of a stream is a Failure.
  Outcome stream(const Call& call, std::function<bool(std::string_view)> sink,
                 std::chrono::milliseconds longest_silence, const std::stop_token& stop);

  std::chrono::sys_seconds now() const { return now_(); }

 private:
  std::variant<HttpRequest, Failure> request(const Call& call, std::string& header, const std::stop_token& stop);

  const std::string base_url_;
  HttpClient& client_;
  Authorization& authorization_;
  const Authorization::Now now_;
};

}  // namespace osrbot::x
