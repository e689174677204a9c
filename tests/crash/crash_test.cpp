// The real program, killed with SIGKILL again and again while thousands of updates come in: nothing is lost, nothing is
// applied twice, every reply arrives, and only what was in flight at a kill arrives a second time.
#include <algorithm>
#include <fstream>
#include <map>
#include <random>
#include <set>
#include <sstream>

#include <doctest/doctest.h>
#include <fmt/format.h>

#include "storage/sql.h"
#include "tests/fakes/bot_process.h"
#include "tests/fakes/fake_telegram.h"
#include "tests/fakes/telegram_updates.h"
#include "tests/fakes/temporary_folder.h"

using namespace osrbot;
using namespace osrbot::fakes;

namespace {

constexpr int kills = 25;
constexpr int groups = 4;
constexpr int people = 40;
constexpr int tasks = 1500;  // each is added, claimed and finished, with chatter between: 6,000 updates
constexpr std::int64_t date = 1'772'452'800;

const TelegramPerson coordinator{.id = 1, .first_name = "Ana", .username = "ana"};

TelegramPerson person(int number) {
  return {.id = 100 + number, .first_name = fmt::format("Person {}", number)};
}

TelegramChat group(int number) {
  return {.id = -1'000'000'000'001 - number, .title = fmt::format("Team {}", number)};
}

void send_everything(FakeTelegram& telegram) {
  std::int64_t message = 0;
  for (int g = 0; g < groups; ++g) {
    telegram.push(
        text_update(private_chat(coordinator), coordinator, ++message, fmt::format("/project new Study {}", g), date));
    telegram.push(text_update(private_chat(coordinator), coordinator, ++message, "/yes", date));
  }
  for (int g = 0; g < groups; ++g) {
    telegram.push(text_update(group(g), coordinator, ++message, fmt::format("/project here P{}", g + 1), date));
  }
  for (int t = 1; t <= tasks; ++t) {
    const TelegramChat chat = group(t % groups);
    const TelegramPerson who = person(t % people);
    telegram.push(text_update(chat, who, ++message, fmt::format("/task add Paper {}", t), date));
    telegram.push(text_update(chat, who, ++message, "what a day", date));
    telegram.push(text_update(chat, who, ++message, fmt::format("/claim T{}", t), date));
    telegram.push(text_update(chat, who, ++message, fmt::format("/done T{}", t), date));
  }
}

/// A thing that the bot was to say: "T17 done". A message may hold several, as what waits for a busy group is merged.
std::vector<std::string> sayings(const std::string& text) {
  std::vector<std::string> result;
  std::istringstream lines(text);
  for (std::string line; std::getline(lines, line);) {
    const std::string ref = line.substr(0, line.find(' '));
    if (line.contains(" is on the list of ")) result.push_back(ref + " added");
    if (line.contains(" is yours, ")) result.push_back(ref + " claimed");
    if (line.contains(" is done. ")) result.push_back(ref + " done");
  }
  return result;
}

std::map<std::string, std::string> settings(const FakeTelegram& telegram, const TemporaryFolder& folder) {
  std::ofstream(folder / "osrbot.json") << R"({"telegram": {"limits": {"messages_per_second": 0, "per_chat_second": 0,
                                                                       "per_group_minute": 0}}})";
  return {{"OSRBOT_CONFIG", folder / "osrbot.json"},
          {"OSRBOT_DB", folder / "bot.db"},
          {"OSRBOT_TELEGRAM_TOKEN", telegram.options().token},
          {"OSRBOT_TELEGRAM_BASE_URL", telegram.url()}};
}

}  // namespace

TEST_CASE("killed at random moments, the bot loses nothing and applies nothing twice") {
  const TemporaryFolder folder;
  FakeTelegram telegram;
  send_everything(telegram);
  const auto environment = settings(telegram, folder);
  std::mt19937 random(20260302);

  for (int kill = 0; kill < kills; ++kill) {
    BotProcess bot(OSRBOT_PROGRAM, environment, folder / "bot.log");
    // Sometimes right after a message arrived, sometimes right after a poll.
    const bool by_messages = random() % 2 == 0;
    const auto progress = [&] { return by_messages ? telegram.sent_count() : telegram.calls("getUpdates"); };
    const std::uint64_t goal = progress() + 1 + random() % (by_messages ? 12 : 3);
    REQUIRE(telegram.wait_until([&] { return progress() >= goal || telegram.unconfirmed() == 0; }));
    bot.kill();
  }
  REQUIRE_MESSAGE(telegram.unconfirmed() > 0, "there must be work left at the last kill");

  BotProcess bot(OSRBOT_PROGRAM, environment, folder / "bot.log");
  const auto everything_said = [&] {
    if (telegram.unconfirmed() > 0) return false;
    std::set<std::string> said;
    for (const SentMessage& message : telegram.sent()) {
      for (std::string& saying : sayings(message.text)) said.insert(std::move(saying));
    }
    return said.size() == std::size_t{3} * tasks;
  };
  CHECK(telegram.wait_until(everything_said, std::chrono::seconds(60)));
  CHECK(bot.stop() == 0);
  CHECK(telegram.violations().empty());

  storage::Connection db(folder / "bot.db", storage::Connection::Mode::read_only);
  CHECK(db.number("SELECT COUNT(*) FROM tasks") == tasks);
  CHECK(db.number("SELECT COUNT(*) FROM tasks WHERE state = 'done' AND title = 'Paper ' || id") == tasks);
  for (const char* action : {"task.added", "task.claimed", "task.done"}) {
    CHECK(db.number("SELECT COUNT(*) FROM audit WHERE action = ?", {action}) == tasks);
  }
  CHECK(db.number("SELECT COUNT(*) FROM dead_letters") == 0);
  CHECK(db.number("SELECT COUNT(*) FROM outbox WHERE state <> 'sent'") == 0);
  CHECK(db.number("SELECT COUNT(*) FROM people") == people + 1);

  // One message a conversation is in flight at a time, so what is said twice follows at once on the first time there.
  std::map<std::string, std::size_t> said_in;            // message by saying
  std::map<std::int64_t, std::size_t> previous_message;  // by chat
  const auto sent = telegram.sent();
  int repeated = 0;
  for (std::size_t i = 0; i < sent.size(); ++i) {
    const auto previous = previous_message.find(sent[i].chat);
    for (const std::string& saying : sayings(sent[i].text)) {
      const auto [before, is_new] = said_in.emplace(saying, i);
      if (is_new) continue;
      ++repeated;
      CHECK_MESSAGE((previous != previous_message.end() && before->second == previous->second), saying);
      before->second = i;
    }
    previous_message[sent[i].chat] = i;
  }
  MESSAGE(fmt::format("{} kills, {} messages, {} sayings repeated", kills, sent.size(), repeated));
}
