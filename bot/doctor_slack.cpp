// What the doctor asks Slack.
#include <algorithm>
#include <string>
#include <string_view>
#include <variant>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "adapters/json_fields.h"
#include "adapters/slack/app_needs.h"
#include "adapters/slack/web_api.h"
#include "bot/doctor.h"

namespace osrbot {
namespace {

using nlohmann::json;
using Verdict = Finding::Verdict;

/// What Slack answered, and the scopes that the token has, which only the header tells.
struct Answer {
  slack::ApiOutcome outcome;
  std::string scopes;
};

Answer ask(const SlackConfig& config, std::string_view method, const Secret& token, HttpClient& client) {
  HttpRequest request{.url = config.base_url + "/api/" + std::string(method),
                      .content_type = "application/x-www-form-urlencoded",
                      .headers = {"Authorization: Bearer " + token.reveal()}};
  auto result = client.fetch(std::move(request));
  if (auto* failure = std::get_if<HttpFailure>(&result)) return {slack::ApiFailure{std::move(failure->text)}, ""};
  auto& response = std::get<HttpResponse>(result);
  std::string scopes(response.header("x-oauth-scopes"));
  return {slack::read_answer(std::move(response)), std::move(scopes)};
}

std::string text_of(const slack::ApiResult& result, const char* name) {
  const auto object = parse_json(result.json);
  if (!object.is_object()) return "";
  const auto member = object.find(name);
  return member != object.end() && member->is_string() ? member->get<std::string>() : "";
}

std::string setting(const char* name, const char* variable, const std::string& file) {
  return file.empty() ? fmt::format("slack.{} ({})", name, variable) : fmt::format("slack.{}_file, {}", name, file);
}

Finding no_answer(const SlackConfig& config, const slack::ApiOutcome& outcome) {
  return {Verdict::problem, "slack", fmt::format("no answer from {}: {}", config.base_url, describe(outcome)),
          "check the network, the proxy (HTTPS_PROXY) and slack.base_url"};
}

/// "a, b": scopes that the bot needs and the token does not have.
std::string missing_scopes(std::string_view granted) {
  std::string missing;
  const std::string list = "," + std::string(granted) + ",";
  for (const std::string_view scope : slack::bot_scopes) {
    if (list.find("," + std::string(scope) + ",") != std::string::npos) continue;
    missing += (missing.empty() ? "" : ", ") + std::string(scope);
  }
  return missing;
}

void examine_bot_token(const SlackConfig& config, HttpClient& client, std::vector<Finding>& findings) {
  const Answer answer = ask(config, "auth.test", config.bot_token, client);
  if (const auto* refusal = std::get_if<slack::ApiRefusal>(&answer.outcome)) {
    findings.push_back({Verdict::problem, "slack", fmt::format("the bot token is refused ({})", describe(*refusal)),
                        "copy it anew from OAuth & Permissions of the app, and set " +
                            setting("bot_token", "OSRBOT_SLACK_BOT_TOKEN", config.bot_token_file)});
    return;
  }
  const auto* self = std::get_if<slack::ApiResult>(&answer.outcome);
  if (self == nullptr) {
    findings.push_back(no_answer(config, answer.outcome));
    return;
  }
  findings.push_back({Verdict::ok, "slack",
                      fmt::format("{} knows the bot token: @{} in {}", config.base_url, text_of(*self, "user"),
                                  text_of(*self, "team")),
                      ""});
  if (answer.scopes.empty()) {
    findings.push_back({Verdict::note, "scopes", "Slack did not tell which scopes the token has", ""});
  } else if (const auto missing = missing_scopes(answer.scopes); !missing.empty()) {
    findings.push_back({Verdict::problem, "scopes", "the token lacks " + missing,
                        "paste what `osrbot slack manifest` prints under App Manifest of the app, and reinstall it"});
  } else {
    findings.push_back({Verdict::ok, "scopes", "all that the bot needs", ""});
  }
}

void examine_socket(const SlackConfig& config, HttpClient& client, std::vector<Finding>& findings) {
  if (config.app_token.empty()) {
    findings.push_back({Verdict::problem, "socket", "there is no app-level token",
                        "make one with the scope connections:write under Basic Information of the app, and set "
                        "slack.app_token (OSRBOT_SLACK_APP_TOKEN)"});
    return;
  }
  const Answer answer = ask(config, "apps.connections.open", config.app_token, client);
  if (const auto* refusal = std::get_if<slack::ApiRefusal>(&answer.outcome)) {
    findings.push_back({Verdict::problem, "socket", fmt::format("Slack opens no socket ({})", describe(*refusal)),
                        refusal->is_wrong_token()
                            ? "make an app-level token anew, and set " +
                                  setting("app_token", "OSRBOT_SLACK_APP_TOKEN", config.app_token_file)
                            : "turn Socket Mode on for the app, and give the token the scope connections:write"});
    return;
  }
  if (!std::holds_alternative<slack::ApiResult>(answer.outcome)) {
    findings.push_back(no_answer(config, answer.outcome));
    return;
  }
  findings.push_back({Verdict::ok, "socket", "Slack offers a socket to the app-level token", ""});
}

void examine_events(const Config& config, std::vector<Finding>& findings) {
  const SlackConfig& slack = config.slack;
  const auto lacks = [&](const char* state, const char* to_do) {
    findings.push_back({Verdict::problem, "events", state, to_do});
  };
  if (slack.signing_secret.empty()) {
    lacks("there is no signing secret, and so no call of Slack's is believed",
          "copy it from Basic Information of the app, and set slack.signing_secret (OSRBOT_SLACK_SIGNING_SECRET)");
  }
  if (!slack.url.starts_with("https://")) {
    lacks("slack.url is no address that Slack can call", "set it to the public https:// address of the bot");
  }
  if (!config.http.enabled()) {
    lacks("the bot's server is off", "set http.address, and have the proxy pass /slack/ to it (docs/slack.md)");
  }
  if (findings.empty() || findings.back().subject != "events") {
    findings.push_back(
        {Verdict::ok, "events", fmt::format("Slack is to call {}{}", slack.url, slack::events_path), ""});
  }
}

}  // namespace

std::vector<Finding> examine_slack(const Config& config, HttpClient& client) {
  const SlackConfig& slack = config.slack;
  std::vector<Finding> findings;
  if (!slack.bot_token.empty()) examine_bot_token(slack, client, findings);
  if (slack.uses_socket()) examine_socket(slack, client, findings);
  if (slack.uses_events()) examine_events(config, findings);
  if (slack.installs() && (slack.client_secret.empty() || !slack.url.starts_with("https://"))) {
    findings.push_back({Verdict::problem, "install", "workspaces cannot install the bot",
                        "set slack.client_secret and slack.url, or take slack.client_id away"});
  }
  findings.push_back({Verdict::note, "manifest",
                      "which events, shortcuts and commands the app has, Slack does not tell",
                      "after an update of the bot, paste what `osrbot slack manifest` prints under App Manifest"});
  return findings;
}

}  // namespace osrbot
