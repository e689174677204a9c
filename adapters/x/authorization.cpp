#include "adapters/x/authorization.h"

#include <algorithm>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "adapters/json_fields.h"
#include "adapters/json_text.h"
#include "adapters/percent_encoding.h"
#include "adapters/transport/digest.h"

namespace osrbot::x {
namespace {

using nlohmann::json;

constexpr std::chrono::seconds renewed_before{60};
constexpr std::chrono::seconds shortest_life{60};

std::string bearer(const std::string& token) {
  return "Bearer " + token;
}

}  // namespace

std::string to_json(const Tokens& tokens) {
  return json_text({{"access", tokens.access},
                    {"refresh", tokens.refresh},
                    {"expires_at", tokens.expires_at.time_since_epoch().count()}});
}

Tokens tokens_from_json(std::string_view text) {
  try {
    const json value = read_json(text);
    return {.access = string(value, "access"),
            .refresh = string(value, "refresh"),
            .expires_at = std::chrono::sys_seconds(std::chrono::seconds(integer(value, "expires_at")))};
  } catch (const Malformed&) {
    throw std::runtime_error("the stored login of X makes no sense: run `osrbot x login` again");
  }
}

Tokens tokens_from_answer(std::string_view text, std::chrono::sys_seconds now) {
  try {
    const json value = read_json(text);
    const auto life = std::max(shortest_life, std::chrono::seconds(integer(value, "expires_in")));
    Tokens tokens{
        .access = string(value, "access_token"), .refresh = string(value, "refresh_token"), .expires_at = now + life};
    if (!tokens.access.empty()) return tokens;
  } catch (const Malformed&) {
    // said below: the answer may hold a token, so nothing of it is quoted
  }
  throw std::runtime_error("X's answer holds no token");
}

HttpRequest token_request(const XConfig& config, Parameters form) {
  form.emplace_back("client_id", config.client_id);
  HttpRequest request;
  request.url = config.base_url + "/2/oauth2/token";
  request.content_type = "application/x-www-form-urlencoded";
  request.body = query_string(form);
  if (!config.client_secret.empty()) {
    const auto pair = percent_encoded(config.client_id) + ":" + percent_encoded(config.client_secret.reveal());
    request.headers.push_back("Authorization: Basic " + base64(pair));
  }
  return request;
}

Authorization::Authorization(const XConfig& config, HttpClient& client, SecretStore& secrets, Now now)
    : config_(config), client_(client), secrets_(secrets), now_(std::move(now)) {}

std::string Authorization::header(Identity who, std::string_view method, std::string_view url, const Parameters& query,
                                  const std::stop_token& stop) {
  if (who == Identity::app && !config_.bearer_token.empty()) return bearer(config_.bearer_token.reveal());
  if (config_.has_oauth1()) {
    const OAuth1Keys keys{.consumer_key = config_.consumer_key.reveal(),
                          .consumer_secret = config_.consumer_secret.reveal(),
                          .token = config_.access_token.reveal(),
                          .token_secret = config_.access_secret.reveal()};
    return oauth1_header(keys, method, url, query, hex(random_bytes(16)), now_());
  }
  const std::lock_guard lock(mutex_);
  if (!tokens_) {
    const auto stored = secrets_.find(tokens_secret);
    if (!stored) throw LoginNeeded("nobody has logged in to X yet: stop the bot and run `osrbot x login`");
    tokens_ = tokens_from_json(*stored);
  }
  if (unsaved_) save();
  if (tokens_->expires_at - renewed_before <= now_()) renew(stop);
  return bearer(tokens_->access);
}

bool Authorization::refused(Identity who, std::string_view header) {
  if (config_.has_oauth1() || (who == Identity::app && !config_.bearer_token.empty())) return false;
  const std::lock_guard lock(mutex_);
  // Another thread may have renewed it since.
  if (tokens_ && header == bearer(tokens_->access)) tokens_->expires_at = {};
  return true;
}

void Authorization::renew(const std::stop_token& stop) {
  if (tokens_->refresh.empty()) {
    throw LoginNeeded("X gave no refresh token (scope offline.access): stop the bot and run `osrbot x login` again");
  }
  const auto result = client_.fetch(
      token_request(config_, {{"grant_type", "refresh_token"}, {"refresh_token", tokens_->refresh}}), stop);
  const auto* answer = std::get_if<HttpResponse>(&result);
  if (answer == nullptr) {
    throw std::runtime_error("the login of X cannot be renewed now: " + std::get<HttpFailure>(result).text);
  }
  if (answer->status == 400 || answer->status == 401) {
    tokens_.reset();  // a new login may be in the store the next time
    throw LoginNeeded("X does not renew the login any more: stop the bot and run `osrbot x login` again");
  }
  if (answer->status != 200) {
    throw std::runtime_error(fmt::format("the login of X cannot be renewed now: status {}", answer->status));
  }
  Tokens renewed = tokens_from_answer(answer->body, now_());
  if (renewed.refresh.empty()) renewed.refresh = tokens_->refresh;
  tokens_ = std::move(renewed);
  unsaved_ = true;
  save();
}

void Authorization::save() {
  secrets_.put(tokens_secret, to_json(*tokens_));
  unsaved_ = false;
}

}  // namespace osrbot::x
