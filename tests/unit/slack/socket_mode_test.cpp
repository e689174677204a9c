#include "adapters/slack/socket_mode.h"

#include <atomic>
#include <filesystem>
#include <fstream>
#include <string>

#include <doctest/doctest.h>

#include "tests/unit/slack/running_slack.h"

using namespace osrbot;
using namespace osrbot::slack;
using fakes::FakeSlack;
namespace events = fakes::slack_events;
using Texts = std::vector<std::string>;

namespace {

std::string direct(const std::string& text, const std::string& ts = "1700000001.000100") {
  return events::message({.text = text, .channel = "D1", .ts = ts});
}

/// One socket, greeted.
FakeSlack::Connection first_socket(const FakeSlack& slack, const RunningSlack& bot) {
  REQUIRE(slack.wait_until([&] { return bot.adapter.counts().connections >= 1; }));
  return slack.sockets().front();
}

std::size_t open_files() {
  std::size_t count = 0;
  for ([[maybe_unused]] const auto& entry : std::filesystem::directory_iterator("/proc/self/fd")) ++count;
  return count;
}

/// A line of /proc/self/status as a number.
long status(const std::string& name) {
  std::ifstream file("/proc/self/status");
  for (std::string line; std::getline(file, line);) {
    if (line.starts_with(name)) return std::stol(line.substr(name.size() + 1));
  }
  return -1;
}

}  // namespace

TEST_CASE("an envelope is acknowledged once its update is committed") {
  FakeSlack slack;
  RunningSlack bot(slack);
  std::atomic<bool> commit = false;
  bot.start([&](const Batch&) {
    while (!commit) std::this_thread::yield();
    return true;
  });
  const auto socket = first_socket(slack, bot);
  const auto envelope = slack.push(socket, "events_api", direct("claim T1"));
  CHECK_FALSE(slack.wait_until([&] { return !slack.acknowledged(envelope).empty(); }, std::chrono::milliseconds(50)));
  commit = true;
  REQUIRE(slack.wait_until([&] { return !slack.acknowledged(envelope).empty(); }));
  CHECK(bot.texts() == Texts{"claim T1"});
  CHECK(bot.updates().front().from.name == "Name U1");
}

TEST_CASE("slash commands, presses, submissions and shortcuts come over the socket too") {
  FakeSlack slack;
  RunningSlack bot(slack);
  bot.start();
  const auto socket = first_socket(slack, bot);
  slack.push(socket, "slash_commands", events::to_json(events::slash_command("status P1")));
  slack.push(socket, "interactive", events::press("claim T1"));
  slack.push(socket, "interactive", events::shortcut("new_need"));
  REQUIRE(slack.wait_until([&] { return bot.updates().size() == 3; }));
  CHECK(bot.texts() == Texts{"status P1", "claim T1", "new need"});
}

TEST_CASE("what was not committed is not acknowledged, comes again, and counts once") {
  FakeSlack slack;
  std::string envelope;
  {
    RunningSlack bot(slack);
    bot.start([](const Batch&) { return false; });  // killed before the commit
    envelope = slack.push(first_socket(slack, bot), "events_api", direct("claim T1"));
    bot.wait_for_end();
    CHECK(slack.acknowledged(envelope).empty());
  }
  RunningSlack bot(slack);
  bot.start();
  REQUIRE(slack.wait_until([&] { return bot.adapter.counts().connections == 1 && slack.sockets().size() == 1; }));
  slack.repeat(slack.sockets().back(), envelope);
  slack.repeat(slack.sockets().back(), envelope);
  REQUIRE(slack.wait_until([&] { return slack.acknowledged(envelope).size() == 2; }));
  CHECK(bot.texts() == Texts{"claim T1"});
}

TEST_CASE("when Slack announces the end of a socket the next one is open before that goes") {
  for (const char* reason : {"warning", "refresh_requested", "of_tomorrow"}) {
    CAPTURE(reason);
    FakeSlack slack;
    RunningSlack bot(slack);
    bot.start();
    const auto old = first_socket(slack, bot);
    std::atomic<bool> gap = false;
    slack.disconnect(old, reason);
    REQUIRE(slack.wait_until([&] {
      const auto open = slack.sockets();
      if (open.empty()) gap = true;
      return slack.sockets_ever() == 2 && open.size() == 1 && open.front() != old;
    }));
    CHECK_FALSE(gap);
    const auto envelope = slack.push(slack.sockets().back(), "events_api", direct("still here"));
    CHECK(slack.wait_until([&] { return !slack.acknowledged(envelope).empty(); }));
  }
}

TEST_CASE("an envelope that came over the old socket is acknowledged there while the new one takes over") {
  FakeSlack slack;
  auto options = quick();
  options.handover = std::chrono::seconds(60);
  RunningSlack bot(slack, {}, options);
  std::atomic<bool> commit = false;
  bot.start([&](const Batch&) {
    while (!commit) std::this_thread::yield();
    return true;
  });
  const auto old = first_socket(slack, bot);
  const auto envelope = slack.push(old, "events_api", direct("slow"));
  slack.disconnect(old, "warning");
  REQUIRE(slack.wait_until([&] { return slack.sockets().size() == 2; }));
  commit = true;
  REQUIRE(slack.wait_until([&] { return !slack.acknowledged(envelope).empty(); }));
  CHECK(slack.acknowledged(envelope).front().connection == old);
}

TEST_CASE("several sockets are kept, any of which may get an envelope, or the same one") {
  FakeSlack slack;
  SlackConfig config;
  config.sockets = 3;
  RunningSlack bot(slack, config);
  bot.start();
  REQUIRE(slack.wait_until([&] { return bot.adapter.counts().connections == 3; }));
  const auto sockets = slack.sockets();
  const auto one = slack.push(sockets[0], "events_api", direct("one"));
  slack.repeat(sockets[1], one);
  const auto two = slack.push(sockets[2], "events_api", direct("two", "1700000002.000100"));
  REQUIRE(slack.wait_until([&] { return slack.acknowledged(one).size() == 2 && slack.acknowledged(two).size() == 1; }));
  CHECK(slack.acknowledged(one)[0].connection != slack.acknowledged(one)[1].connection);
  CHECK(bot.texts().size() == 2);
  slack.socket().cut(sockets[1]);
  CHECK(slack.wait_until([&] { return slack.sockets_ever() == 4 && slack.sockets().size() == 3; }));
}

TEST_CASE("a socket that is cut, or never greeted, is replaced") {
  FakeSlack slack;
  RunningSlack bot(slack);
  bot.start();
  const auto socket = first_socket(slack, bot);
  SUBCASE("cut") {
    slack.socket().cut(socket);
  }
  SUBCASE("closed") {
    slack.socket().close(socket);
  }
  CHECK(slack.wait_until([&] { return bot.adapter.counts().connections == 2; }));
}

TEST_CASE("a socket that says nothing for too long is replaced") {
  FakeSlack slack;
  auto options = quick();
  options.silence = std::chrono::seconds(1);
  RunningSlack bot(slack, {}, options);
  bot.start();
  CHECK(slack.wait_until([&] { return bot.adapter.counts().connections >= 2; }));
  CHECK(bot.has_logged("Slack fell silent"));
}

TEST_CASE("a socket without a greeting is given up") {
  FakeSlack slack({.greets = false});
  auto options = quick();
  options.greeting = std::chrono::seconds(1);
  RunningSlack bot(slack, {}, options);
  bot.start();
  CHECK(slack.wait_until([&] { return slack.sockets_ever() >= 2; }));
  CHECK(bot.has_logged("did not say hello"));
}

TEST_CASE("Slack that cannot be reached, or ends each socket at once, is not asked without a pause") {
  FakeSlack slack;
  auto options = quick();
  options.lasting = std::chrono::hours(1);
  options.backoff = {.first = std::chrono::milliseconds(100), .limit = std::chrono::milliseconds(200)};
  RunningSlack bot(slack, {}, options);
  SUBCASE("refused") {
    slack.refuse("apps.connections.open", "internal_error", 1'000);
  }
  SUBCASE("garbage") {
    slack.fail("apps.connections.open", fakes::FakeAnswer{.body = "<html>"}, 1'000);
  }
  SUBCASE("no URL") {
    slack.fail("apps.connections.open", fakes::FakeAnswer{.body = R"({"ok":true,"url":"x"})"}, 1'000);
  }
  bot.start();
  REQUIRE(slack.wait_until([&] { return slack.count("apps.connections.open") >= 3; }));
  const auto calls = slack.calls("apps.connections.open");
  CHECK(calls[2].at - calls[0].at >= std::chrono::milliseconds(100));  // two waits of at least half of `first`
}

TEST_CASE("too many tries wait as long as Slack says") {
  FakeSlack slack;
  slack.fail("apps.connections.open",
             fakes::FakeAnswer{
                 .status = 429, .body = R"({"ok":false,"error":"ratelimited"})", .more_headers = "Retry-After: 1\r\n"});
  RunningSlack bot(slack);
  bot.start();
  REQUIRE(slack.wait_until([&] { return slack.count("apps.connections.open") == 2; }));
  const auto calls = slack.calls("apps.connections.open");
  CHECK(calls[1].at - calls[0].at >= std::chrono::seconds(1));
}

TEST_CASE("Socket Mode that was switched off is said to be, and tried again later") {
  FakeSlack slack;
  RunningSlack bot(slack);
  bot.start();
  slack.disconnect(first_socket(slack, bot), "link_disabled");
  CHECK(slack.wait_until([&] { return slack.sockets_ever() == 2; }));
  CHECK(bot.has_logged("Socket Mode is switched off"));
}

TEST_CASE("a wrong app token ends the adapter with the name of the setting") {
  FakeSlack slack;
  SlackConfig config;
  config.app_token = Secret("xapp-1-wrong");
  RunningSlack bot(slack, config);
  bot.start();
  bot.wait_for_end();
  CHECK(bot.failed_with().find("slack.app_token") != std::string::npos);
  CHECK(bot.failed_with().find("xapp-1-wrong") == std::string::npos);
}

TEST_CASE("a wrong bot token ends the adapter with the name of the setting") {
  FakeSlack slack;
  SlackConfig config;
  config.bot_token = Secret("xoxb-1-wrong");
  RunningSlack bot(slack, config);
  bot.start();
  bot.wait_for_end();
  CHECK(bot.failed_with().find("slack.bot_token") != std::string::npos);
}

TEST_CASE("frames that make no sense are skipped") {
  FakeSlack slack;
  RunningSlack bot(slack);
  bot.start();
  const auto socket = first_socket(slack, bot);
  for (const char* frame :
       {"", "{", "[]", "17", R"({"type":"disconnect_soon"})", R"({"envelope_id":"e"})",
        R"({"envelope_id":"e","type":"events_api","payload":[]})", R"({"envelope_id":17,"type":"events_api"})"}) {
    slack.send_raw(socket, frame);
  }
  const auto envelope = slack.push(socket, "events_api", direct("after all"));
  REQUIRE(slack.wait_until([&] { return !slack.acknowledged(envelope).empty(); }));
  CHECK(bot.texts() == Texts{"after all"});
  CHECK(slack.sockets_ever() == 1);
}

TEST_CASE("1,000 sockets one after the other leave nothing behind") {
  FakeSlack slack;
  RunningSlack bot(slack);
  bot.start();
  const auto reconnect = [&](std::size_t count) {
    for (std::size_t i = 0; i < count; ++i) {
      const auto before = bot.adapter.counts().connections.load();
      REQUIRE(slack.wait_until([&] { return !slack.sockets().empty(); }));
      slack.disconnect(slack.sockets().back(), "refresh_requested");
      REQUIRE(slack.wait_until([&] { return bot.adapter.counts().connections > before; }));
    }
    REQUIRE(slack.wait_until([&] { return slack.sockets().size() == 1; }));
  };
  reconnect(200);
  const auto settled = [&] { return slack.wait_until([] { return status("Threads:") < 24; }); };
  CHECK(settled());
  const auto files = open_files();
  const auto memory = status("VmRSS:");
  reconnect(800);
  CHECK(settled());
  CHECK(slack.wait_until([&] { return open_files() <= files + 4; }));
#if !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)  // they keep what was freed, and look for leaks
  CHECK(status("VmRSS:") - memory < 8'192);                          // kB
#else
  static_cast<void>(memory);
#endif
}
