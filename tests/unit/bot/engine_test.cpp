#include "bot/engine.h"

#include <functional>
#include <stdexcept>
#include <thread>

#include <doctest/doctest.h>
#include <fmt/format.h>

#include "bot/mark.h"
#include "storage/jobs.h"
#include "storage/migrations.h"
#include "storage/outbox.h"
#include "storage/updates.h"
#include "tests/fakes/fake_clock.h"
#include "tests/fakes/recording_adapter.h"
#include "tests/fakes/temporary_folder.h"

using namespace osrbot;
using fakes::FakeClock;
using fakes::RecordingAdapter;
using fakes::TemporaryFolder;
using storage::Connection;

namespace {

/// Answers every update with its own text; "throw" throws, "chatter" is nobody's business.
class Echo final : public UpdateHandler {
 public:
  bool concerns(const Update& update) const override { return update.text != "chatter"; }

  void handle(const Update& update, Connection& db, std::chrono::sys_seconds now) override {
    ++handled;
    if (const auto work = std::exchange(meanwhile, {})) work();
    say(update, db, update.text, now);
    if (update.text == "throw") throw std::runtime_error("handler broke");
  }

  Outgoing* outgoing() override { return &outgoing_; }
  void committed(Connection&) override {}

  void apologise(const Update& update, Connection& db, std::chrono::sys_seconds now) override {
    say(update, db, "sorry " + update.key, now);
  }

  int handled = 0;
  std::function<void()> meanwhile;  ///< happens while the next update is handled

 private:
  void say(const Update& update, Connection& db, const std::string& text, std::chrono::sys_seconds now) {
    Message message{.blocks = {{.spans = {{.text = text}}}}, .buttons = {}};
    const std::string conversation = update.place.conversation.empty() ? "room" : update.place.conversation;
    const auto id = storage::outbox::enqueue(db, {.adapter = "fake", .conversation = conversation}, "",
                                             to_json(message), update.key, now);
    outgoing_.keep(id, {.message = std::move(message), .queued_at = now});
  }

  Outgoing outgoing_;
};

Update update(std::string key, std::string text) {
  Update result;
  result.key = std::move(key);
  result.place.adapter = "fake";
  result.place.conversation = "room";
  result.text = std::move(text);
  return result;
}

struct Pipeline {
  TemporaryFolder folder;
  Connection db{folder / "bot.db", Connection::Mode::read_write};
  FakeClock clock;
  Echo echo;
  std::vector<std::string> log;
  RecordingAdapter adapter{"fake"};
  Metrics metrics;
  Readiness readiness;
  std::unique_ptr<Engine> engine;
  Engine::Options options;

  Pipeline() {
    storage::migrate(db, clock.now());
    start();
  }

  /// As after a restart: everything that was only in memory is new.
  void start() {
    adapter.sent.clear();
    const Log to_log = [this](LogLevel, std::string_view line) { log.emplace_back(line); };
    engine = std::make_unique<Engine>(db, echo, clock, Engine::Observers{to_log, metrics, readiness}, options);
    engine->add_relay(adapter, {.seed = 1});
  }

  void submit(std::vector<Update> updates, std::string cursor = "") {
    engine->submit({.adapter = "fake", .updates = std::move(updates), .cursor = std::move(cursor)},
                   [this](bool committed) { answers.push_back(committed); });
  }

  void settle() {
    while (engine->cycle()) {
    }
  }

  std::vector<std::string> said() const {
    std::vector<std::string> result;
    for (const OutboundMessage& message : adapter.sent) result.push_back(plain_text(message.message));
    return result;
  }

  std::vector<bool> answers;
};

using Texts = std::vector<std::string>;

}  // namespace

TEST_CASE("a batch is acknowledged after its commit, with its cursor stored and its replies sent") {
  Pipeline bot;
  bot.submit({update("1", "hello"), update("2", "chatter"), update("3", "again")}, "cursor-3");
  CHECK(bot.answers.empty());
  bot.settle();
  CHECK(bot.answers == std::vector{true});
  CHECK(storage::updates::cursor(bot.db, "fake") == "cursor-3");
  CHECK(bot.said() == Texts{"hello", "again"});
  CHECK(bot.db.number("SELECT COUNT(*) FROM outbox WHERE state = 'sent'") == 2);
}

TEST_CASE("what comes in while a batch is applied joins its transaction, up to the transaction's size") {
  Pipeline bot;
  const std::vector<Update> many(Engine::Options().batch_size, update("3", "much"));
  bot.echo.meanwhile = [&] {
    bot.submit({update("2", "joins")}, "cursor-2");
    bot.submit(many);
  };
  bot.submit({update("1", "hello")}, "cursor-1");
  bot.engine->cycle();
  CHECK(bot.answers == std::vector{true, true});
  CHECK(storage::updates::cursor(bot.db, "fake") == "cursor-2");
  bot.settle();
  CHECK(bot.answers == std::vector{true, true, true});
  CHECK(bot.said() == Texts{"hello", "joins", "much"});
}

TEST_CASE("a part of a batch is not waited for, and is durable when the rest is") {
  Pipeline bot;
  CHECK(bot.engine->deliver(
      {.adapter = "fake", .updates = {update("1", "one")}, .cursor = "cursor-1", .unfinished = true}));
  CHECK(bot.echo.handled == 0);
  CHECK(bot.engine->deliver(
      {.adapter = "fake", .updates = {update("c", "chatter")}, .cursor = "cursor-c", .unfinished = true}));
  bot.submit({update("2", "two")}, "cursor-2");
  bot.settle();
  CHECK(bot.answers == std::vector{true});
  CHECK(storage::updates::cursor(bot.db, "fake") == "cursor-2");
  CHECK(bot.said() == Texts{"one", "two"});
  CHECK(bot.metrics.counter("osrbot_updates_received_total", "").value() == 3);
  std::stop_source stop;
  stop.request_stop();
  bot.engine->run(stop.get_token(), std::chrono::milliseconds(0));
  CHECK_FALSE(bot.engine->deliver({.adapter = "fake", .updates = {update("3", "three")}, .unfinished = true}));
}

TEST_CASE("a transaction waits a little for the rest of an unfinished batch, and no longer than that") {
  Pipeline bot;
  bot.options.rest_pause = std::chrono::seconds(10);
  bot.start();
  std::jthread rest;
  bot.echo.meanwhile = [&] { rest = std::jthread([&] { bot.submit({update("2", "two")}, "cursor-2"); }); };
  CHECK(bot.engine->deliver({.adapter = "fake", .updates = {update("1", "one")}, .unfinished = true}));
  CHECK(bot.engine->cycle());
  CHECK(bot.echo.handled == 2);
  CHECK(bot.answers == std::vector{true});
  bot.options.rest_pause = std::chrono::milliseconds(1);
  bot.start();
  CHECK(bot.engine->deliver({.adapter = "fake", .updates = {update("3", "three")}, .unfinished = true}));
  CHECK(bot.engine->cycle());
  CHECK(bot.db.number("SELECT COUNT(*) FROM seen_updates") == 3);
}

TEST_CASE("chatter leaves no row") {
  Pipeline bot;
  bot.submit({update("1", "chatter"), update("2", "chatter")});
  bot.settle();
  CHECK(bot.db.number("SELECT COUNT(*) FROM seen_updates") == 0);
  CHECK(bot.db.number("SELECT COUNT(*) FROM outbox") == 0);
}

TEST_CASE("an update that comes again is applied once, after a restart too") {
  Pipeline bot;
  bot.submit({update("1", "hello"), update("1", "hello")});
  bot.settle();
  CHECK(bot.echo.handled == 1);
  bot.start();
  bot.submit({update("1", "hello")});
  bot.settle();
  CHECK(bot.echo.handled == 1);
  CHECK(bot.metrics.counter("osrbot_updates_duplicate_total", "").value() == 2);
  CHECK(bot.said().empty());
}

TEST_CASE("a handler that fails undoes only itself, is kept as a dead letter, and the sender hears") {
  Pipeline bot;
  bot.submit({update("1", "before"), update("2", "throw"), update("3", "after")});
  bot.settle();
  CHECK(bot.answers == std::vector{true});
  CHECK(bot.said() == Texts{"before", "sorry " + mark_of("2"), "after"});
  const auto letter = bot.db.one("SELECT update_key, error FROM dead_letters", {},
                                 [](const storage::Row& row) { return row.text(0) + ": " + row.text(1); });
  CHECK(letter == mark_of("2") + ": handler broke");
  bot.start();
  bot.submit({update("2", "throw")});
  bot.settle();
  CHECK(bot.said().empty());
}

TEST_CASE("while the disk is full nothing is acknowledged or sent, and when there is room everything is, once") {
  Pipeline bot;
  bot.submit({update("0", "first")});
  bot.settle();
  const std::int64_t pages = bot.db.number("PRAGMA page_count");
  bot.db.run(fmt::format("PRAGMA max_page_count = {}", pages + 1));
  const std::string large(20'000, 'x');
  bot.submit({update("1", "small"), update("2", large)});
  for (int attempt = 0; attempt < 3; ++attempt) CHECK_THROWS_AS(bot.engine->cycle(), storage::Error);
  CHECK(bot.answers == std::vector{true});
  CHECK(bot.said() == Texts{"first"});

  bot.db.run("PRAGMA max_page_count = 100000");
  bot.settle();
  CHECK(bot.answers == std::vector{true, true});
  CHECK(bot.said() == Texts{"first", "small", large});
  CHECK(bot.db.number("SELECT COUNT(*) FROM outbox WHERE state = 'sent'") == 3);
}

TEST_CASE("a result that comes while the database fails is written when it works again, and nothing is sent twice") {
  Pipeline bot;
  bot.adapter.answers_at_once = false;
  bot.submit({update("1", "one")});
  bot.settle();
  bot.submit({update("2", "two")});
  bot.settle();
  REQUIRE(bot.said() == Texts{"one"});
  bot.adapter.answer(Sent{"m1"});
  Connection other(bot.folder / "bot.db", Connection::Mode::read_write);
  {
    // Another program holds the write lock for longer than the bot waits.
    bot.db.run("PRAGMA busy_timeout = 1");
    const storage::Transaction held(other);
    CHECK_THROWS_AS(bot.engine->cycle(), storage::Error);
  }
  bot.settle();
  CHECK(bot.said() == Texts{"one", "two"});
  bot.adapter.answer(Sent{"m2"});
  bot.settle();
  CHECK(bot.db.number("SELECT COUNT(*) FROM outbox WHERE state = 'sent'") == 2);
  CHECK(bot.said().size() == 2);
}

TEST_CASE("a job happens once, at its time or as soon as the bot is back") {
  Pipeline bot;
  storage::jobs::plan(bot.db, "greet", "job-1", bot.clock.now() + std::chrono::hours(1));
  bot.settle();
  CHECK(bot.echo.handled == 0);
  bot.clock.advance(std::chrono::hours(48));
  bot.settle();
  bot.settle();
  CHECK(bot.echo.handled == 1);
  CHECK(bot.said() == Texts{"greet"});
  CHECK(bot.db.number("SELECT COUNT(*) FROM jobs") == 0);
}

TEST_CASE("a job whose handling fails is tried again in an hour, with what it had been given") {
  Pipeline bot;
  storage::jobs::plan(bot.db, "throw", "job-1@home", bot.clock.now(), R"({"person":7})");
  bot.settle();
  CHECK(bot.echo.handled == 1);
  CHECK(bot.db.number("SELECT COUNT(*) FROM dead_letters") == 1);
  const auto again = storage::jobs::due(bot.db, bot.clock.now() + std::chrono::hours(1), 10);
  REQUIRE(again.size() == 1);
  CHECK(again[0].due_at == bot.clock.now() + std::chrono::hours(1));
  CHECK(again[0].kind == "throw");
  CHECK(again[0].unique_key == "job-1@home");
  CHECK(again[0].payload == R"({"person":7})");
  bot.clock.advance(std::chrono::hours(1));
  bot.settle();
  CHECK(bot.echo.handled == 2);
}

TEST_CASE("messages left by a crash are sent after the restart, in order") {
  Pipeline bot;
  bot.adapter.answers_at_once = false;
  bot.submit({update("1", "in flight at the crash"), update("2", "still queued")});
  bot.settle();
  CHECK(bot.said() == Texts{"in flight at the crash"});
  bot.adapter.in_flight.clear();
  bot.adapter.answers_at_once = true;
  bot.start();
  bot.settle();
  CHECK(bot.said() == Texts{"in flight at the crash", "still queued"});
  CHECK(bot.db.number("SELECT COUNT(*) FROM outbox WHERE state <> 'sent'") == 0);
}

TEST_CASE("a running engine finishes what it has and sends it before it stops, and refuses what comes after") {
  Pipeline bot;
  std::jthread thread([&](std::stop_token stop) { bot.engine->run(stop, std::chrono::seconds(10)); });
  CHECK(bot.engine->deliver({.adapter = "fake", .updates = {update("1", "hello")}, .cursor = "7"}));
  std::int64_t people = -1;
  bot.engine->with_database([&](Connection& db) { people = db.number("SELECT COUNT(*) FROM people"); });
  CHECK(people == 0);
  thread.request_stop();
  thread.join();
  CHECK_FALSE(bot.engine->deliver({.adapter = "fake", .updates = {update("2", "too late")}, .cursor = "8"}));
  CHECK_THROWS_AS(bot.engine->with_database([](Connection&) {}), std::runtime_error);
  CHECK(bot.said() == Texts{"hello"});
  CHECK(storage::updates::cursor(bot.db, "fake") == "7");
}

TEST_CASE("stopping while the database is out of order refuses what is not applied") {
  Pipeline bot;
  bot.db.run("PRAGMA busy_timeout = 1");
  Connection other(bot.folder / "bot.db", Connection::Mode::read_write);
  bool committed = true;
  {
    const storage::Transaction held(other);
    std::jthread thread([&](std::stop_token stop) { bot.engine->run(stop, std::chrono::seconds(0)); });
    std::jthread receiver(
        [&] { committed = bot.engine->deliver({.adapter = "fake", .updates = {update("1", "hello")}, .cursor = ""}); });
    while (bot.readiness.reasons().empty()) std::this_thread::yield();
    thread.request_stop();
    receiver.join();
  }
  CHECK_FALSE(committed);
  CHECK(bot.db.number("SELECT COUNT(*) FROM seen_updates") == 0);
}

TEST_CASE("whoever waits for a database out of order is let go when the program is about to end") {
  Pipeline bot;
  bot.db.run("PRAGMA busy_timeout = 1");
  Connection other(bot.folder / "bot.db", Connection::Mode::read_write);
  const storage::Transaction held(other);
  std::jthread thread([&](std::stop_token stop) { bot.engine->run(stop, std::chrono::seconds(0)); });
  std::jthread first(
      [&] { CHECK_FALSE(bot.engine->deliver({.adapter = "fake", .updates = {update("1", "hello")}, .cursor = ""})); });
  while (bot.readiness.reasons().empty()) std::this_thread::yield();
  bot.engine->wait_no_longer();
  first.join();
  CHECK_FALSE(bot.engine->deliver({.adapter = "fake", .updates = {update("2", "too late")}, .cursor = ""}));
}

TEST_CASE("whoever ends the program while the database is well loses nothing that was handed in") {
  Pipeline bot;
  std::jthread thread([&](std::stop_token stop) { bot.engine->run(stop, std::chrono::seconds(10)); });
  bot.engine->wait_no_longer();
  CHECK(bot.engine->deliver({.adapter = "fake", .updates = {update("1", "hello")}, .cursor = ""}));
}

TEST_CASE("what the platform's limit holds back goes out when its time has come") {
  Pipeline bot;
  bot.clock.tick = std::chrono::nanoseconds(1);
  RecordingAdapter slow("slow", {.sends_in_flight = 8, .messages_per_second = 30, .per_conversation_second = 1});
  bot.engine->add_relay(slow, {.seed = 1});
  for (int i = 0; i < 12; ++i) {
    storage::outbox::enqueue(bot.db, {.adapter = "slow", .conversation = std::to_string(i)}, "",
                             to_json({.blocks = {{.spans = {{.text = "hello"}}}}, .buttons = {}}), "u",
                             bot.clock.now());
  }
  bot.settle();
  CHECK(slow.sent.size() < 12);
  for (int tenth = 0; tenth < 5; ++tenth) {
    bot.clock.advance(std::chrono::milliseconds(100));
    bot.settle();
  }
  CHECK(slow.sent.size() == 12);
}
