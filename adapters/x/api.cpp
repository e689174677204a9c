#include "adapters/x/api.h"

#include <algorithm>
#include <charconv>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "adapters/json_fields.h"

namespace osrbot::x {
namespace {

using nlohmann::json;
using std::chrono::seconds;
using std::chrono::sys_seconds;

constexpr std::size_t longest_detail = 300;
constexpr std::size_t slowest_upload = std::size_t{64} << 10;  // bytes a second
constexpr seconds longest_wait = std::chrono::hours(24);

std::optional<std::int64_t> number(std::string_view text) {
  std::int64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return value;
}

/// When X lets such calls through again, by its headers; bounded, whatever they say.
std::optional<sys_seconds> reset_time(const HttpResponse& response, sys_seconds now) {
  std::optional<sys_seconds> at;
  if (const auto reset = number(response.header("x-rate-limit-reset"))) at = sys_seconds(seconds(*reset));
  if (const auto after = number(response.header("retry-after"))) {
    at = now + seconds(std::clamp<std::int64_t>(*after, 0, longest_wait.count()));
  }
  if (!at) return std::nullopt;
  return std::clamp(*at, now, now + longest_wait);
}

std::string one_line(std::string text) {
  if (text.size() > longest_detail) {
    auto end = longest_detail;
    while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80U) --end;
    text.resize(end);
  }
  std::ranges::replace_if(
      text, [](char c) { return static_cast<unsigned char>(c) < ' '; }, ' ');
  return text;
}

std::string text_of(const json& object, const char* name) {
  const auto member = object.find(name);
  return member != object.end() && member->is_string() ? member->get<std::string>() : "";
}

/// What a refusal says, in whichever of X's forms: problem+json, {"errors":[…]} or OAuth's {"error":…}.
void read_problem(const json& body, Refusal& refusal) {
  if (!body.is_object()) return;
  const auto type = text_of(body, "type");
  refusal.type = type.substr(type.rfind('/') == std::string::npos ? 0 : type.rfind('/') + 1);
  for (const char* name : {"detail", "title", "message", "error_description", "error"}) {
    if (refusal.detail.empty()) refusal.detail = one_line(text_of(body, name));
  }
  const auto errors = body.find("errors");
  if (errors == body.end() || !errors->is_array() || errors->empty()) return;
  Refusal inner;
  read_problem(errors->front(), inner);
  if (refusal.detail.empty()) refusal.detail = inner.detail;
  if (refusal.type.empty()) refusal.type = inner.type;
}

}  // namespace

Outcome read_answer(HttpResponse response, sys_seconds now) {
  const auto reset = reset_time(response, now);
  if (response.status / 100 == 2) {
    Answer answer{.json = std::move(response.body), .wait_until = std::nullopt};
    if (number(response.header("x-rate-limit-remaining")) == 0) answer.wait_until = reset;
    return answer;
  }
  Refusal refusal{.status = response.status, .type = "", .detail = "", .wait_until = std::nullopt};
  if (response.status == 429 || response.status == 503) refusal.wait_until = reset;
  try {
    read_problem(read_json(response.body), refusal);
  } catch (const Malformed&) {
    refusal.detail = "no reason given";
  }
  return refusal;
}

std::string describe(const Outcome& outcome) {
  if (const auto* refusal = std::get_if<Refusal>(&outcome))
    return fmt::format("{} {}", refusal->status, refusal->detail);
  if (const auto* failure = std::get_if<Failure>(&outcome)) return failure->why;
  return "ok";
}

Api::Api(const XConfig& config, HttpClient& client, Authorization& authorization, Authorization::Now now)
    : base_url_(config.base_url), client_(client), authorization_(authorization), now_(std::move(now)) {}

std::variant<HttpRequest, Failure> Api::request(const Call& call, std::string& header, const std::stop_token& stop) {
  const bool post = call.method == HttpRequest::Method::post;
  HttpRequest request;
  request.method = call.method;
  request.url = base_url_ + call.path;
  try {
    header = authorization_.header(call.who, post ? "POST" : "GET", request.url, call.query, stop);
  } catch (const LoginNeeded& needed) {
    return Failure{.why = needed.what(), .login_needed = true};
  } catch (const std::runtime_error& error) {
    return Failure{.why = error.what(), .cancelled = stop.stop_requested()};
  }
  if (!call.query.empty()) request.url += "?" + query_string(call.query);
  request.body = call.json;
  request.timeout += std::chrono::seconds(request.body.size() / slowest_upload);
  request.once = post;
  request.headers.push_back("Authorization: " + header);
  return request;
}

Outcome Api::fetch(const Call& call, const std::stop_token& stop) {
  for (bool again = true;; again = false) {
    std::string header;
    auto prepared = request(call, header, stop);
    if (auto* failure = std::get_if<Failure>(&prepared)) return std::move(*failure);
    auto result = client_.fetch(std::move(std::get<HttpRequest>(prepared)), stop);
    if (const auto* failure = std::get_if<HttpFailure>(&result)) {
      const bool sent = failure->kind != HttpFailure::Kind::unreachable &&
                        failure->kind != HttpFailure::Kind::untrusted && failure->kind != HttpFailure::Kind::invalid;
      return Failure{.why = failure->text, .sent = sent, .cancelled = failure->kind == HttpFailure::Kind::cancelled};
    }
    auto& response = std::get<HttpResponse>(result);
    if (response.status == 401 && again && authorization_.refused(call.who, header)) continue;
    return read_answer(std::move(response), now_());
  }
}

Outcome Api::stream(const Call& call, std::function<bool(std::string_view)> sink,
                    std::chrono::milliseconds longest_silence, const std::stop_token& stop) {
  std::string header;
  auto prepared = request(call, header, stop);
  if (auto* failure = std::get_if<Failure>(&prepared)) return std::move(*failure);
  auto& streaming = std::get<HttpRequest>(prepared);
  streaming.timeout = std::chrono::milliseconds(0);
  streaming.longest_silence = longest_silence;
  streaming.sink = std::move(sink);
  auto result = client_.fetch(std::move(streaming), stop);
  if (const auto* failure = std::get_if<HttpFailure>(&result)) {
    return Failure{.why = failure->text, .cancelled = stop.stop_requested()};
  }
  auto& response = std::get<HttpResponse>(result);
  if (response.status == 200) return Failure{.why = "X closed the stream"};
  return read_answer(std::move(response), now_());
}

}  // namespace osrbot::x
