#include "tests/scenario/world.h"

#include <array>
#include <optional>
#include <stdexcept>
#include <string_view>
#include <utility>

#include "bot/engine.h"
#include "bot/router.h"
#include "commands/all.h"
#include "commands/matching/pool.h"
#include "storage/jobs.h"
#include "storage/migrations.h"
#include "storage/sql.h"
#include "tests/fakes/recording_adapter.h"

namespace osrbot::scenario {
namespace {

constexpr std::array platforms = {"console", "slack", "telegram", "x"};
constexpr int most_rounds = 10'000;

}  // namespace

/// What dies with the program.
struct World::Process {
  Process(const std::filesystem::path& database, const std::filesystem::path& resources, const Config& config,
          const Catalogue& words, const Vocabulary& vocabulary, const Clock& clock, const Log& log)
      : db(database, storage::Connection::Mode::read_write),
        pool(matching::IncomeGroups::load(resources / "income_groups.json"), config.matching),
        router(config, words, vocabulary, pool, all_commands(), all_timers(), all_dialogues()),
        engine((storage::migrate(db, clock.now()), db), router, clock, {log, metrics, readiness}, {}) {
    pool.build_in_background(database);
    pool.wait();
    for (const std::string platform : platforms) {
      Capabilities can{.buttons = true, .files = true, .private_messages = true, .sends_in_flight = 8};
      if (platform == "x") {
        can.buttons = can.files = false;
        can.is_public = can.publishes = can.pictures = true;
        can.reply_page = "https://x.com/intent/post?in_reply_to={post}&text={text}";
      }
      router.add_platform(platform, can);
      adapters.push_back(std::make_unique<fakes::RecordingAdapter>(platform, can));
      adapters.back()->answers_at_once = false;
      engine.add_relay(*adapters.back(), {});
    }
  }

  Metrics metrics;
  Readiness readiness;
  storage::Connection db;
  matching::Pool pool;
  Router router;
  std::vector<std::unique_ptr<fakes::RecordingAdapter>> adapters;
  Engine engine;
};

World::World(const std::filesystem::path& folder, const std::filesystem::path& resources)
    : database_(folder / "osrbot.db"),
      resources_(resources),
      words_(Catalogue::load(resources / "locales")),
      vocabulary_(resources) {
  start();
}

World::~World() = default;

void World::start() {
  const Log log = [this](LogLevel level, std::string_view text) {
    if (level == LogLevel::error) failures_.emplace_back(text);
  };
  process_ = std::make_unique<Process>(database_, resources_, config_, words_, vocabulary_, clock_, log);
  work();
}

void World::kill() {
  process_.reset();
  start();
}

void World::stay_away(std::chrono::seconds time) {
  process_.reset();
  clock_.advance(time);
  start();
}

void World::happens(Update update) {
  std::optional<bool> acknowledged;
  const std::string adapter = update.place.adapter;
  process_->engine.submit({.adapter = adapter, .updates = {std::move(update)}, .cursor = ""},
                          [&](bool committed) { acknowledged = committed; });
  work();
  if (acknowledged != true) throw std::runtime_error("the bot did not acknowledge an update");
}

void World::work() {
  for (int round = 0; round < most_rounds; ++round) {
    const bool worked = process_->engine.cycle();
    if (std::exchange(dies_before_answering_, false)) return kill();
    const bool sent = send_and_receive();
    if (!worked && !sent) return;
  }
  throw std::runtime_error("the bot does not come to rest");
}

bool World::send_and_receive() {
  bool any = false;
  for (const auto& adapter : process_->adapters) {
    const std::string platform(adapter->name());
    while (!adapter->in_flight.empty()) {
      any = true;
      const OutboundMessage& message = adapter->in_flight.front().first;
      if (down_.contains(platform)) {
        adapter->answer(RetryLater{.after = std::chrono::minutes(1), .why = "down"});
      } else if (const auto found = unreachable_.find(platform + " " + message.to.conversation);
                 found != unreachable_.end()) {
        adapter->answer(Rejected{.why = "blocked", .unreachable = true, .obstacle = found->second});
      } else {
        const std::string id = "bot-" + std::to_string(++messages_);
        Said said{.to = message.to, .message = message.message, .message_id = id, .reply_to = message.reply_to};
        address_commands(said.message, platform == "slack" ? "/osr " : "/");
        said_.push_back(std::move(said));
        adapter->answer(Sent{id});
      }
    }
  }
  return any;
}

void World::advance(std::chrono::seconds by) {
  const auto target = clock_.now() + by;
  while (clock_.now() < target) {
    auto next = target;
    if (const auto due = storage::jobs::next_due(process_->db); due && *due > clock_.now()) next = std::min(next, *due);
    for (const auto& relay : process_->engine.relays()) {
      const auto ready = relay->next_ready(clock_.steady());
      if (!ready) continue;
      const auto wait = std::chrono::ceil<std::chrono::seconds>(*ready - clock_.steady());
      next = std::min(next, clock_.now() + std::max(wait, std::chrono::seconds(1)));
    }
    clock_.advance(next - clock_.now());
    work();
  }
}

void World::set_down(const std::string& platform, bool down) {
  if (down) {
    down_.insert(platform);
  } else {
    down_.erase(platform);
  }
}

void World::cannot_reach(const std::string& platform, const std::string& conversation, Obstacle why) {
  unreachable_[platform + " " + conversation] = why;
}

void World::can_reach(const std::string& platform, const std::string& conversation) {
  unreachable_.erase(platform + " " + conversation);
}

storage::Connection& World::db() {
  return process_->db;
}

std::vector<Said> World::take_said() {
  return std::exchange(said_, {});
}

std::vector<std::string> World::take_failures() {
  return std::exchange(failures_, {});
}

}  // namespace osrbot::scenario
