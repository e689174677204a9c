#include "adapters/slack/events_api.h"

#include <atomic>

#include <doctest/doctest.h>

#include "tests/unit/slack/running_slack.h"

using namespace osrbot;
using namespace osrbot::slack;
using fakes::FakeSlack;
namespace events = fakes::slack_events;
using Texts = std::vector<std::string>;

namespace {

SlackConfig events_only() {
  SlackConfig config;
  config.mode = SlackConfig::Mode::events;
  return config;
}

}  // namespace

TEST_CASE("the signature is the HMAC-SHA256 of version, timestamp and raw body") {
  // Computed with `openssl dgst -sha256 -hmac`.
  const std::string body = "token=xyz&text=94070";
  const std::string expected = "v0=ee5413de1e4fb1cf3d2d4e4f3d132aaeba3fed7958f35f9fde08014c1341220d";
  CHECK(request_signature("8f742231b10e8888abcd99", "1531420618", body) == expected);
  const std::chrono::sys_seconds then{std::chrono::seconds(1'531'420'618)};
  const Secret secret("8f742231b10e8888abcd99");
  CHECK(is_signed_by_slack(secret, "1531420618", body, expected, then));
  CHECK(is_signed_by_slack(secret, "1531420618", body, expected, then + std::chrono::seconds(300)));
  CHECK(is_signed_by_slack(secret, "1531420618", body, expected, then - std::chrono::seconds(300)));
  CHECK_FALSE(is_signed_by_slack(secret, "1531420618", body, expected, then + std::chrono::seconds(301)));
  CHECK_FALSE(is_signed_by_slack(secret, "1531420618", body, expected, then - std::chrono::seconds(301)));
  CHECK_FALSE(is_signed_by_slack(secret, "1531420618", body + " ", expected, then));
  CHECK_FALSE(is_signed_by_slack(secret, "1531420619", body, expected, then));
  CHECK_FALSE(is_signed_by_slack(secret, "1531420618", body, expected.substr(0, 66), then));
  CHECK_FALSE(is_signed_by_slack(secret, "1531420618", body, "", then));
  CHECK_FALSE(is_signed_by_slack(secret, "", body, expected, then));
  CHECK_FALSE(is_signed_by_slack(secret, "1531420618x", body, expected, then));
  CHECK_FALSE(is_signed_by_slack(secret, "99999999999999999999", body, expected, then));
  CHECK_FALSE(is_signed_by_slack(Secret(), "1531420618", body, request_signature("", "1531420618", body), then));
}

TEST_CASE("an event is answered with 200 once it is committed") {
  FakeSlack slack;
  RunningSlack bot(slack, events_only());
  std::atomic<bool> commit = false;
  bot.start([&](const Batch&) {
    while (!commit) std::this_thread::yield();
    return true;
  });
  auto answer = bot.post(events_path, events::message({.text = "claim T1", .channel = "D1"}));
  CHECK(answer.wait_for(std::chrono::milliseconds(50)) == std::future_status::timeout);
  commit = true;
  CHECK(answer.get().status == 200);
  CHECK(bot.texts() == Texts{"claim T1"});
  CHECK(slack.sockets_ever() == 0);
}

TEST_CASE("Slack's challenge is echoed") {
  FakeSlack slack;
  RunningSlack bot(slack, events_only());
  const auto answer = bot.post(events_path, R"({"type":"url_verification","challenge":"abc-123"})").get();
  CHECK(answer.status == 200);
  CHECK(answer.body == "abc-123");
}

TEST_CASE("what is forged, stale or unsigned is refused before it is read") {
  FakeSlack slack;
  RunningSlack bot(slack, events_only());
  bot.start();
  const auto body = events::message({.text = "claim T1", .channel = "D1"});
  for (const char* path : {events_path, commands_path, interactions_path}) {
    CHECK(bot.post(path, body, 301).get().status == 401);
    CHECK(bot.post(path, body, -400).get().status == 401);
    CHECK(bot.call(path, {.method = "POST", .path = path, .query = {}, .headers = {}, .body = body}).get().status ==
          401);
    const auto now = std::to_string(
        std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now().time_since_epoch()).count());
    CHECK(bot.call(path, {.method = "POST",
                          .path = path,
                          .query = {},
                          .headers = {{"x-slack-request-timestamp", now},
                                      {"x-slack-signature", request_signature("guessed", now, body)}},
                          .body = body})
              .get()
              .status == 401);
    CHECK(bot.call(path, {.method = "GET", .path = path, .query = {}, .headers = {}, .body = {}}).get().status == 405);
  }
  CHECK(bot.adapter.counts().forged == 12);
  CHECK(bot.updates().empty());
}

TEST_CASE("a retry, and the same message under another event id, count once") {
  FakeSlack slack;
  RunningSlack bot(slack, events_only());
  bot.start();
  const auto first = events::message({.text = "<@UBOT> claim T1", .event_id = "Ev1"});
  CHECK(bot.post(events_path, first).get().status == 200);
  CHECK(bot.post(events_path, first).get().status == 200);
  CHECK(bot.post(events_path, events::app_mention({.text = "<@UBOT> claim T1", .event_id = "Ev2"})).get().status ==
        200);
  CHECK(bot.updates().size() == 3);
  CHECK(bot.texts() == Texts{"claim T1"});
}

TEST_CASE("slash commands and interactions come as forms") {
  FakeSlack slack;
  RunningSlack bot(slack, events_only());
  bot.start();
  const auto command = events::to_form(events::slash_command("need P1 2 statistician & \"R\" +1"));
  CHECK(bot.post(commands_path, command).get().status == 200);
  CHECK(bot.post(interactions_path, events::to_form({{"payload", events::press("claim T1")}})).get().status == 200);
  CHECK(bot.post(commands_path, "ssl_check=1&token=x").get().status == 200);
  CHECK(bot.texts() == Texts{"need P1 2 statistician & \"R\" +1", "claim T1"});
}

TEST_CASE("what makes no sense is refused, and not asked for again") {
  FakeSlack slack;
  RunningSlack bot(slack, events_only());
  bot.start();
  CHECK(bot.post(events_path, "{").get().status == 400);
  CHECK(bot.post(interactions_path, "payload=%7B").get().status == 400);
  CHECK(bot.post(interactions_path, "nothing=1").get().status == 400);
  CHECK(bot.post(events_path, R"({"type":"event_callback","event":{}})").get().status == 200);
  CHECK(bot.post(commands_path, "text=help").get().status == 200);
  CHECK(bot.updates().empty());
  CHECK(bot.adapter.counts().unreadable == 5);
}

TEST_CASE("a bot that stops has Slack send again") {
  FakeSlack slack;
  RunningSlack bot(slack, events_only());
  bot.start([](const Batch&) { return false; });
  const auto body = events::message({.text = "claim T1", .channel = "D1"});
  CHECK(bot.post(events_path, body).get().status == 503);
  bot.wait_for_end();
  CHECK(bot.post(events_path, body).get().status == 503);
}

TEST_CASE("requests that wait share a commit") {
  FakeSlack slack;
  RunningSlack bot(slack, events_only());
  std::atomic<int> commits = 0;
  std::atomic<bool> go_on = false;
  bot.start([&](const Batch&) {
    while (!go_on) std::this_thread::yield();
    ++commits;
    return true;
  });
  std::vector<std::future<ServerResponse>> answers;
  for (int i = 0; i < 50; ++i) {
    const auto ts = "17000000" + std::to_string(10 + i) + ".000100";
    answers.push_back(bot.post(events_path, events::message({.text = "claim T1", .channel = "D1", .ts = ts})));
  }
  go_on = true;
  for (auto& answer : answers) CHECK(answer.get().status == 200);
  CHECK(bot.updates().size() == 50);
  CHECK(commits <= 3);
}

TEST_CASE("sockets and HTTP serve different workspaces at the same time") {
  FakeSlack slack;
  SlackConfig config;
  config.mode = SlackConfig::Mode::both;
  config.bot_token = Secret(slack.options().bot_token);
  config.client_id = "1.2";
  config.client_secret = Secret("s");
  config.url = "https://bot.example.org";
  RunningSlack bot(slack, config);
  bot.secrets.values = {{"slack/workspaces", R"(["T2"])"},
                        {"slack/T2", R"({"name":"Two","token":"xoxb-2","bot_user":"UBOT2","bot_id":""})"}};
  bot.start();
  REQUIRE(slack.wait_until([&] { return bot.adapter.counts().connections == 1; }));
  slack.push(slack.sockets().front(), "events_api", events::message({.text = "from one", .channel = "D1"}));
  const events::Said two{.text = "from two", .channel = "D2", .team = "T2"};
  CHECK(bot.post(events_path, events::message(two)).get().status == 200);
  const events::Said three{.text = "from three", .channel = "D3", .team = "T3"};
  CHECK(bot.post(events_path, events::message(three)).get().status == 200);
  REQUIRE(slack.wait_until([&] { return bot.updates().size() == 2; }));
  for (const auto& update : bot.updates()) {
    CHECK(update.text == (update.place.workspace == "T1" ? "from one" : "from two"));
  }
  CHECK(bot.has_logged("T3 is skipped"));
  auto message = words("hello", "U1", true);
  message.to.workspace = "T2";
  CHECK(std::holds_alternative<Sent>(bot.send(message)));
  CHECK(slack.calls("chat.postMessage").back().token == "xoxb-2");
}
