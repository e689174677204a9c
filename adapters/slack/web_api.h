// One call of Slack's Web API and what can come of it: "Slack said no" and "nobody answered" are different things.
#pragma once

#include <chrono>
#include <functional>
#include <initializer_list>
#include <optional>
#include <stop_token>
#include <string>
#include <string_view>
#include <utility>
#include <variant>

#include "adapters/slack/method_limits.h"
#include "adapters/transport/http_client.h"
#include "config/secret.h"

namespace osrbot::slack {

/// The whole answer, a JSON object with "ok":true.
struct ApiResult {
  std::string json;
};

/// Slack answered, and the answer is no.
struct ApiRefusal {
  std::string error;   ///< Slack's word for it: "channel_not_found"
  std::string detail;  ///< what Slack says besides: missing scopes, what is wrong with the blocks
  std::optional<std::chrono::milliseconds> retry_after;

  /// The token is not, or no longer, good for anything.
  bool is_wrong_token() const;
};

/// No answer, or none that makes sense; whether the call had an effect is unknown.
struct ApiFailure {
  std::string why;
  bool cancelled = false;
};

using ApiOutcome = std::variant<ApiResult, ApiRefusal, ApiFailure>;

/// Reads an answer of the Web API.
ApiOutcome read_answer(HttpResponse response);

/// "channel_not_found", "missing_scope: needs im:write", or why there is no answer: for the log.
std::string describe(const ApiOutcome& outcome);

/// Thread-safe, like the client. A call that the method's tier does not allow yet is refused here, as "ratelimited".
class WebApi {
 public:
  using Done = std::function<void(ApiOutcome)>;
  using Fields = std::initializer_list<std::pair<std::string_view, std::string_view>>;

  /// @param base_url for example https://slack.com; "/api/<method>" is added
  WebApi(HttpClient& client, std::string base_url) : client_(client), base_url_(std::move(base_url)) {}

  /// Returns at once; `done` is called once, on the client's thread or before the return.
  /// @param token of the workspace, or of the app
  void call(std::string_view method, const Secret& token, std::string json, Done done);

  /// Waits. Methods that take a form and not JSON; no token: the fields identify the caller.
  ApiOutcome fetch(std::string_view method, const Secret& token, Fields form, std::stop_token stop);

  /// The same without waiting.
  void call_form(std::string_view method, const Secret& token, Fields form, Done done);

  /// Posts to an address that Slack gave (response_url). `done` learns whether it was accepted.
  void post(const std::string& url, std::string json, Done done);

  /// Posts the bytes of a file to an address that Slack gave for them (files.getUploadURLExternal).
  void upload(const std::string& url, const std::string& media_type, std::string bytes, Done done);

  const std::string& base_url() const { return base_url_; }

 private:
  void send(std::string_view method, const Secret& token, HttpRequest out, Done done);
  HttpRequest request(std::string_view method, const Secret& token, std::string body, std::string content_type) const;

  HttpClient& client_;
  const std::string base_url_;
  MethodLimits limits_;
};

}  // namespace osrbot::slack
