#include "bot/relay.h"

#include <algorithm>

#include <doctest/doctest.h>
#include <fmt/format.h>

#include "storage/conversations.h"
#include "storage/forgetting.h"
#include "storage/migrations.h"
#include "storage/outbox.h"
#include "storage/people.h"
#include "storage/projects.h"
#include "tests/fakes/fake_clock.h"
#include "tests/fakes/recording_adapter.h"
#include "tests/fakes/temporary_folder.h"

using namespace osrbot;
using fakes::FakeClock;
using fakes::RecordingAdapter;
using fakes::TemporaryFolder;
using std::chrono::milliseconds;
using std::chrono::seconds;

namespace {

using Texts = std::vector<std::string>;

struct Way {
  TemporaryFolder folder;
  storage::Connection db{folder / "bot.db", storage::Connection::Mode::read_write};
  FakeClock clock;
  RecordingAdapter adapter;
  Metrics metrics;
  Relay relay;

  explicit Way(Capabilities can)
      : adapter("fake", can),
        relay(
            adapter, clock, [](LogLevel, std::string_view) {}, metrics, [] {}, {.seed = 7}) {
    storage::migrate(db, clock.now());
  }

  void enqueue(const std::string& conversation, const std::string& text, bool is_private = false,
               std::vector<std::vector<Button>> buttons = {}, std::string_view thread = "",
               std::string_view reply_to = "") {
    const Message message{.blocks = {{.spans = {{.text = text}}}}, .buttons = std::move(buttons)};
    storage::outbox::enqueue(
        db, {.adapter = "fake", .conversation = conversation, .thread = thread, .is_private = is_private}, reply_to,
        to_json(message), "u", clock.now());
  }

  /// A cycle that the disk has no room for.
  void failing_turn() {
    storage::Transaction transaction(db);
    relay.exchange(db);
    relay.rolled_back();
  }

  void turn() {
    storage::Transaction transaction(db);
    relay.exchange(db);
    transaction.commit();
    relay.committed();
  }

  Texts sent() const {
    Texts result;
    for (const OutboundMessage& one : adapter.sent) {
      std::string text = plain_text(one.message);
      for (std::size_t at; (at = text.find("\n\n")) != std::string::npos;) text.replace(at, 2, "|");
      result.push_back(one.to.conversation + ": " + text);
    }
    return result;
  }

  std::int64_t count(const char* state) { return db.number("SELECT COUNT(*) FROM outbox WHERE state = ?", {state}); }
};

}  // namespace

TEST_CASE("conversations are served side by side, each in its order") {
  Way way({.sends_in_flight = 8});
  way.adapter.answers_at_once = false;
  way.enqueue("a", "a1");
  way.enqueue("a", "a2");
  way.enqueue("b", "b1");
  way.turn();
  CHECK(way.sent() == Texts{"a: a1", "b: b1"});
  CHECK(way.count("sending") == 2);
  way.turn();
  CHECK(way.sent().size() == 2);
  way.adapter.answer(Sent{"1"});
  way.turn();
  CHECK(way.sent() == Texts{"a: a1", "b: b1", "a: a2"});
}

TEST_CASE("no more sends are in flight than the platform allows") {
  Way way({.sends_in_flight = 2});
  way.adapter.answers_at_once = false;
  for (const char* room : {"a", "b", "c"}) way.enqueue(room, "hello");
  way.turn();
  CHECK(way.sent().size() == 2);
  way.adapter.answer(Sent{"1"});
  way.turn();
  CHECK(way.sent() == Texts{"a: hello", "b: hello", "c: hello"});
}

TEST_CASE("a delayed conversation is repeated at its time and holds up no other") {
  Way way({.sends_in_flight = 8});
  way.adapter.answers_at_once = false;
  way.enqueue("a", "a1");
  way.enqueue("a", "a2");
  way.turn();
  way.adapter.answer(RetryLater{.after = seconds(30), .why = "429"});
  way.enqueue("b", "b1");
  way.turn();
  CHECK(way.sent() == Texts{"a: a1", "b: b1"});
  CHECK(way.relay.next_ready(way.clock.steady()) == way.clock.steady() + seconds(30));
  way.clock.advance(milliseconds(29'999));
  way.turn();
  CHECK(way.sent().size() == 2);
  way.clock.advance(milliseconds(1));
  way.turn();
  CHECK(way.sent() == Texts{"a: a1", "b: b1", "a: a1"});
  CHECK(way.adapter.sent[0].id == way.adapter.sent[2].id);
}

TEST_CASE("without a time from the platform the waits grow, and a message is given up in the end") {
  Way way({.sends_in_flight = 1});
  way.adapter.answers_at_once = false;
  way.enqueue("a", "a1");
  way.turn();
  milliseconds last{0};
  int attempts = 1;
  while (way.count("failed") == 0) {
    REQUIRE(++attempts < 10'000);
    way.adapter.answer(RetryLater{.why = "connection refused"});
    way.turn();
    if (way.count("failed") > 0) break;
    const auto wait = std::chrono::ceil<milliseconds>(*way.relay.next_ready(way.clock.steady()) - way.clock.steady());
    CHECK(wait <= seconds(60));
    if (attempts <= 5) CHECK(wait > last * 0.9);
    last = wait;
    way.clock.advance(wait);
    way.turn();
  }
  CHECK(attempts > 1000);  // two days at a minute each
  CHECK(way.relay.idle());
}

TEST_CASE("what the platform holds back on purpose is not given up, and goes out weeks later") {
  Way way({.sends_in_flight = 1});
  way.adapter.answers_at_once = false;
  way.enqueue("a", "a1");
  way.turn();
  for (int day = 0; day < 30; ++day) {
    way.adapter.answer(RetryLater{.after = std::chrono::hours(24), .why = "no budget", .held = true});
    way.turn();
    way.clock.advance(std::chrono::hours(24));
    way.turn();
  }
  CHECK(way.count("failed") == 0);
  way.adapter.answer(Sent{"1"});
  way.turn();
  CHECK(way.count("sent") == 1);
}

TEST_CASE("where everybody reads, coordinators hear that people got no answer, once for several") {
  for (const bool is_public : {false, true}) {
    Way way({.is_public = is_public, .sends_in_flight = 2});
    way.adapter.answers_at_once = false;
    way.enqueue("a", "a1");
    way.enqueue("b", "b1");
    way.turn();
    way.clock.advance(std::chrono::hours(49));
    for (int i = 0; i < 2; ++i) way.adapter.answer(RetryLater{.why = "no budget"});
    way.turn();
    CHECK(way.count("failed") == 2);
    CHECK(way.db.number("SELECT COUNT(*) FROM jobs WHERE kind = 'unanswered'") == (is_public ? 1 : 0));
  }
}

TEST_CASE("what waits for a busy conversation is merged, up to buttons, another thread, or the size") {
  Way way({.buttons = true, .sends_in_flight = 8, .merge_bytes = 400});
  way.adapter.answers_at_once = false;
  way.enqueue("a", "first");
  way.turn();
  way.enqueue("a", "one");
  way.enqueue("a", "two", false, {{{.label = "Yes", .command = "yes", .url = ""}}});
  way.enqueue("a", "three");
  way.enqueue("a", "four", false, {}, "topic");
  way.enqueue("a", std::string(390, 'x'), false, {}, "topic");
  for (int i = 0; i < 6; ++i) {
    if (!way.adapter.in_flight.empty()) way.adapter.answer(Sent{"m"});
    way.turn();
  }
  CHECK(way.sent() == Texts{"a: first", "a: one|two", "a: three", "a: four", "a: " + std::string(390, 'x')});
  CHECK(way.count("sent") == 6);
  CHECK(way.metrics.counter("osrbot_messages_merged_total", "", {{"adapter", "fake"}}).value() == 1);
}

TEST_CASE("what has buttons is merged too when one sees what each of them is about") {
  Way way({.buttons = true, .sends_in_flight = 8, .merge_bytes = 4000});
  way.adapter.answers_at_once = false;
  way.enqueue("a", "busy");
  way.turn();
  way.enqueue("a", "one", false, {{{.label = "T1 is done", .command = "done T1", .url = ""}}});
  way.enqueue("a", "two", false, {{{.label = "T2 is done", .command = "done T2", .url = ""}}});
  way.enqueue("a", "three", false, {{{.label = "Yes", .command = "yes", .url = ""}}});
  way.enqueue("a", "four");
  for (int i = 0; i < 4; ++i) {
    if (!way.adapter.in_flight.empty()) way.adapter.answer(Sent{"m"});
    way.turn();
  }
  CHECK(way.sent() == Texts{"a: busy", "a: one|two|three", "a: four"});
  CHECK(way.adapter.sent[1].message.buttons.size() == 3);
}

TEST_CASE("where everybody reads along, only what answers the same post is merged, buttons being words there") {
  Way way({.is_public = true, .sends_in_flight = 8, .merge_bytes = 400});
  way.adapter.answers_at_once = false;
  way.enqueue("a", "busy");
  way.turn();
  way.enqueue("a", "one", false, {{{.label = "Yes", .command = "yes", .url = ""}}}, "", "post 1");
  way.enqueue("a", "two", false, {}, "", "post 1");
  way.enqueue("a", "three", false, {}, "", "post 2");
  way.enqueue("a", "four");
  way.enqueue("a", "five");
  for (int i = 0; i < 6; ++i) {
    if (!way.adapter.in_flight.empty()) way.adapter.answer(Sent{"m"});
    way.turn();
  }
  CHECK(way.sent() == Texts{"a: busy", "a: one|two", "a: three", "a: four", "a: five"});
  CHECK(way.adapter.sent[1].reply_to == "post 1");
}

TEST_CASE("messages that were merged go together again when they are repeated") {
  Way way({.sends_in_flight = 8, .merge_bytes = 4000});
  way.adapter.answers_at_once = false;
  way.enqueue("a", "one");
  way.enqueue("a", "two");
  way.turn();
  way.adapter.answer(RetryLater{.after = seconds(1), .why = "500"});
  way.turn();
  way.enqueue("a", "three");
  way.clock.advance(seconds(1));
  way.turn();
  CHECK(way.sent() == Texts{"a: one|two", "a: one|two"});
  way.adapter.answer(Sent{"m"});
  way.turn();
  CHECK(way.sent().back() == "a: three");
}

TEST_CASE("a busy group gets 20 messages in any minute, with everything that was to be said in them") {
  Way way({.sends_in_flight = 8, .per_conversation_second = 1, .per_group_minute = 20, .merge_bytes = 100'000});
  std::vector<FakeClock> sent_at;
  for (int tick = 0; tick < 1800; ++tick) {  // three minutes, a message each tenth of a second
    way.enqueue("group", fmt::format("message {}", tick));
    way.turn();
    while (sent_at.size() < way.adapter.sent.size()) sent_at.push_back(way.clock);
    way.turn();
    way.clock.advance(milliseconds(100));
  }
  for (std::size_t i = 20; i < sent_at.size(); ++i) {
    CHECK(sent_at[i].steady() - sent_at[i - 20].steady() >= std::chrono::minutes(1));
  }
  way.clock.advance(seconds(10));
  way.turn();
  std::string everything;
  for (const std::string& text : way.sent()) everything += text + "|";
  for (int tick = 0; tick < 1800; ++tick) CHECK(everything.contains(fmt::format("message {}|", tick)));
}

TEST_CASE("never more goes to a platform within a second than it takes, from the first second on") {
  Way way({.sends_in_flight = 64, .messages_per_second = 30});
  for (int i = 0; i < 200; ++i) way.enqueue(fmt::format("chat {}", i), "hello");
  std::vector<FakeClock> sent_at;
  for (int tick = 0; tick < 1000 && sent_at.size() < 200; ++tick) {
    way.turn();
    while (sent_at.size() < way.adapter.sent.size()) sent_at.push_back(way.clock);
    way.clock.advance(milliseconds(10));
  }
  REQUIRE(sent_at.size() == 200);
  for (std::size_t i = 30; i < sent_at.size(); ++i) {
    CHECK(sent_at[i].steady() - sent_at[i - 30].steady() >= seconds(1));
  }
  CHECK(sent_at.back().steady() - sent_at.front().steady() < seconds(9));
}

TEST_CASE("a message that cannot be read is given up, and the next one goes on") {
  Way way({.sends_in_flight = 1});
  storage::outbox::enqueue(way.db, {.adapter = "fake", .conversation = "a"}, "", R"({"poem": 1})", "u",
                           way.clock.now());
  way.enqueue("a", "hello");
  way.turn();
  way.turn();
  CHECK(way.sent() == Texts{"a: hello"});
  CHECK(way.count("failed") == 1);
}

TEST_CASE("what was said is sent without being read back, and never for another message") {
  Way way({.sends_in_flight = 8});
  Outgoing outgoing;
  const auto keep = [&](std::int64_t id, const char* text) {
    outgoing.keep(id, {.message = {.blocks = {{.spans = {{.text = text}}}}, .buttons = {}}});
  };
  way.enqueue("a", "in the outbox");
  keep(1, "undone");
  keep(1, "in memory");
  keep(2, "undone, and nothing came in its place");
  storage::Transaction transaction(way.db);
  way.relay.exchange(way.db, &outgoing);
  transaction.commit();
  way.relay.committed();
  CHECK(way.sent() == Texts{"a: in memory"});
}

TEST_CASE("of long messages nothing is kept") {
  Outgoing outgoing;
  outgoing.keep(1, {.thread = "undone"});
  outgoing.keep(1, {.bytes = 1'000'000});
  CHECK_FALSE(outgoing.take(1).has_value());
}

TEST_CASE("of a crowd of messages those are kept that go first") {
  Outgoing outgoing;
  for (std::int64_t id = 1; id <= 1'000; ++id) outgoing.keep(id, {.thread = std::to_string(id)});
  std::int64_t next = 1;
  for (auto one = outgoing.take(next); one; one = outgoing.take(next)) {
    CHECK(one->thread == std::to_string(next));
    ++next;
  }
  CHECK(next > 100);
  for (std::int64_t id = next; id <= 1'000; ++id) CHECK_FALSE(outgoing.take(id).has_value());
}

TEST_CASE("what nobody asks for makes room in time") {
  Outgoing outgoing;
  for (std::int64_t id = 1; id <= 1'000; ++id) outgoing.keep(id, {.thread = "of a conversation that is lost"});
  bool is_found = false;
  for (std::int64_t id = 1'001; id <= 10'000; ++id) {
    outgoing.keep(id, {.thread = "new"});
    is_found = outgoing.take(id).has_value();
  }
  CHECK(is_found);
  CHECK_FALSE(outgoing.take(1).has_value());
}

TEST_CASE("a refusal is final, and the next message goes on") {
  Way way({.sends_in_flight = 8});
  way.adapter.answers_at_once = false;
  way.enqueue("a", "bad");
  way.enqueue("a", "good");
  way.turn();
  way.adapter.answer(Rejected{.why = "400"});
  way.turn();
  CHECK(way.sent() == Texts{"a: bad", "a: good"});
  CHECK(way.count("failed") == 1);
}

TEST_CASE("whoever cannot be reached is not written to again") {
  Way way({.sends_in_flight = 8});
  way.adapter.answers_at_once = false;
  const auto ana = storage::people::recognise(way.db, {.adapter = "fake", .user_id = "1", .name = "Ana", .direct = "a"},
                                              way.clock.now());
  CHECK(storage::people::direct_conversation(way.db, ana.id, "fake"));
  way.enqueue("a", "one", true);
  way.enqueue("a", "two", true);
  way.turn();
  way.adapter.answer(Rejected{.why = "403 blocked by the user", .unreachable = true});
  way.turn();
  CHECK(way.sent() == Texts{"a: one"});
  CHECK(way.count("failed") == 1);
  CHECK(way.count("cancelled") == 1);
  CHECK(way.relay.waiting() == 0);
  CHECK_FALSE(storage::people::direct_conversation(way.db, ana.id, "fake"));
}

TEST_CASE("a conversation with a new id gets everything there, in order, and stays the project's home") {
  Way way({.sends_in_flight = 8});
  way.adapter.answers_at_once = false;
  const auto ana =
      storage::people::recognise(way.db, {.adapter = "fake", .user_id = "1", .name = "Ana"}, way.clock.now());
  const auto project = storage::projects::create(way.db, "Study", ana.id, way.clock.now());
  storage::conversations::bind(way.db, {"fake", "", "old"}, "", project.id, way.clock.now());
  for (const char* text : {"one", "two"}) way.enqueue("old", text);
  way.turn();
  way.adapter.answer(Moved{.conversation = "new"});
  for (int i = 0; i < 3; ++i) {
    way.turn();
    if (!way.adapter.in_flight.empty()) way.adapter.answer(Sent{"m"});
  }
  CHECK(way.sent() == Texts{"old: one", "new: one", "new: two"});
  CHECK(storage::conversations::project_of(way.db, {"fake", "", "new"}, "") == project.id);
  CHECK_FALSE(storage::conversations::project_of(way.db, {"fake", "", "old"}, ""));
}

TEST_CASE("a conversation that has moved says nothing twice, even if the news could not be written at first") {
  Way way({.sends_in_flight = 8, .merge_bytes = 1000});
  way.adapter.answers_at_once = false;
  way.enqueue("old", "hello");
  way.turn();
  way.adapter.answer(Moved{.conversation = "new"});
  way.failing_turn();
  way.turn();
  CHECK(way.sent() == Texts{"old: hello", "new: hello"});
}

TEST_CASE("what waits for a person who is forgotten goes nowhere, and no later message takes its place") {
  Way way({.sends_in_flight = 8, .per_conversation_second = 1});
  const auto ben = storage::people::recognise(
      way.db, {.adapter = "fake", .user_id = "7", .name = "Ben", .direct = "ben"}, way.clock.now());
  way.enqueue("ben", "your tasks", true);
  way.turn();
  way.enqueue("ben", "your profile", true);
  way.enqueue("ben", "really?", true);
  way.turn();
  storage::forgetting::forget(way.db, ben.id, way.clock.now());
  way.enqueue("ben", "forgotten", true);
  way.enqueue("ana", "for Ana alone", true);
  for (int second = 0; second < 5; ++second) {
    way.turn();
    way.clock.advance(seconds(1));
  }
  CHECK(way.sent() == Texts{"ben: your tasks", "ana: for Ana alone", "ben: forgotten"});
  CHECK(way.count("cancelled") == 2);
  CHECK(way.db.number("SELECT COUNT(*) FROM outbox WHERE conversation = 'ben' OR message <> ''") == 0);
}

TEST_CASE("what a crash left half sent is given up too when the conversation takes nothing any more") {
  Way way({.sends_in_flight = 8, .merge_bytes = 1000});
  way.adapter.answers_at_once = false;
  way.enqueue("a", "one", true);
  way.enqueue("a", "two", true, {{{.label = "Go", .command = "go"}}});
  storage::outbox::claim(way.db, 1);
  storage::outbox::claim(way.db, 2);
  Relay after_crash(
      way.adapter, way.clock, [](LogLevel, std::string_view) {}, way.metrics, [] {}, {.seed = 7});
  const auto turn = [&] {
    storage::Transaction transaction(way.db);
    after_crash.exchange(way.db);
    transaction.commit();
    after_crash.committed();
  };
  turn();
  way.enqueue("a", "three", true);
  way.adapter.answer(Rejected{.why = "blocked", .unreachable = true});
  turn();
  CHECK(way.count("sending") == 0);
  CHECK(way.db.number("SELECT COUNT(*) FROM outbox WHERE message <> ''") == 0);
}
