#include "adapters/telegram/polling.h"

#include <atomic>

#include <doctest/doctest.h>

#include "tests/unit/telegram/running_adapter.h"

using namespace osrbot;
using namespace osrbot::telegram;
using namespace std::chrono_literals;
using fakes::FakeTelegram;
using fakes::Fault;
using Texts = std::vector<std::string>;

TEST_CASE("updates that wait and updates that come are delivered in order, each once") {
  FakeTelegram server;
  server.push(says("one", 1));
  server.push(says("two", 2));
  RunningAdapter bot(server);
  bot.start();
  REQUIRE(server.wait_until([&] { return bot.texts().size() == 2; }));
  const auto last = server.push(says("three", 3));
  REQUIRE(server.wait_until([&] { return bot.texts().size() == 3; }));
  CHECK(bot.texts() == Texts{"one", "two", "three"});
  CHECK(bot.cursor() == std::to_string(last + 1));
  REQUIRE(server.wait_until([&] { return server.unconfirmed() == 0; }));
  CHECK(server.violations().empty());
}

TEST_CASE("the kinds of updates are named, because Telegram leaves out members otherwise") {
  CHECK(allowed_updates.find("\"chat_member\"") != std::string_view::npos);
  CHECK(allowed_updates.find("\"my_chat_member\"") != std::string_view::npos);
}

TEST_CASE("receiving goes on at the cursor") {
  FakeTelegram server;
  server.push(says("old", 1));
  const auto next = server.push(says("new", 2));
  RunningAdapter bot(server);
  bot.start(std::to_string(next));
  REQUIRE(server.wait_until([&] { return !bot.texts().empty(); }));
  CHECK(bot.texts() == Texts{"new"});
}

TEST_CASE("a cursor that is no number does not stop the bot") {
  FakeTelegram server;
  server.push(says("hello", 1));
  RunningAdapter bot(server);
  bot.start("12;drop");
  REQUIRE(server.wait_until([&] { return bot.texts() == Texts{"hello"}; }));
  CHECK(bot.has_logged("cursor"));
}

TEST_CASE("what was not committed is not confirmed and comes again") {
  FakeTelegram server;
  server.push(says("hello", 1));
  RunningAdapter refusing(server);
  refusing.start("", [](const Batch&) { return false; });
  refusing.wait_for_end();
  CHECK(server.unconfirmed() == 1);
  RunningAdapter bot(server);
  bot.start();
  REQUIRE(server.wait_until([&] { return bot.texts() == Texts{"hello"}; }));
}

TEST_CASE("thousands of updates come a hundred at a time, in parts that are worked on while the rest is read") {
  FakeTelegram server;
  constexpr std::size_t total = 2500;
  server.push_many(total, [](std::int64_t i) { return says("message " + std::to_string(i), i); });
  struct Part {
    std::size_t updates;
    bool unfinished;
    std::uint64_t polls;  ///< that there had been when it came
  };
  std::vector<Part> parts;
  RunningAdapter bot(server);
  bot.start("", [&](const Batch& batch) {
    parts.push_back({batch.updates.size(), batch.unfinished, server.calls("getUpdates")});
    return true;
  });
  REQUIRE(server.wait_until([&] { return server.unconfirmed() == 0; }));
  bot.stop();
  constexpr std::size_t parts_of_a_poll = 13;  // twelve of eight, and what is left
  REQUIRE(parts.size() == 25 * parts_of_a_poll);
  for (std::size_t i = 0; i < parts.size(); ++i) {
    CAPTURE(i);
    const bool is_last = i % parts_of_a_poll == parts_of_a_poll - 1;
    REQUIRE(parts[i].updates == (is_last ? 4 : 8));
    REQUIRE(parts[i].unfinished == !is_last);
    REQUIRE(parts[i].polls == i / parts_of_a_poll + 1);  // the next is asked for after the last part only
  }
  const auto texts = bot.texts();
  for (std::size_t i = 0; i < total; ++i) REQUIRE(texts[i] == "message " + std::to_string(i));
}

TEST_CASE("a part that is refused ends receiving, and everything after it comes again") {
  FakeTelegram server;
  server.push_many(100, [](std::int64_t i) { return says("message " + std::to_string(i), i); });
  RunningAdapter refusing(server);
  refusing.start("", [](const Batch& batch) { return batch.updates.front().text != "message 40"; });
  refusing.wait_for_end();
  CHECK(refusing.texts().size() == 40);
  RunningAdapter bot(server);
  bot.start(refusing.cursor());
  REQUIRE(server.wait_until([&] { return server.unconfirmed() == 0; }));
  bot.stop();
  CHECK(bot.texts().size() == 60);
  CHECK(bot.texts().front() == "message 40");
}

TEST_CASE("what a group's members say to each other is confirmed and goes no further") {
  FakeTelegram server;
  for (std::int64_t i = 0; i < 30; ++i) server.push(fakes::text_update(team, ana, i, "how are you?", 1'789'000'000));
  const auto last = server.push(fakes::text_update(team, ana, 31, "/claim T1", 1'789'000'000));
  RunningAdapter bot(server);
  bot.start();
  REQUIRE(server.wait_until([&] { return server.unconfirmed() == 0; }));
  CHECK(bot.texts() == Texts{"claim T1"});
  CHECK(bot.cursor() == std::to_string(last + 1));
  CHECK(bot.adapter.counts().updates == 31);
}

TEST_CASE("an update that cannot be read is skipped, logged and counted, and its batch goes on") {
  FakeTelegram server;
  server.push(says("before", 1));
  const auto bad = server.push(R"({"message":{"chat":7}})");
  server.push(R"({"message":)" + std::string(500, '[') + std::string(500, ']') + "}");
  server.push(R"({"some_new_kind":{"a":[1,2,3]}})");
  server.push(
      "{\"message\":{\"message_id\":3,\"date\":1,\"chat\":{\"id\":7,\"type\":\"private\"},\"from\":{\"id\":7,\"first_"
      "name\":\"A\"},\"text\":\"a\xff\xfe \\ud83d\"}}");
  server.push_raw("null");
  server.push_raw(R"({"update_id":"many","message":{}})");
  const auto after = server.push(says("after", 9));
  RunningAdapter bot(server);
  bot.start();
  REQUIRE(server.wait_until([&] { return server.unconfirmed() == 0; }));
  CHECK(bot.texts() == Texts{"before", "a\uFFFD\uFFFD \uFFFD", "after"});
  CHECK(bot.cursor() == std::to_string(after + 1));
  CHECK(bot.has_logged(std::to_string(bad)));
  CHECK(bot.adapter.counts().unreadable == 4);
  CHECK(bot.adapter.counts().updates == 8);
}

TEST_CASE("whatever goes wrong with a poll, it is tried again and nothing is lost") {
  const std::pair<std::string, Fault> faults[] = {
      {"500", Fault::server_error()},
      {"500 with an answer", Fault::refusal(500, "Internal Server Error")},
      {"429", Fault::too_many(std::nullopt)},
      {"429 with a wait", Fault::too_many(0)},
      {"400", Fault::refusal(400, "Bad Request: what")},
      {"403", Fault::refusal(403, "Forbidden")},
      {"nothing", Fault::cut(0)},
      {"cut in the head", Fault::cut(20)},
      {"cut in the body", Fault::cut(200)},
      {"empty", Fault::garbage("")},
      {"no JSON", Fault::garbage("<html>")},
      {"cut JSON", Fault::garbage(R"({"ok":true,"result":[{"update_id":1)")},
      {"no list", Fault::garbage(R"({"ok":true,"result":{}})")},
      {"no result", Fault::garbage(R"({"ok":true})")},
      {"not ok", Fault::garbage(R"({"ok":false})")},
      {"ok of the wrong type", Fault::garbage(R"({"ok":"yes","result":[]})")},
      {"strange refusal",
       Fault::garbage(
           R"({"ok":false,"error_code":"x","description":[],"parameters":{"retry_after":"soon","migrate_to_chat_id":{}}})")},
      {"updates without numbers", Fault::garbage(R"({"ok":true,"result":[1,null,{}]})")},
      {"a bomb", Fault::garbage(R"({"ok":true,"result":[)" + std::string(1'000'000, '['))},
      {"a refusal that is a bomb",
       Fault::garbage(R"({"ok":false,"x":)" + std::string(100'000, '[') + std::string(100'000, ']') + "}")},
      {"more than the limit", Fault::garbage(std::string(17'000'000, ' '))},
  };
  for (const auto& [name, fault] : faults) {
    CAPTURE(name);
    FakeTelegram server;
    server.push(says("hello", 1));
    server.fail("getUpdates", fault, 2);
    RunningAdapter bot(server);
    bot.start();
    REQUIRE(server.wait_until([&] { return bot.texts() == Texts{"hello"}; }));
    // One, where curl by itself repeats what a connection that was used before did not answer at all.
    CHECK(bot.adapter.counts().poll_failures.load() >= 1);
    CHECK(bot.has_logged("receiving failed"));
  }
}

TEST_CASE("no log line holds the token") {
  FakeTelegram server;
  server.fail("getMe", Fault::cut(0));
  server.fail("getUpdates", Fault::cut(0), 2);
  RunningAdapter bot(server);
  bot.start();
  REQUIRE(server.wait_until([&] { return server.calls("getUpdates") >= 3; }));
  CHECK(bot.has_logged("receiving failed"));
  CHECK_FALSE(bot.has_logged(server.options().token));
  CHECK_FALSE(bot.has_logged("fake-token"));
}

TEST_CASE("a second poller is named as the cause") {
  FakeTelegram server;
  server.fail("getUpdates", Fault::refusal(409, "Conflict: terminated by other getUpdates request"));
  server.push(says("hello", 1));
  RunningAdapter bot(server);
  bot.start();
  REQUIRE(server.wait_until([&] { return bot.texts() == Texts{"hello"}; }));
  CHECK(bot.has_logged("another program"));
}

TEST_CASE("a webhook that is still set is removed when polling is wanted") {
  FakeTelegram server;
  server.push(says("hello", 1));
  server.fail("getUpdates", Fault::refusal(409,
                                           "Conflict: can't use getUpdates method while webhook is active; use "
                                           "deleteWebhook to delete the webhook first"));
  RunningAdapter bot(server);
  bot.start();
  REQUIRE(server.wait_until([&] { return bot.texts() == Texts{"hello"}; }));
  CHECK(server.calls("deleteWebhook") == 1);
}

TEST_CASE("a wrong token ends receiving and names the setting") {
  for (const auto* method : {"getMe", "getUpdates"}) {
    for (const int code : {401, 404}) {
      CAPTURE(method);
      CAPTURE(code);
      FakeTelegram server;
      server.fail(method, Fault::refusal(code, "Unauthorized"), 3);
      RunningAdapter bot(server);
      bot.start();
      bot.wait_for_end();
      CHECK(bot.failed_with().find("telegram.token") != std::string::npos);
      CHECK(bot.failed_with().find("OSRBOT_TELEGRAM_TOKEN") != std::string::npos);
      CHECK(bot.failed_with().find(server.options().token) == std::string::npos);
    }
  }
}

TEST_CASE("a bot that Telegram has known is not given up for a refusal or two") {
  FakeTelegram server;
  server.push(says("hello", 1));
  server.fail("getUpdates", Fault::refusal(401, "Unauthorized"), 2);
  RunningAdapter bot(server);
  bot.start();
  REQUIRE(server.wait_until([&] { return bot.texts() == Texts{"hello"}; }));
  server.fail("getUpdates", Fault::refusal(401, "Unauthorized"), 2);
  server.push(says("again", 2));
  REQUIRE(server.wait_until([&] { return bot.texts() == Texts{"hello", "again"}; }));
  CHECK(bot.failed_with().empty());
}

TEST_CASE("the bot waits for a Telegram that is not there yet") {
  FakeTelegram server;
  server.fail("getMe", Fault::server_error(), 3);
  server.fail("getMe", Fault::garbage(R"({"ok":true,"result":{"id":"x"}})"));
  server.fail("getMe", Fault::garbage(R"({"ok":true,"result":{bad}})"));
  server.push(says("hello", 1));
  RunningAdapter bot(server);
  bot.start();
  REQUIRE(server.wait_until([&] { return bot.texts() == Texts{"hello"}; }));
  CHECK(server.calls("getMe") == 6);
}

TEST_CASE("stopping ends a poll at once, whether it is held open or hangs") {
  // Each of these would last for most of a minute by itself, and the test ends only when receiving has ended.
  const auto stops_quickly = [](FakeTelegram& server, const std::string& method) {
    RunningAdapter bot(server);
    bot.start();
    REQUIRE(server.wait_until([&] { return server.calls(method) > 0; }));
    const auto before = std::chrono::steady_clock::now();
    bot.stop();
    CHECK(std::chrono::steady_clock::now() - before < 20s);
    CHECK(bot.failed_with() == "");
  };
  FakeTelegram held;
  stops_quickly(held, "getUpdates");
  FakeTelegram hanging;
  hanging.fail("getUpdates", Fault::hang());
  stops_quickly(hanging, "getUpdates");
  FakeTelegram silent;
  silent.fail("getMe", Fault::hang());
  stops_quickly(silent, "getMe");
  FakeTelegram busy;
  busy.fail("getUpdates", Fault::too_many(1'000'000'000));
  stops_quickly(busy, "getUpdates");
}

TEST_CASE("a button is answered after its commit, and not before") {
  FakeTelegram server;
  server.push(fakes::button_update(team, ana, 5, "cb-1", "claim T1"));
  std::atomic<bool> answered_too_early = false;
  RunningAdapter bot(server);
  bot.start("", [&](const Batch&) {
    answered_too_early = server.calls("answerCallbackQuery") > 0;
    return true;
  });
  REQUIRE(server.wait_until([&] { return server.calls("answerCallbackQuery") == 1; }));
  CHECK_FALSE(answered_too_early);
  CHECK(bot.texts() == Texts{"claim T1"});
  CHECK(server.last_call("answerCallbackQuery") == R"({"callback_query_id":"cb-1"})");
}

TEST_CASE("a button whose commit failed is not answered") {
  FakeTelegram server;
  server.push(fakes::button_update(team, ana, 5, "cb-1", "claim T1"));
  RunningAdapter bot(server);
  bot.start("", [](const Batch&) { return false; });
  bot.wait_for_end();
  CHECK(server.calls("answerCallbackQuery") == 0);
}
