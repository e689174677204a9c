#include "adapters/slack/installation.h"

#include <doctest/doctest.h>

#include "adapters/transport/form_fields.h"
#include "tests/unit/slack/running_slack.h"

using namespace osrbot;
using namespace osrbot::slack;
using fakes::FakeSlack;
namespace events = fakes::slack_events;

namespace {

SlackConfig installable() {
  SlackConfig config;
  config.mode = SlackConfig::Mode::events;
  config.client_id = "12.34";
  config.client_secret = Secret("c1ient5ecret");
  config.url = "https://bot.example.org";
  return config;
}

std::string header(const ServerResponse& response, std::string_view name) {
  for (const auto& [key, value] : response.headers) {
    if (key == name) return value;
  }
  return {};
}

ServerRequest get(const char* path, const std::string& query = {}, const std::string& cookie = {}) {
  return {.method = "GET", .path = path, .query = query, .headers = {{"cookie", cookie}}, .body = {}};
}

/// A browser that was sent to Slack.
struct Begun {
  std::string state;
  std::string cookie;

  explicit Begun(RunningSlack& bot) {
    const auto response = bot.call(install_path, get(install_path)).get();
    REQUIRE(response.status == 302);
    const auto location = header(response, "Location");
    CHECK(location.starts_with(bot.config.base_url + "/oauth/v2/authorize?"));
    const auto query = read_form(location.substr(location.find('?') + 1));
    CHECK(form_value(query, "client_id") == "12.34");
    CHECK(form_value(query, "redirect_uri") == "https://bot.example.org/slack/oauth");
    CHECK(form_value(query, "scope").find("chat:write") != std::string_view::npos);
    state = form_value(query, "state");
    CHECK(state.size() == 32);
    const auto set = header(response, "Set-Cookie");
    CHECK(set.find("HttpOnly") != std::string::npos);
    CHECK(set.find("Secure") != std::string::npos);
    cookie = "other=1; " + set.substr(0, set.find(';'));
  }
};

}  // namespace

TEST_CASE("a workspace installs the bot, which then answers there, also after a restart") {
  FakeSlack slack;
  std::map<std::string, std::string> kept;
  {
    RunningSlack bot(slack, installable());
    bot.start();
    slack.grant("c0de", "T5", "xoxb-5-new");
    const Begun browser(bot);
    const auto done = bot.call(oauth_path, get(oauth_path, "code=c0de&state=" + browser.state, browser.cookie)).get();
    CHECK(done.status == 200);
    CHECK(done.body.find("Team T5") != std::string::npos);
    CHECK(slack.calls("oauth.v2.access").front().body.find("c1ient5ecret") != std::string::npos);
    const events::Said said{.text = "<@UT5BOT> help", .team = "T5"};
    CHECK(bot.post(events_path, events::message(said)).get().status == 200);
    REQUIRE(bot.updates().size() == 1);
    CHECK(bot.updates().front().addressed);
    kept = bot.secrets.kept();
    CHECK(kept.at("slack/T5").find("xoxb-5-new") != std::string::npos);
    CHECK_FALSE(bot.has_logged("xoxb-5-new"));
  }
  RunningSlack bot(slack, installable());
  bot.secrets.values = kept;
  auto message = words("hello", "U1", true);
  message.to.workspace = "T5";
  CHECK(std::holds_alternative<RetryLater>(bot.send(message)));  // not loaded yet
  bot.start();
  REQUIRE(slack.wait_until([&] { return bot.has_logged("installed in 1 workspaces"); }));
  CHECK(std::holds_alternative<Sent>(bot.send(message)));
  CHECK(slack.calls("chat.postMessage").back().token == "xoxb-5-new");
}

TEST_CASE("a state is good once, in the browser that got it") {
  FakeSlack slack;
  RunningSlack bot(slack, installable());
  bot.start();
  slack.grant("c0de", "T5", "xoxb-5");
  const Begun browser(bot);
  const auto status = [&](const std::string& query, const std::string& cookie) {
    return bot.call(oauth_path, get(oauth_path, query, cookie)).get().status;
  };
  CHECK(status("code=c0de&state=" + browser.state, "") == 400);
  CHECK(status("code=c0de&state=" + browser.state, "osrbot_install=" + std::string(32, '0')) == 400);
  CHECK(status("code=c0de", browser.cookie) == 400);
  CHECK(status("code=c0de&state=" + std::string(32, '0'), "osrbot_install=" + std::string(32, '0')) == 400);
  CHECK(slack.count("oauth.v2.access") == 0);
  CHECK(status("code=c0de&state=" + browser.state, browser.cookie) == 200);
  CHECK(status("code=c0de&state=" + browser.state, browser.cookie) == 400);
  CHECK(slack.count("oauth.v2.access") == 1);
}

TEST_CASE("an installation that Slack or the person refuses keeps nothing") {
  FakeSlack slack;
  RunningSlack bot(slack, installable());
  bot.start();
  const Begun first(bot);
  CHECK(bot.call(oauth_path, get(oauth_path, "error=access_denied&state=" + first.state, first.cookie)).get().body ==
        "Nothing was installed.\n");
  const Begun second(bot);
  CHECK(bot.call(oauth_path, get(oauth_path, "code=wrong&state=" + second.state, second.cookie)).get().status == 502);
  slack.grant("c0de", "T5", "xoxp-no-bot-token");
  const Begun third(bot);
  CHECK(bot.call(oauth_path, get(oauth_path, "code=c0de&state=" + third.state, third.cookie)).get().status == 500);
  CHECK(bot.secrets.kept().empty());
}

TEST_CASE("a workspace that takes the bot out is forgotten, with its token") {
  for (const char* end :
       {R"({"type":"app_uninstalled"})", R"({"type":"tokens_revoked","tokens":{"bot":["UT5BOT"]}})"}) {
    CAPTURE(end);
    FakeSlack slack;
    RunningSlack bot(slack, installable());
    bot.secrets.values = {{"slack/workspaces", R"(["T5"])"},
                          {"slack/T5", R"({"name":"Five","token":"xoxb-5","bot_user":"UT5BOT","bot_id":""})"}};
    bot.start();
    CHECK(bot.post(events_path, events::event(end, "Ev1", "T5")).get().status == 200);
    REQUIRE(slack.wait_until([&] { return bot.secrets.kept().count("slack/T5") == 0; }));
    REQUIRE(slack.wait_until([&] { return bot.secrets.kept().at("slack/workspaces") == "[]"; }));
    auto message = words("hello", "U1", true);
    message.to.workspace = "T5";
    const auto delivery = bot.send(message);
    REQUIRE(std::holds_alternative<Rejected>(delivery));
    CHECK(std::get<Rejected>(delivery).unreachable);
  }
}

TEST_CASE("secrets that cannot be opened end the adapter and are not mistaken for none") {
  FakeSlack slack;
  RunningSlack bot(slack, installable());
  bot.secrets.broken = true;
  bot.start();
  bot.wait_for_end();
  CHECK(bot.failed_with() == "secret.key is wrong");
}
