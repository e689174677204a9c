// What the doctor asks Telegram.
#include <algorithm>
#include <iterator>
#include <stop_token>
#include <variant>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "adapters/json_fields.h"
#include "adapters/telegram/bot_api.h"
#include "bot/doctor.h"

namespace osrbot {
namespace {

using nlohmann::json;
using Verdict = Finding::Verdict;

/// The object that a method answers with; an empty one when it is none.
json object_of(const telegram::ApiResult& result) {
  auto value = parse_json(result.json);
  return value.is_object() ? value : json::object();
}

std::string text_of(const json& object, const char* name) {
  const auto member = object.find(name);
  return member != object.end() && member->is_string() ? member->get<std::string>() : "";
}

bool is_true(const json& object, const char* name) {
  const auto member = object.find(name);
  return member != object.end() && *member == true;
}

/// "https://bot.example.org" of a URL: the path may be a secret.
std::string without_path(const std::string& url) {
  const auto host = url.find("://");
  return host == std::string::npos ? "an address" : url.substr(0, url.find('/', host + 3));
}

Finding token_finding(const TelegramConfig& config, const telegram::ApiOutcome& outcome) {
  if (const auto* refusal = std::get_if<telegram::ApiRefusal>(&outcome);
      refusal != nullptr && refusal->is_wrong_token()) {
    return {Verdict::problem, "telegram", fmt::format("the token is refused ({})", describe(outcome)),
            fmt::format("get one from @BotFather and set {}", config.token_file.empty()
                                                                  ? "telegram.token (OSRBOT_TELEGRAM_TOKEN)"
                                                                  : "it in telegram.token_file, " + config.token_file)};
  }
  return {Verdict::problem, "telegram", fmt::format("no answer from {}: {}", config.base_url, describe(outcome)),
          "check the network, the proxy (HTTPS_PROXY) and telegram.base_url"};
}

std::vector<Finding> webhook_findings(const TelegramConfig& config, const json& info) {
  std::vector<Finding> findings;
  const auto url = text_of(info, "url");
  const bool polls = config.mode == TelegramConfig::Mode::polling;
  if (polls && !url.empty()) {
    findings.push_back({Verdict::note, "webhook", fmt::format("one is set, at {}", without_path(url)),
                        "the bot removes it when it polls; if another program uses it, give this one its own token"});
  } else if (!polls && url != config.webhook.url) {
    findings.push_back({Verdict::note, "webhook",
                        url.empty() ? "none is set" : fmt::format("another one is set, at {}", without_path(url)),
                        "the bot sets telegram.webhook.url when it starts"});
  } else {
    findings.push_back(
        {Verdict::ok, "webhook", polls ? "none, as polling needs it" : "set to telegram.webhook.url", ""});
  }
  if (const auto error = text_of(info, "last_error_message"); !polls && !error.empty()) {
    findings.push_back({Verdict::problem, "webhook", fmt::format("Telegram could not deliver: {}", error),
                        "check the proxy, its certificate and http.address (docs/telegram.md)"});
  }
  return findings;
}

}  // namespace

std::vector<Finding> examine_telegram(const TelegramConfig& config, HttpClient& client) {
  telegram::BotApi api(client, config.base_url, config.token);
  const auto self = api.fetch("getMe", "{}", std::stop_token());
  const auto* bot = std::get_if<telegram::ApiResult>(&self);
  if (bot == nullptr) return {token_finding(config, self)};

  const auto me = object_of(*bot);
  std::vector<Finding> findings = {
      {Verdict::ok, "telegram", fmt::format("{} knows the token: @{}", config.base_url, text_of(me, "username")), ""}};
  if (!is_true(me, "can_read_all_group_messages")) {
    findings.push_back({Verdict::note, "privacy",
                        "privacy mode is on: in groups the bot sees only commands, replies to it and mentions of it",
                        "to let it see hashtags, send /setprivacy to @BotFather, or make it an administrator"});
  }
  const auto webhook = api.fetch("getWebhookInfo", "{}", std::stop_token());
  if (const auto* info = std::get_if<telegram::ApiResult>(&webhook)) {
    std::ranges::move(webhook_findings(config, object_of(*info)), std::back_inserter(findings));
  } else {
    findings.push_back({Verdict::note, "webhook", fmt::format("could not be asked for: {}", describe(webhook)), ""});
  }
  return findings;
}

}  // namespace osrbot
