// Ten thousand people at once: they join one group in a moment, then each goes through the first conversation, while
// somebody else goes on working. The real router, commands, engine, relay and database file, with a platform of straw.
// First without limits: how many of the answers went where, and how long the engine let others wait. Then with the
// limits that the adapters of Telegram and Slack set for the relay, by a clock that is turned: how much went to the
// platform in its fullest second and to a chat in its fullest second and minute. Exceeding a limit ends it with an
// error.
// usage: onboarding_bench [PEOPLE]
#include <algorithm>
#include <chrono>
#include <cstdint>
#include <cstdlib>
#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "adapters/slack/slack_adapter.h"
#include "adapters/telegram/telegram_adapter.h"
#include "bot/engine.h"
#include "bot/router.h"
#include "commands/all.h"
#include "commands/matching/pool.h"
#include "storage/migrations.h"
#include "tests/bench/load.h"
#include "tests/fakes/fake_clock.h"
#include "tests/fakes/recording_adapter.h"
#include "tests/fakes/temporary_folder.h"

using namespace osrbot;
using std::chrono::steady_clock;

namespace {

const std::filesystem::path resources = std::filesystem::path(OSRBOT_SOURCE_DIR) / "config";
constexpr std::size_t batch_size = 100;

/// Sends nothing, and notes when it was given what, by the clock.
class TimingAdapter final : public Adapter {
 public:
  TimingAdapter(std::string name, Capabilities can, const Clock& clock)
      : name_(std::move(name)), can_(std::move(can)), clock_(clock) {}

  std::string_view name() const override { return name_; }
  Capabilities capabilities() const override { return can_; }
  void publish(const Menus&) override {}
  void receive(std::stop_token, const std::string&, const Deliver&) override {}

  void send(OutboundMessage message, std::function<void(Delivery)> done) override {
    const auto now = clock_.steady();
    all.push_back(now);
    by_chat[message.to.conversation].push_back(now);
    if (!message.to.is_private) groups.insert(message.to.conversation);
    done(Sent{std::to_string(all.size())});
  }

  using Times = std::vector<steady_clock::time_point>;
  Times all;
  std::map<std::string, Times> by_chat;
  std::set<std::string> groups;

 private:
  std::string name_;
  Capabilities can_;
  const Clock& clock_;
};

/// The most that happened within any such time, its end not counted.
std::size_t most_within(const TimingAdapter::Times& times, std::chrono::seconds span) {
  std::size_t most = 0;
  for (std::size_t first = 0, last = 0; last < times.size(); ++last) {
    while (times[last] - times[first] >= span) ++first;
    most = std::max(most, last - first + 1);
  }
  return most;
}

class Bench {
 public:
  /// `can`: what the platform allows; nothing: anything, at once.
  explicit Bench(std::string platform = "telegram", std::optional<Capabilities> can = {})
      : platform_(std::move(platform)) {
    if (can) {
      timing_.emplace(platform_, *can, clock_);
      engine_.add_relay(*timing_, {});
    } else {
      engine_.add_relay(adapter_, {});
    }
  }

  /// Everybody says hello in the same moment, and some in the group, where they are answered one after the other;
  /// meanwhile a contributor asks for something every two seconds. False: a limit was exceeded, or somebody not
  /// answered.
  bool crowd(std::int64_t people, const Capabilities& can) {
    constexpr std::int64_t in_group = 100;
    std::vector<double> waits;
    const auto timed = [&](std::vector<Update> updates) {
      Batch batch{.adapter = platform_, .updates = std::move(updates), .cursor = std::to_string(++cursor_)};
      const auto begin = steady_clock::now();
      engine_.submit(std::move(batch), [](bool) {});
      engine_.cycle();
      return std::chrono::duration<double, std::milli>(steady_clock::now() - begin).count();
    };
    std::vector<Update> hello;
    for (std::int64_t person = 0; person < people; ++person) {
      hello.push_back(update(person, UpdateKind::message, "/start"));
      if (person < in_group) {
        hello.push_back(update(person, UpdateKind::message, "/needs"));
        hello.back().place.conversation = "the-group";
        hello.back().place.is_private = false;
      }
      if (hello.size() < batch_size && person + 1 < people) continue;
      timed(std::exchange(hello, {}));
    }
    const auto begin = clock_.steady();
    constexpr std::chrono::milliseconds tick{20};
    std::chrono::seconds asked{0};
    while (engine_.relays().front()->waiting() > 0 || engine_.relays().front()->in_flight() > 0) {
      if (clock_.steady() - begin >= asked) {
        waits.push_back(timed({update(-1, UpdateKind::message, "tasks P1")}));
        asked += std::chrono::seconds(2);  // a chat takes one a second
      }
      while (engine_.cycle()) {
      }
      clock_.advance(tick);
      if (asked > std::chrono::hours(2)) return false;
    }
    const double seconds = std::chrono::duration<double>(clock_.steady() - begin).count();
    std::size_t chat_second = 0;
    std::size_t group_minute = 0;
    for (const auto& [chat, times] : timing_->by_chat) {
      chat_second = std::max(chat_second, most_within(times, std::chrono::seconds(1)));
      if (timing_->groups.contains(chat)) {
        group_minute = std::max(group_minute, most_within(times, std::chrono::minutes(1)));
      }
    }
    const std::size_t second = most_within(timing_->all, std::chrono::seconds(1));
    std::ranges::sort(waits);
    fmt::print(
        "{:<10} {} messages in {:.0f} s; in the fullest second {} (limit {}), to one chat {} (limit {}), to a group in "
        "the fullest minute {} (limit {}); the engine answered somebody else in p50 {:.1f} ms, at most {:.1f} ms\n",
        platform_, timing_->all.size(), seconds, second, can.messages_per_second, chat_second,
        can.per_conversation_second, group_minute, can.per_group_minute, waits[waits.size() / 2], waits.back());
    const auto keeps = [](std::size_t count, double limit) { return limit <= 0 || double(count) <= limit; };
    return timing_->by_chat.size() >= static_cast<std::size_t>(people) && keeps(second, can.messages_per_second) &&
           keeps(chat_second, can.per_conversation_second) && keeps(group_minute, can.per_group_minute);
  }

  /// Everybody sends the same; the updates come in full batches. After each batch a contributor asks for something.
  void everybody(const char* name, std::int64_t people, UpdateKind kind, const std::string& text) {
    std::vector<double> waits;
    const auto begin = steady_clock::now();
    for (std::int64_t person = 0; person < people;) {
      Batch batch{.adapter = "telegram", .updates = {}, .cursor = std::to_string(++cursor_)};
      for (std::size_t i = 0; i < batch_size && person < people; ++i) {
        batch.updates.push_back(update(person++, kind, text));
      }
      engine_.submit(std::move(batch), [](bool) {});
      Batch one{.adapter = "telegram", .updates = {}, .cursor = std::to_string(++cursor_)};
      one.updates.push_back(update(-1, UpdateKind::message, "tasks P1"));
      const auto asked = steady_clock::now();
      engine_.submit(std::move(one), [](bool) {});
      while (engine_.cycle()) {
      }
      waits.push_back(std::chrono::duration<double, std::milli>(steady_clock::now() - asked).count());
      take_sent();
    }
    const double seconds = std::chrono::duration<double>(steady_clock::now() - begin).count();
    std::ranges::sort(waits);
    fmt::print(
        "{:<18} {:6.0f} people/s   others waited p50 {:6.1f} ms, at most {:6.1f} ms   {} answers in private, {} in "
        "the group\n",
        name, double(people) / seconds, waits[waits.size() / 2], waits.back(), private_, group_);
    private_ = group_ = 0;
  }

 private:
  Update update(std::int64_t person, UpdateKind kind, const std::string& text) {
    Update result;
    result.key = fmt::format("{}-bench", ++updates_);
    result.kind = kind;
    const bool joins = kind == UpdateKind::joined;
    result.place = {.adapter = platform_,
                    .workspace = "",
                    .conversation = joins ? "the-group" : fmt::format("with-{}", person),
                    .thread = "",
                    .is_private = !joins};
    result.from.id = fmt::format("newcomer-{}", person);
    result.from.name = fmt::format("Newcomer {}", person);
    result.text = text;
    result.addressed = !joins;
    result.message_id = result.key;
    return result;
  }

  void take_sent() {
    for (const auto& sent : adapter_.sent) (sent.to.is_private ? private_ : group_) += 1;
    adapter_.sent.clear();
  }

  storage::Connection open() {
    bench::prepare_database(folder_ / "bot.db", 0);
    storage::Connection opened(folder_ / "bot.db", storage::Connection::Mode::read_write);
    storage::migrate(opened, clock_.now());
    return opened;
  }

  std::string platform_;
  fakes::TemporaryFolder folder_;
  Config config_;
  Catalogue words_ = Catalogue::load(resources / "locales");
  Vocabulary vocabulary_{resources};
  matching::Pool pool_{matching::IncomeGroups::load(resources / "income_groups.json"), config_.matching};
  Router router_{config_, words_, vocabulary_, pool_, all_commands(), all_timers(), all_dialogues()};
  fakes::FakeClock clock_;
  Metrics metrics_;
  Readiness readiness_;
  fakes::RecordingAdapter adapter_{"telegram"};
  std::optional<TimingAdapter> timing_;
  storage::Connection db_ = open();
  Engine engine_{db_, router_, clock_, {[](LogLevel, std::string_view) {}, metrics_, readiness_}, {}};
  std::uint64_t updates_ = 0;
  std::uint64_t cursor_ = 0;
  std::int64_t private_ = 0;
  std::int64_t group_ = 0;
};

}  // namespace

int main(int count, char** arguments) {
  const std::int64_t people = count == 2 ? std::atoll(arguments[1]) : 10'000;
  Bench bench;
  bench.everybody("join the group", people, UpdateKind::joined, "");
  bench.everybody("say hello", people, UpdateKind::message, "/start");
  bench.everybody("agree", people, UpdateKind::button, "answer consent=yes");
  bench.everybody("language", people, UpdateKind::button, "answer languages=en");
  bench.everybody("skills, in words", people, UpdateKind::message, "data collection and some SPSS");
  bench.everybody("wishes", people, UpdateKind::button, "answer wants=skip");
  bench.everybody("hours", people, UpdateKind::button, "answer hours=2");
  bench.everybody("place, in words", people, UpdateKind::message, "Accra");
  bench.everybody("first time", people, UpdateKind::button, "answer first_timer=yes");

  // What the adapters tell the relay by their default settings; these two are never connected to anything.
  const Config config;
  const auto quiet = [](LogLevel, std::string_view) {};
  const Capabilities of_telegram = telegram::TelegramAdapter(config.telegram, quiet).capabilities();
  const bool telegram_kept = Bench("telegram", of_telegram).crowd(people, of_telegram);
  const Capabilities of_slack = slack::SlackAdapter(config.slack, nullptr, quiet).capabilities();
  const bool slack_kept = Bench("slack", of_slack).crowd(people, of_slack);
  return telegram_kept && slack_kept ? 0 : 1;
}
