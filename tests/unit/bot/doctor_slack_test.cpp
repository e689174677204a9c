#include <map>
#include <sstream>
#include <string>

#include <doctest/doctest.h>
#include <fmt/format.h>

#include "adapters/slack/app_needs.h"
#include "bot/doctor.h"
#include "tests/fakes/http_fake.h"

using namespace osrbot;

namespace {

/// A Web API that answers each method for the right tokens.
struct SlackApi {
  std::string scopes = fmt::format("{}", fmt::join(slack::bot_scopes, ","));
  std::map<std::string, std::string> answers = {
      {"auth.test", R"({"ok":true,"user":"osrbot","team":"Open Surgery"})"},
      {"apps.connections.open", R"({"ok":true,"url":"wss://wss.example.org/"})"}};
  fakes::HttpFake server{[this](fakes::HttpFake::Connection, const fakes::FakeRequest& request) {
    const std::string method(request.target.substr(request.target.rfind('/') + 1));
    return fakes::FakeAnswer{.body = answers[method], .more_headers = "x-oauth-scopes: " + scopes + "\r\n"};
  }};
  HttpClient client;
  Config config;

  SlackApi() {
    config.slack.bot_token = Secret("xoxb-1-good");
    config.slack.app_token = Secret("xapp-1-good");
    config.slack.base_url = server.url();
  }
  std::string examined() {
    std::ostringstream out;
    report(examine_slack(config, client), out);
    CHECK(out.str().find("-good") == std::string::npos);
    return out.str();
  }
  bool finds(const std::string& words) { return examined().find(words) != std::string::npos; }
};

}  // namespace

TEST_CASE("tokens that Slack knows, with all scopes, and Socket Mode") {
  SlackApi api;
  const auto report = api.examined();
  CHECK(report.find("knows the bot token: @osrbot in Open Surgery") != std::string::npos);
  CHECK(report.find("all that the bot needs") != std::string::npos);
  CHECK(report.find("Slack offers a socket") != std::string::npos);
  CHECK(report.find("PROBLEM") == std::string::npos);
}

TEST_CASE("a Slack token that is refused names the setting") {
  SlackApi api;
  api.answers["auth.test"] = R"({"ok":false,"error":"invalid_auth"})";
  CHECK(api.finds("the bot token is refused (invalid_auth"));
  CHECK(api.finds("OSRBOT_SLACK_BOT_TOKEN"));
  api.answers["apps.connections.open"] = R"({"ok":false,"error":"not_allowed_token_type"})";
  CHECK(api.finds("Slack opens no socket"));
}

TEST_CASE("scopes that are missing are named") {
  SlackApi api;
  api.scopes = "chat:write,commands";
  CHECK(api.finds("the token lacks app_mentions:read, channels:history"));
}

TEST_CASE("a missing app-level token is a problem where sockets are used, and only there") {
  SlackApi api;
  api.config.slack.app_token = Secret();
  CHECK(api.finds("there is no app-level token"));
  api.config.slack.mode = SlackConfig::Mode::events;
  CHECK(!api.finds("there is no app-level token"));
}

TEST_CASE("events over HTTP need a secret, an address and a server") {
  SlackApi api;
  api.config.slack.mode = SlackConfig::Mode::events;
  CHECK(api.finds("no signing secret"));
  CHECK(api.finds("slack.url is no address"));
  CHECK(api.finds("the bot's server is off"));
  api.config.slack.signing_secret = Secret("abc");
  api.config.slack.url = "https://bot.example.org";
  api.config.http.address = "127.0.0.1:8080";
  CHECK(api.finds("Slack is to call https://bot.example.org/slack/events"));
}

TEST_CASE("a Slack that does not answer is told from one that refuses") {
  SlackApi api;
  api.config.slack.base_url = "http://127.0.0.1:1";
  CHECK(api.finds("no answer from http://127.0.0.1:1"));
}
