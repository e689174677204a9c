// The real program on Slack's sockets, killed with SIGKILL again and again: what was not acknowledged comes again, as
// does some of what was, and each thing is done once.
#include <algorithm>
#include <chrono>
#include <fstream>
#include <random>
#include <set>
#include <string>
#include <vector>

#include <doctest/doctest.h>
#include <fmt/format.h>

#include "storage/sql.h"
#include "tests/fakes/bot_process.h"
#include "tests/fakes/fake_slack.h"
#include "tests/fakes/slack_events.h"
#include "tests/fakes/temporary_folder.h"

using namespace osrbot;
using namespace osrbot::fakes;

namespace {

constexpr int slack_kills = 10;
constexpr int tasks_a_life = 60;

/// A message to the bot, each with a time of its own.
std::string said(const std::string& text, const std::string& channel) {
  static int count = 0;
  ++count;
  return slack_events::message({.text = text,
                                .channel = channel,
                                .ts = fmt::format("{}.000100", 1'700'000'000 + count),
                                .event_id = fmt::format("Ev{}", count)});
}

/// The socket that was opened after so many others.
FakeSlack::Connection socket_after(const FakeSlack& slack, std::size_t others) {
  REQUIRE(slack.wait_until([&] { return slack.sockets_ever() > others && !slack.sockets().empty(); }));
  return slack.sockets().back();
}

}  // namespace

TEST_CASE("killed at random moments, the bot on Slack loses nothing and applies nothing twice") {
  const TemporaryFolder folder;
  FakeSlack slack;
  std::ofstream(folder / "osrbot.json") << R"({"slack": {"limits": {"per_channel_second": 0}}})";
  const std::map<std::string, std::string> settings = {{"OSRBOT_CONFIG", folder / "osrbot.json"},
                                                       {"OSRBOT_DB", folder / "bot.db"},
                                                       {"OSRBOT_SLACK_BOT_TOKEN", slack.options().bot_token},
                                                       {"OSRBOT_SLACK_APP_TOKEN", slack.options().app_token},
                                                       {"OSRBOT_SLACK_BASE_URL", slack.url()}};
  std::vector<std::string> envelopes;
  const auto acknowledged = [&] {
    return std::ranges::count_if(envelopes, [&](const auto& one) { return !slack.acknowledged(one).empty(); });
  };
  {
    BotProcess bot(OSRBOT_PROGRAM, settings, folder / "bot.log");
    const auto socket = socket_after(slack, 0);
    for (const auto& [text, channel] :
         {std::pair{"project new Study", "D1"}, std::pair{"yes", "D1"}, std::pair{"<@UBOT> project here P1", "C1"}}) {
      const auto envelope = slack.push(socket, "events_api", said(text, channel));
      REQUIRE(slack.wait_until([&] { return !slack.acknowledged(envelope).empty(); }));
    }
    CHECK(bot.stop() == 0);
  }
  std::mt19937 random(20260302);
  for (int life = 0; life < slack_kills; ++life) {
    const auto before = slack.sockets_ever();
    BotProcess bot(OSRBOT_PROGRAM, settings, folder / "bot.log");
    const auto socket = socket_after(slack, before);
    for (const auto& one : envelopes) {
      if (slack.acknowledged(one).empty() || random() % 8 == 0) slack.repeat(socket, one);
    }
    for (int i = 0; i < tasks_a_life; ++i) {
      const auto text = fmt::format("<@UBOT> task add Paper {}", envelopes.size() + 1);
      envelopes.push_back(slack.push(socket, "events_api", said(text, "C1")));
    }
    const auto goal = std::min<std::ptrdiff_t>(acknowledged() + 1 + static_cast<std::ptrdiff_t>(random() % 40),
                                               static_cast<std::ptrdiff_t>(envelopes.size()));
    REQUIRE(slack.wait_until([&] { return acknowledged() >= goal; }));
    bot.kill();
    REQUIRE(slack.wait_until([&] { return slack.sockets().empty(); }));
  }
  const auto left = static_cast<std::ptrdiff_t>(envelopes.size()) - acknowledged();
  const auto before = slack.sockets_ever();
  BotProcess bot(OSRBOT_PROGRAM, settings, folder / "bot.log");
  const auto socket = socket_after(slack, before);
  for (const auto& one : envelopes) slack.repeat(socket, one);
  CHECK(slack.wait_until([&] { return acknowledged() == static_cast<std::ptrdiff_t>(envelopes.size()); }));
  constexpr int tasks = slack_kills * tasks_a_life;
  // The answers follow one by one. A stop leaves to the next start what a slow machine does not send in time.
  const auto everything_said = [&] {
    std::set<std::string> said;
    for (const SlackCall& call : slack.calls("chat.postMessage")) {
      if (call.body.contains(" is on the list of ")) said.insert(call["text"]);
    }
    return said.size() == std::size_t{tasks};
  };
  CHECK(slack.wait_until(everything_said, std::chrono::seconds(60)));
  CHECK(bot.stop() == 0);

  storage::Connection db(folder / "bot.db", storage::Connection::Mode::read_only);
  CHECK(db.number("SELECT COUNT(*) FROM tasks") == tasks);
  CHECK(db.number("SELECT COUNT(DISTINCT title) FROM tasks") == tasks);
  CHECK(db.number("SELECT COUNT(*) FROM audit WHERE action = 'task.added'") == tasks);
  CHECK(db.number("SELECT COUNT(*) FROM dead_letters") == 0);
  CHECK(db.number("SELECT COUNT(*) FROM outbox WHERE state <> 'sent'") == 0);
  MESSAGE(fmt::format("{} kills, {} envelopes, {} of them unacknowledged at the last", slack_kills, envelopes.size(),
                      left));
}
