#include "adapters/slack/web_api.h"

#include <algorithm>
#include <array>
#include <charconv>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "adapters/json_fields.h"
#include "adapters/json_parts.h"
#include "adapters/transport/form_fields.h"

namespace osrbot::slack {

using nlohmann::json;

namespace {

constexpr std::chrono::seconds usual_time{30};
constexpr std::chrono::seconds upload_time{300};
constexpr std::int64_t longest_retry = 24 * 60 * 60;
constexpr std::chrono::seconds without_a_hint{30};
constexpr std::size_t longest_detail = 300;

std::optional<std::chrono::milliseconds> header_wait(std::string_view header) {
  std::int64_t seconds = 0;
  const auto [end, error] = std::from_chars(header.data(), header.data() + header.size(), seconds);
  if (error != std::errc() || end != header.data() + header.size()) return std::nullopt;
  return std::chrono::seconds(std::clamp<std::int64_t>(seconds, 1, longest_retry));
}

/// Printable ASCII only: it goes to the log.
std::string word(std::string text) {
  text.resize(std::min(text.size(), longest_detail));
  std::ranges::replace_if(
      text, [](char c) { return c < ' ' || c > '~'; }, '?');
  return text;
}

std::string details_of(const json& answer) {
  std::string out;
  if (const auto needed = string(answer, "needed"); !needed.empty()) out = "needs " + needed;
  if (const json* more = field(answer, "response_metadata"); more != nullptr && more->is_object()) {
    if (const json* messages = field(*more, "messages"); messages != nullptr && messages->is_array()) {
      for (const auto& message : *messages) {
        if (message.is_string()) out += (out.empty() ? "" : "; ") + message.get<std::string>();
      }
    }
  }
  return word(std::move(out));
}

ApiOutcome read_refusal(const HttpResponse& response) {
  ApiRefusal refusal;
  refusal.retry_after = header_wait(response.header("retry-after"));
  try {
    const json answer = read_json(response.body);
    if (!flag(answer, "ok")) refusal.error = word(string(answer, "error"));
    refusal.detail = details_of(answer);
  } catch (const Malformed&) {
    refusal.error.clear();
  }
  if (response.status == 429) {
    refusal.error = "ratelimited";
    if (!refusal.retry_after) refusal.retry_after = without_a_hint;
  }
  if (refusal.error.empty() || response.status >= 500) {
    return ApiFailure{fmt::format("HTTP status {} without an answer of the Web API", response.status), false};
  }
  return refusal;
}

ApiOutcome outcome_of(HttpResult result) {
  if (auto* response = std::get_if<HttpResponse>(&result)) return read_answer(std::move(*response));
  const auto& failure = std::get<HttpFailure>(result);
  return ApiFailure{failure.text, failure.kind == HttpFailure::Kind::cancelled};
}

constexpr const char* form_type = "application/x-www-form-urlencoded";
constexpr const char* json_type = "application/json; charset=utf-8";

}  // namespace

bool ApiRefusal::is_wrong_token() const {
  constexpr std::array<std::string_view, 7> words = {"invalid_auth",      "not_authed",    "account_inactive",
                                                     "token_revoked",     "token_expired", "not_allowed_token_type",
                                                     "org_login_required"};
  return std::ranges::find(words, error) != words.end();
}

ApiOutcome read_answer(HttpResponse response) {
  if (response.status != 200) return read_refusal(response);
  const auto parts = members(response.body);
  const bool ok = parts && std::ranges::any_of(
                               *parts, [](const auto& part) { return part.first == "ok" && part.second == "true"; });
  if (!ok) return read_refusal(response);
  return ApiResult{std::move(response.body)};
}

std::string describe(const ApiOutcome& outcome) {
  if (const auto* refusal = std::get_if<ApiRefusal>(&outcome)) {
    return refusal->detail.empty() ? refusal->error : refusal->error + ": " + refusal->detail;
  }
  if (const auto* failure = std::get_if<ApiFailure>(&outcome)) return failure->why;
  return "ok";
}

HttpRequest WebApi::request(std::string_view method, const Secret& token, std::string body,
                            std::string content_type) const {
  HttpRequest out;
  out.url = base_url_ + "/api/" + std::string(method);
  out.body = std::move(body);
  out.content_type = std::move(content_type);
  out.timeout = usual_time;
  if (!token.empty()) out.headers.push_back("Authorization: Bearer " + token.reveal());
  return out;
}

void WebApi::send(std::string_view method, const Secret& token, HttpRequest out, Done done) {
  const auto wait = limits_.take(method, token.reveal(), std::chrono::steady_clock::now());
  if (wait > std::chrono::milliseconds::zero()) {
    return done(ApiRefusal{"ratelimited", std::string(method) + " is called too often", wait});
  }
  client_.request(std::move(out),
                  [this, method = std::string(method), token, done = std::move(done)](HttpResult result) {
                    auto outcome = outcome_of(std::move(result));
                    const auto* refusal = std::get_if<ApiRefusal>(&outcome);
                    if (refusal != nullptr && refusal->error == "ratelimited" && refusal->retry_after) {
                      limits_.block(method, token.reveal(), std::chrono::steady_clock::now() + *refusal->retry_after);
                    }
                    done(std::move(outcome));
                  });
}

void WebApi::call(std::string_view method, const Secret& token, std::string body, Done done) {
  send(method, token, request(method, token, std::move(body), json_type), std::move(done));
}

ApiOutcome WebApi::fetch(std::string_view method, const Secret& token, Fields form, std::stop_token stop) {
  return outcome_of(client_.fetch(request(method, token, write_form(form), form_type), std::move(stop)));
}

void WebApi::call_form(std::string_view method, const Secret& token, Fields form, Done done) {
  send(method, token, request(method, token, write_form(form), form_type), std::move(done));
}

void WebApi::post(const std::string& url, std::string body, Done done) {
  HttpRequest out;
  out.url = url;
  out.body = std::move(body);
  out.content_type = json_type;
  client_.request(std::move(out), [done = std::move(done)](HttpResult result) {
    const auto* response = std::get_if<HttpResponse>(&result);
    // A response_url answers "ok" in plain text.
    if (response != nullptr && response->status == 200) return done(ApiResult{"{}"});
    done(outcome_of(std::move(result)));
  });
}

void WebApi::upload(const std::string& url, const std::string& media_type, std::string bytes, Done done) {
  HttpRequest out;
  out.url = url;
  out.body = std::move(bytes);
  out.content_type = media_type.empty() ? "application/octet-stream" : media_type;
  out.timeout = upload_time;
  client_.request(std::move(out), [done = std::move(done)](HttpResult result) {
    const auto* response = std::get_if<HttpResponse>(&result);
    if (response == nullptr) return done(outcome_of(std::move(result)));
    if (response->status == 200) return done(ApiResult{"{}"});
    const std::string why = fmt::format("the upload was answered with HTTP status {}", response->status);
    const bool is_final =
        response->status >= 400 && response->status < 500 && response->status != 408 && response->status != 429;
    if (is_final) return done(ApiRefusal{"upload_refused", why, std::nullopt});
    done(ApiFailure{why, false});
  });
}

}  // namespace osrbot::slack
