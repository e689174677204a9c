// In whose name a request is made, and how X knows.
#pragma once

#include <chrono>
#include <functional>
#include <mutex>
#include <optional>
#include <stdexcept>
#include <stop_token>
#include <string>
#include <string_view>

#include "adapters/secret_store.h"
#include "adapters/transport/http_client.h"
#include "adapters/x/oauth1.h"
#include "config/config.h"

namespace osrbot::x {

enum class Identity : std::uint8_t {
  app,      ///< x.bearer_token: reads what everybody may read
  account,  ///< the account that the bot posts as
};

/// What `osrbot x login` got, or a later renewal.
struct Tokens {
  std::string access;
  std::string refresh;
  std::chrono::sys_seconds expires_at{};
};

std::string to_json(const Tokens& tokens);
/// Throws std::runtime_error when it is none.
Tokens tokens_from_json(std::string_view json);
/// An answer of the token endpoint. Throws std::runtime_error, quoting none of it.
Tokens tokens_from_answer(std::string_view json, std::chrono::sys_seconds now);

/// The name under which the tokens are in the SecretStore.
inline constexpr const char* tokens_secret = "x/oauth2";

/// A request to the token endpoint. @param form without the client's id
HttpRequest token_request(const XConfig& config, Parameters form);

/// Nobody may act until somebody does something: the text says what.
struct LoginNeeded : std::runtime_error {
  using std::runtime_error::runtime_error;
};

/// Thread-safe. Access tokens of OAuth 2.0 are renewed a minute before they expire; the new pair is in the SecretStore,
/// whole, before it is used, for X gives each refresh token once.
class Authorization {
 public:
  using Now = std::function<std::chrono::sys_seconds()>;

  Authorization(const XConfig& config, HttpClient& client, SecretStore& secrets, Now now);

  /// The value of the Authorization header. Waits for a renewal if it takes one. Throws LoginNeeded, and
  /// std::runtime_error when X cannot be reached or the secrets cannot be opened.
  std::string header(Identity who, std::string_view method, std::string_view url, const Parameters& query,
                     const std::stop_token& stop);

  /// X did not take the header (401): an access token is not used again. False when there is nothing to renew.
  bool refused(Identity who, std::string_view header);

 private:
  void renew(const std::stop_token& stop);
  void save();

  const XConfig config_;
  HttpClient& client_;
  SecretStore& secrets_;
  const Now now_;
  std::mutex mutex_;  // guards what follows
  std::optional<Tokens> tokens_;
  bool unsaved_ = false;  ///< they are new, and the store could not be written: X would not give them again
};

}  // namespace osrbot::x
