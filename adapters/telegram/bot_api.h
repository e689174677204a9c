// One call of the Bot API and what can come of it: "Telegram said no" and "nobody answered" are different things.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <optional>
#include <stop_token>
#include <string>
#include <string_view>
#include <variant>

#include "adapters/transport/http_client.h"
#include "adapters/transport/multipart_form.h"
#include "config/secret.h"

namespace osrbot::telegram {

/// The result, as JSON.
struct ApiResult {
  std::string json;
};

/// Telegram answered, and the answer is no.
struct ApiRefusal {
  int code = 0;  ///< like an HTTP status
  std::string description;
  std::optional<std::chrono::seconds> retry_after;  ///< at most a day
  std::optional<std::int64_t> migrate_to_chat_id;

  bool is_wrong_token() const { return code == 401 || code == 404; }
};

/// No answer, or none that makes sense; whether the call had an effect is unknown.
struct ApiFailure {
  std::string why;
  bool cancelled = false;
};

using ApiOutcome = std::variant<ApiResult, ApiRefusal, ApiFailure>;

/// Reads an answer of the Bot API.
ApiOutcome read_answer(HttpResponse response);

/// Thread-safe, like the client.
class BotApi {
 public:
  /// @param base_url for example https://api.telegram.org; "/bot<token>/<method>" is added
  BotApi(HttpClient& client, const std::string& base_url, const Secret& token);

  /// Returns at once; `done` is called once, on the client's thread.
  void call(std::string_view method, std::string json, std::function<void(ApiOutcome)> done);

  /// The same with a form that holds a file.
  void upload(std::string_view method, const MultipartForm& form, std::function<void(ApiOutcome)> done);

  /// Waits. `extra` is how long the server may take on top of what a call usually takes (long polls).
  ApiOutcome fetch(std::string_view method, std::string json, std::stop_token stop, std::chrono::seconds extra = {});

  /// Waits, but not after `until`. The bytes of a file that somebody sent; longer ones than `largest` are a failure.
  std::variant<std::string, ApiFailure> download(const std::string& file_id, std::size_t largest,
                                                 std::chrono::steady_clock::time_point until,
                                                 const std::stop_token& stop);

 private:
  HttpRequest request(std::string_view method, std::string json) const;

  HttpClient& client_;
  const std::string prefix_;  // holds the token
  const std::string files_;   // this as well
};

/// "429 Too Many Requests: retry after 7", or why there is no answer: for the log.
std::string describe(const ApiOutcome& outcome);

}  // namespace osrbot::telegram
