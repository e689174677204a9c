// The bot as a whole, under load: the real program against a Telegram on loopback, durable, every reply delivered over
// HTTP; beside it the same durable work by a bare loop on SQLite. Prints figures and judges nothing.
#include <algorithm>
#include <chrono>
#include <fstream>
#include <functional>
#include <map>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

#include <fmt/format.h>

#include "tests/bench/bare_loop.h"
#include "tests/bench/load.h"
#include "tests/fakes/bot_process.h"
#include "tests/fakes/fake_telegram.h"
#include "tests/fakes/temporary_folder.h"

using namespace osrbot;
using namespace osrbot::bench;
using namespace osrbot::fakes;
using std::chrono::steady_clock;

namespace {

using Milliseconds = std::chrono::duration<double, std::milli>;

std::map<std::string, std::string> settings(const FakeTelegram& telegram, const TemporaryFolder& folder) {
  std::ofstream(folder / "osrbot.json") << R"({"telegram": {"limits": {"messages_per_second": 0, "per_chat_second": 0,
                                                                       "per_group_minute": 0}}})";
  return {{"OSRBOT_CONFIG", folder / "osrbot.json"},
          {"OSRBOT_DB", folder / "bot.db"},
          {"OSRBOT_TELEGRAM_TOKEN", telegram.options().token},
          {"OSRBOT_TELEGRAM_BASE_URL", telegram.url()}};
}

/// Looks now and then, for whoever waits on each call of the fake's would take a share of what is measured.
bool wait_for(const std::function<bool()>& condition) {
  const auto end = steady_clock::now() + std::chrono::minutes(2);
  while (!condition()) {
    if (steady_clock::now() > end) return false;
    std::this_thread::sleep_for(std::chrono::milliseconds(2));
  }
  return true;
}

/// The value at a share of the way from the least to the greatest; half of it: the median.
double quantile(std::vector<double> values, double share = 0.5) {
  std::ranges::sort(values);
  return values.at(std::min(values.size() - 1, static_cast<std::size_t>(static_cast<double>(values.size()) * share)));
}

void require(bool holds, const char* what) {
  if (!holds) throw std::runtime_error(what);
}

double seconds(const timeval& time) {
  return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) / 1e6;
}

struct Load {
  double seconds = 0;
  double cpu_seconds = 0;
  double resident_mib = 0;
  std::uint64_t messages = 0;
};

/// `delay`: how long the platform takes for each call.
Load run_load(std::chrono::milliseconds delay) {
  const TemporaryFolder folder;
  FakeTelegram telegram({.delay = delay});
  prepare_database(folder / "bot.db", 0);
  // Made before the clock runs: what the platform's stand-in computes is taken from the bot, which shares its cores.
  std::vector<std::string> ready;
  for (std::int64_t i = 0; i < updates; ++i) ready.push_back(update_at(i));
  telegram.push_many(updates, [&](std::int64_t i) { return std::move(ready[static_cast<std::size_t>(i)]); });
  BotProcess bot(OSRBOT_PROGRAM, settings(telegram, folder), folder / "bot.log");
  require(telegram.wait_until([&] { return telegram.calls("getUpdates") > 0; }), "the bot did not poll");
  const auto begin = steady_clock::now();
  require(wait_for([&] { return telegram.unconfirmed() == 0; }), "updates were left");
  const std::int64_t resident = bot.peak_resident_kib();           // what is left to send is least at the end
  require(bot.stop() == 0, "the bot did not stop in good order");  // it sends what is queued before it ends
  const auto sent = telegram.sent();
  require(!sent.empty(), "nothing was sent");
  require(telegram.violations().empty(), "the bot broke a rule of the Bot API");
  const rusage& usage = bot.usage();
  return {.seconds = std::chrono::duration<double>(sent.back().at - begin).count(),
          .cpu_seconds = seconds(usage.ru_utime) + seconds(usage.ru_stime),
          .resident_mib = static_cast<double>(resident) / 1024,
          .messages = sent.size()};
}

/// From the program's start to its first poll.
double start_up_milliseconds(std::int64_t people) {
  const TemporaryFolder folder;
  FakeTelegram telegram;
  prepare_database(folder / "bot.db", people);
  std::vector<double> times;
  for (int run = 0; run < 5; ++run) {
    const std::uint64_t before = telegram.calls("getUpdates");
    const auto begin = steady_clock::now();
    BotProcess bot(OSRBOT_PROGRAM, settings(telegram, folder), folder / "bot.log");
    require(telegram.wait_until([&] { return telegram.calls("getUpdates") > before; }), "the bot did not poll");
    times.push_back(Milliseconds(steady_clock::now() - begin).count());
    bot.stop();
  }
  return quantile(std::move(times));
}

struct Latency {
  double p50 = 0;
  double p99 = 0;
};

/// From handing an update to a waiting poll until its reply has arrived, at 200 updates a second.
Latency run_latency() {
  constexpr std::int64_t count = 2'000;
  constexpr std::chrono::milliseconds pace{5};
  const TemporaryFolder folder;
  FakeTelegram telegram;
  prepare_database(folder / "bot.db", 0);
  BotProcess bot(OSRBOT_PROGRAM, settings(telegram, folder), folder / "bot.log");
  require(telegram.wait_until([&] { return telegram.calls("getUpdates") > 0; }), "the bot did not poll");
  std::vector<steady_clock::time_point> pushed(count);
  const auto begin = steady_clock::now();
  for (std::int64_t i = 0; i < count; ++i) {
    std::this_thread::sleep_until(begin + i * pace);
    pushed[static_cast<std::size_t>(i)] = steady_clock::now();
    telegram.push(private_update_at(i));
  }
  require(telegram.wait_until([&] { return telegram.sent_count() == count; }), "replies are missing");
  bot.stop();
  std::vector<double> times;
  for (const SentMessage& message : telegram.sent()) {
    const auto i = static_cast<std::size_t>(message.chat - first_private_chat);
    times.push_back(Milliseconds(message.at - pushed.at(i)).count());
  }
  return {.p50 = quantile(times), .p99 = quantile(times, 0.99)};
}

constexpr int rounds = 3;

double updates_a_second(double seconds) {
  return static_cast<double>(updates) / seconds;
}

/// One figure of the bot beside the bare loop's, in turn, so that a machine whose speed drifts spoils no ratio.
struct Compared {
  std::vector<double> bot;
  std::vector<double> bare;
  std::vector<double> ratio;

  void add(double bots, double bares) {
    bot.push_back(bots);
    bare.push_back(bares);
    ratio.push_back(bots / bares);
  }
  void print(std::string_view what, std::string_view figure_format) const {
    const auto figure = [&](const std::vector<double>& values) {
      return fmt::format(fmt::runtime(figure_format), quantile(values));
    };
    fmt::print("{:<44}{:>12}{:>12}{:>9.2f}   {:.2f} to {:.2f}\n", what, figure(bot), figure(bare), quantile(ratio),
               std::ranges::min(ratio), std::ranges::max(ratio));
  }
};

}  // namespace

int main() {
  Compared per_second;
  Compared cpu;
  std::vector<double> resident;
  std::uint64_t messages = 0;
  const auto thousands = static_cast<double>(updates) / 1000;
  for (int round = 0; round < rounds; ++round) {
    const TemporaryFolder folder;
    prepare_database(folder / "bare.db", 0);
    const BareResult bare = run_bare_loop(folder / "bare.db");
    const Load load = run_load(std::chrono::milliseconds(0));
    per_second.add(updates_a_second(load.seconds), updates_a_second(bare.seconds));
    cpu.add(load.cpu_seconds / thousands, bare.cpu_seconds / thousands);
    resident.push_back(load.resident_mib);
    messages = load.messages;
  }
  fmt::print("{} updates: 60 % chatter, 20 % claim, 10 % task add, 10 % status; {} replies; {} rounds, medians\n\n",
             updates, replies, rounds);
  fmt::print("{:<44}{:>12}{:>12}{:>9}   {}\n", "", "bot", "bare loop", "ratio", "from/to");
  per_second.print("updates a second", "{:.0f}");
  cpu.print("CPU seconds for 1,000 updates", "{:.4f}");
  fmt::print("{:<44}{:>12}\n", "messages sent (replies merged)", messages);
  fmt::print("{:<44}{:>12.1f}\n", "peak resident memory, MiB", quantile(resident));

  const Load far = run_load(std::chrono::milliseconds(30));
  fmt::print("{:<44}{:>12.0f}\n", "messages a second, 30 ms a call", static_cast<double>(far.messages) / far.seconds);
  fmt::print("{:<44}{:>12.0f}\n", "updates a second, 30 ms a call", updates_a_second(far.seconds));

  const Latency latency = run_latency();
  fmt::print("{:<44}{:>12.2f}\n", "p50 from delivery to reply at 200/s, ms", latency.p50);
  fmt::print("{:<44}{:>12.2f}\n", "p99 from delivery to reply at 200/s, ms", latency.p99);
  fmt::print("{:<44}{:>12.1f}\n", "start to first poll, ms", start_up_milliseconds(0));
  fmt::print("{:<44}{:>12.1f}\n", "the same with 1,000,000 people, ms", start_up_milliseconds(1'000'000));
  return 0;
}
