#include "adapters/telegram/bot_api.h"

#include <algorithm>
#include <charconv>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "adapters/json_fields.h"
#include "adapters/json_parts.h"
#include "adapters/json_text.h"

namespace osrbot::telegram {

using nlohmann::json;

namespace {

constexpr std::chrono::seconds usual_time{30};
constexpr std::size_t slowest_upload = 64 * 1024;  // bytes a second
constexpr std::int64_t longest_retry = 24 * 60 * 60;
constexpr std::size_t deepest_refusal = 8;
constexpr std::size_t longest_refusal = 500;

std::optional<std::chrono::seconds> bounded_wait(std::int64_t seconds) {
  return std::chrono::seconds(std::clamp<std::int64_t>(seconds, 0, longest_retry));
}

std::optional<std::chrono::seconds> header_wait(std::string_view header) {
  std::int64_t seconds = 0;
  const auto [end, error] = std::from_chars(header.data(), header.data() + header.size(), seconds);
  if (error != std::errc() || end != header.data() + header.size()) return std::nullopt;
  return bounded_wait(seconds);
}

std::string one_line(std::string text) {
  if (text.size() > longest_refusal) {
    auto end = longest_refusal;
    while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80U) --end;
    text.resize(end);
  }
  std::ranges::replace_if(
      text, [](char c) { return static_cast<unsigned char>(c) < ' '; }, ' ');
  return text;
}

template <typename Integer>
std::optional<Integer> integer_at(const json& object, const char* name) {
  const auto found = object.find(name);
  if (found == object.end() || !found->is_number_integer()) return std::nullopt;
  return found->get<Integer>();
}

/// Proxies refuse in words of their own. How long to wait counts all the same, and what is too large stays so.
ApiOutcome without_answer(const HttpResponse& response) {
  constexpr int too_large = 413;
  constexpr int too_many = 429;
  const auto text = fmt::format("HTTP status {} without an answer of the Bot API", response.status);
  const auto wait = header_wait(response.header("retry-after"));
  if (response.status != too_large && response.status != too_many && !wait) return ApiFailure{text, false};
  return ApiRefusal{.code = response.status, .description = text, .retry_after = wait, .migrate_to_chat_id = {}};
}

ApiOutcome read_refusal(const HttpResponse& response) {
  const ApiOutcome no_sense = without_answer(response);
  if (depth(response.body) > deepest_refusal) return no_sense;
  auto body = parse_json(response.body);
  if (body.is_discarded()) body = parse_json(repaired(response.body));
  if (!body.is_object()) return no_sense;
  const auto ok = body.find("ok");
  if (ok == body.end() || *ok != json(false)) return no_sense;
  ApiRefusal refusal;
  refusal.code = integer_at<int>(body, "error_code").value_or(response.status);
  if (const auto text = body.find("description"); text != body.end() && text->is_string()) {
    refusal.description = one_line(text->get<std::string>());
  }
  refusal.retry_after = header_wait(response.header("retry-after"));
  if (const auto parameters = body.find("parameters"); parameters != body.end() && parameters->is_object()) {
    if (const auto wait = integer_at<std::int64_t>(*parameters, "retry_after"))
      refusal.retry_after = bounded_wait(*wait);
    refusal.migrate_to_chat_id = integer_at<std::int64_t>(*parameters, "migrate_to_chat_id");
  }
  return refusal;
}

/// What can follow in an address as it is.
bool is_file_path(std::string_view path) {
  return !path.empty() && path.find("..") == std::string_view::npos && std::ranges::all_of(path, [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '/' || c == '_' ||
           c == '-' || c == '.';
  });
}

ApiOutcome outcome_of(HttpResult result) {
  if (auto* response = std::get_if<HttpResponse>(&result)) return read_answer(std::move(*response));
  const auto& failure = std::get<HttpFailure>(result);
  return ApiFailure{failure.text, failure.kind == HttpFailure::Kind::cancelled};
}

}  // namespace

ApiOutcome read_answer(HttpResponse response) {
  if (response.status != 200) return read_refusal(response);
  const auto parts = members(response.body);
  if (!parts) return ApiFailure{"the answer is not whole JSON", false};
  const auto find = [&](std::string_view name) -> std::optional<std::string_view> {
    const auto part = std::ranges::find(*parts, name, [](const auto& member) { return member.first; });
    if (part == parts->end()) return std::nullopt;
    return part->second;
  };
  if (find("ok") != "true") return read_refusal(response);
  const auto result = find("result");
  if (!result) return ApiFailure{"the answer has no result", false};
  return ApiResult{std::string(*result)};
}

BotApi::BotApi(HttpClient& client, const std::string& base_url, const Secret& token)
    : client_(client),
      prefix_(base_url.substr(0, base_url.find_last_not_of('/') + 1) + "/bot" + token.reveal() + "/"),
      files_(base_url.substr(0, base_url.find_last_not_of('/') + 1) + "/file/bot" + token.reveal() + "/") {}

HttpRequest BotApi::request(std::string_view method, std::string json_body) const {
  HttpRequest out;
  out.url.reserve(prefix_.size() + method.size());
  out.url += prefix_;
  out.url += method;
  out.body = std::move(json_body);
  out.timeout = usual_time;
  return out;
}

void BotApi::call(std::string_view method, std::string json_body, std::function<void(ApiOutcome)> done) {
  client_.request(request(method, std::move(json_body)),
                  [done = std::move(done)](HttpResult result) { done(outcome_of(std::move(result))); });
}

void BotApi::upload(std::string_view method, const MultipartForm& form, std::function<void(ApiOutcome)> done) {
  auto [content_type, body] = form.encode();
  const auto slow = std::chrono::seconds(body.size() / slowest_upload);
  HttpRequest out = request(method, std::move(body));
  out.content_type = std::move(content_type);
  out.timeout += slow;
  client_.request(std::move(out), [done = std::move(done)](HttpResult result) { done(outcome_of(std::move(result))); });
}

ApiOutcome BotApi::fetch(std::string_view method, std::string json_body, std::stop_token stop,
                         std::chrono::seconds extra) {
  auto out = request(method, std::move(json_body));
  out.timeout += extra;
  return outcome_of(client_.fetch(std::move(out), std::move(stop)));
}

std::variant<std::string, ApiFailure> BotApi::download(const std::string& file_id, std::size_t largest,
                                                       std::chrono::steady_clock::time_point until,
                                                       const std::stop_token& stop) {
  const auto time_left = [until] {
    const auto left = std::chrono::floor<std::chrono::milliseconds>(until - std::chrono::steady_clock::now());
    return std::max(left, std::chrono::milliseconds(1));
  };
  HttpRequest ask = request("getFile", json_text({{"file_id", file_id}}));
  ask.timeout = time_left();
  const auto file = outcome_of(client_.fetch(std::move(ask), stop));
  const auto* result = std::get_if<ApiResult>(&file);
  if (result == nullptr) return ApiFailure{.why = describe(file), .cancelled = stop.stop_requested()};
  const auto described = parse_json(result->json);
  const auto path = described.is_object() ? described.find("file_path") : described.end();
  if (path == described.end() || !path->is_string() || !is_file_path(path->get_ref<const std::string&>())) {
    return ApiFailure{.why = "Telegram names no path of the file"};
  }
  HttpRequest get;
  get.method = HttpRequest::Method::get;
  get.url = files_ + path->get_ref<const std::string&>();
  get.timeout = time_left();
  get.largest_response = largest;
  auto answer = client_.fetch(std::move(get), stop);
  if (const auto* failure = std::get_if<HttpFailure>(&answer)) {
    return ApiFailure{failure->text, failure->kind == HttpFailure::Kind::cancelled};
  }
  auto& response = std::get<HttpResponse>(answer);
  if (response.status != 200) return ApiFailure{.why = fmt::format("HTTP status {} for a file", response.status)};
  return std::move(response.body);
}

std::string describe(const ApiOutcome& outcome) {
  if (const auto* refusal = std::get_if<ApiRefusal>(&outcome))
    return fmt::format("{} {}", refusal->code, refusal->description);
  if (const auto* failure = std::get_if<ApiFailure>(&outcome)) return failure->why;
  return "ok";
}

}  // namespace osrbot::telegram
