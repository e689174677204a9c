#include <atomic>

#include <doctest/doctest.h>

#include "adapters/telegram/render.h"
#include "adapters/telegram/sender.h"
#include "tests/unit/telegram/running_adapter.h"

using namespace osrbot;
using namespace osrbot::telegram;
using namespace std::chrono_literals;
using fakes::FakeTelegram;
using fakes::Fault;
using Style = Span::Style;

namespace {

Message plain_message(std::string text) {
  return {.blocks = {{.kind = Block::Kind::paragraph, .spans = {{Style::plain, std::move(text), ""}}}}, .buttons = {}};
}

OutboundMessage to(const std::string& chat, Message message, std::string thread = "", std::string reply_to = "") {
  return {.to = {.adapter = "telegram",
                 .workspace = {},
                 .conversation = chat,
                 .thread = std::move(thread),
                 .is_private = false},
          .message = std::move(message),
          .reply_to = std::move(reply_to)};
}

/// Three parts that can be told apart.
Message three_parts() {
  std::string text;
  for (const char* word : {"one ", "two ", "three "}) {
    for (int i = 0; i < 600; ++i) text += word;
    text += "\n\n";
  }
  return plain_message(text);
}

std::vector<std::string> first_words(const FakeTelegram& server) {
  std::vector<std::string> out;
  for (const auto& message : server.sent()) out.push_back(message.text.substr(0, message.text.find(' ')));
  return out;
}

}  // namespace

TEST_CASE("a message arrives as it was meant") {
  FakeTelegram server;
  RunningAdapter bot(server);
  auto message = plain_message("1 < 2 & \"so\"");
  message.blocks[0].spans.push_back({Style::mention, "Ana", "7"});
  message.buttons = {{{"Claim", "claim T1", ""}}};
  const auto delivery = bot.send(to("-1001", message, "5", "77"));
  REQUIRE(std::holds_alternative<Sent>(delivery));
  const auto sent = server.sent();
  REQUIRE(sent.size() == 1);
  CHECK(std::get<Sent>(delivery).message_id == std::to_string(sent[0].message_id));
  CHECK(sent[0].chat == -1001);
  CHECK(sent[0].topic == 5);
  CHECK(sent[0].reply_to == 77);
  CHECK(sent[0].text == "1 < 2 & \"so\"Ana");
  REQUIRE(sent[0].entities.size() == 1);
  CHECK(sent[0].entities[0].href == "tg://user?id=7");
  CHECK(sent[0].buttons == std::vector<std::vector<fakes::SentButton>>{{{"Claim", "claim T1", ""}}});
  CHECK(server.violations().empty());
}

TEST_CASE("what happened to a message") {
  struct Row {
    const char* name;
    Fault fault;
    Delivery expected;
  };
  const RetryLater at_leisure{0ms, ""};
  const Row rows[] = {
      {"429 with a wait", Fault::too_many(7), RetryLater{7s, ""}},
      {"429 without one", Fault::too_many(std::nullopt), at_leisure},
      {"429 with an absurd wait", Fault::too_many(2'000'000'000), RetryLater{24h, ""}},
      {"a proxy's 429",
       {fakes::FakeAnswer{.status = 429, .body = "<html>", .more_headers = "Retry-After: 2\r\n"}},
       RetryLater{2s, ""}},
      {"a proxy's 429 without a wait", {fakes::FakeAnswer{.status = 429, .body = "slow"}}, at_leisure},
      {"a proxy's 503",
       {fakes::FakeAnswer{.status = 503, .body = "", .more_headers = "Retry-After: 9\r\n"}},
       RetryLater{9s, ""}},
      {"too large for a proxy", {fakes::FakeAnswer{.status = 413, .body = "<html>"}}, Rejected{"", false}},
      {"500", Fault::refusal(500, "Internal Server Error"), at_leisure},
      {"a gateway's error page", Fault::server_error(), at_leisure},
      {"an error page that says 400", {fakes::FakeAnswer{.status = 400, .body = "<html>"}}, at_leisure},
      {"no answer", Fault::cut(0), at_leisure},
      {"half an answer", Fault::cut(120), at_leisure},
      {"no JSON", Fault::garbage("ok"), at_leisure},
      {"no message_id", Fault::garbage(R"({"ok":true,"result":{}})"), at_leisure},
      {"a strange message_id", Fault::garbage(R"({"ok":true,"result":{"message_id":"5"}})"), at_leisure},
      {"token revoked", Fault::refusal(401, "Unauthorized"), at_leisure},
      {"blocked", Fault::refusal(403, "Forbidden: bot was blocked by the user"), Rejected{"", true}},
      {"kicked", Fault::refusal(403, "Forbidden: bot was kicked from the supergroup chat"), Rejected{"", true}},
      {"never started", Fault::refusal(403, "Forbidden: bot can't initiate conversation with a user"),
       Rejected{"", true}},
      {"no such chat", Fault::refusal(400, "Bad Request: chat not found"), Rejected{"", true}},
      {"muted", Fault::refusal(400, "Bad Request: not enough rights to send text messages to the chat"),
       Rejected{"", true}},
      {"other 400", Fault::refusal(400, "Bad Request: SOMETHING_NEW"), Rejected{"", false}},
      {"moved",
       Fault::refusal(400, "Bad Request: group chat was upgraded", R"({"migrate_to_chat_id":-1009007199254740993})"),
       Moved{"-1009007199254740993"}},
  };
  for (const auto& [name, fault, expected] : rows) {
    CAPTURE(name);
    FakeTelegram server;
    server.fail("sendMessage", fault);
    RunningAdapter bot(server);
    const auto delivery = bot.send(to("-1001", plain_message("x")));
    REQUIRE(delivery.index() == expected.index());
    if (const auto* later = std::get_if<RetryLater>(&delivery)) {
      CHECK(later->after == std::get<RetryLater>(expected).after);
      CHECK_FALSE(later->why.empty());
      CHECK(later->why.find("fake-token") == std::string::npos);
    }
    if (const auto* rejected = std::get_if<Rejected>(&delivery)) {
      CHECK(rejected->unreachable == std::get<Rejected>(expected).unreachable);
      CHECK_FALSE(rejected->why.empty());
    }
    if (const auto* moved = std::get_if<Moved>(&delivery))
      CHECK(moved->conversation == std::get<Moved>(expected).conversation);
    CHECK(std::holds_alternative<Sent>(bot.send(to("-1001", plain_message("x")))));
  }
}

TEST_CASE("a server that is not there is tried again later") {
  TelegramConfig config;
  config.token = Secret("1:x");
  auto server = std::make_unique<FakeTelegram>();
  RunningAdapter bot(*server, config);
  server.reset();
  const auto delivery = bot.send(to("7", plain_message("x")));
  REQUIRE(std::holds_alternative<RetryLater>(delivery));
}

TEST_CASE("a message that cannot be sent at all is refused without asking Telegram") {
  FakeTelegram server;
  RunningAdapter bot(server);
  CHECK(std::holds_alternative<Rejected>(bot.send(to("-1001", plain_message(" ")))));
  CHECK(std::holds_alternative<Rejected>(bot.send(to("general", plain_message("x")))));
  CHECK(std::holds_alternative<Rejected>(bot.send(to("7,\"x\":1", plain_message("x")))));
  CHECK(server.calls("sendMessage") == 0);
}

TEST_CASE("a thread or an answered message that is no number is left out") {
  FakeTelegram server;
  RunningAdapter bot(server);
  CHECK(std::holds_alternative<Sent>(bot.send(to("7", plain_message("x"), "t1", "1,\"y\":2"))));
  CHECK(server.sent()[0].topic == 0);
  CHECK(server.sent()[0].reply_to == 0);
}

TEST_CASE("what is meant for a closed topic goes to the group") {
  FakeTelegram server;
  server.close_topic(-1001, 5);
  RunningAdapter bot(server);
  CHECK(std::holds_alternative<Sent>(bot.send(to("-1001", plain_message("x"), "5"))));
  REQUIRE(server.sent().size() == 1);
  CHECK(server.sent()[0].topic == 0);
}

TEST_CASE("a long message goes out in order, its first part answers, its last one is told and has the buttons") {
  FakeTelegram server;
  RunningAdapter bot(server);
  auto message = three_parts();
  message.buttons = {{{"Go", "go", ""}}};
  const auto delivery = bot.send(to("-1001", message, "", "77"));
  REQUIRE(std::holds_alternative<Sent>(delivery));
  const auto sent = server.sent();
  CHECK(first_words(server) == std::vector<std::string>{"one", "two", "three"});
  CHECK(sent[0].reply_to == 77);
  CHECK(sent[2].reply_to == 0);
  CHECK(sent[1].buttons.empty());
  CHECK(sent[2].buttons.size() == 1);
  CHECK(std::get<Sent>(delivery).message_id == std::to_string(sent[2].message_id));
}

TEST_CASE("a retry goes on after the parts that were sent, also when more was added to the message") {
  for (const bool merged : {false, true}) {
    CAPTURE(merged);
    FakeTelegram server;
    RunningAdapter bot(server);
    std::atomic<bool> failed = false;
    // The second part fails twice.
    server.fail("sendMessage", Fault{fakes::FakeAnswer{.body = R"({"ok":true,"result":{"message_id":1}})"}, true});
    server.fail("sendMessage", Fault::too_many(1), 2);
    auto message = three_parts();
    CHECK(std::holds_alternative<RetryLater>(bot.send(to("-1001", message))));
    CHECK(std::holds_alternative<Sent>(bot.send(to("7", plain_message("elsewhere meanwhile")))) == false);
    if (merged) message.blocks.push_back(plain_message("and more").blocks[0]);
    CHECK(std::holds_alternative<Sent>(bot.send(to("-1001", message))));
    CHECK(first_words(server) == std::vector<std::string>{"one", "two", "three"});
    CHECK(std::holds_alternative<Sent>(bot.send(to("-1001", message))));
    CHECK(first_words(server) == std::vector<std::string>{"one", "two", "three", "one", "two", "three"});
    CHECK_FALSE(failed);
  }
}

TEST_CASE("another message after one that was half sent is sent whole") {
  FakeTelegram server;
  RunningAdapter bot(server);
  server.fail("sendMessage", Fault{fakes::FakeAnswer{.body = R"({"ok":true,"result":{"message_id":1}})"}, true});
  server.fail("sendMessage", Fault::too_many(1));
  CHECK(std::holds_alternative<RetryLater>(bot.send(to("-1001", three_parts()))));
  CHECK(std::holds_alternative<Sent>(bot.send(to("-1001", plain_message("hello there")))));
  CHECK(first_words(server) == std::vector<std::string>{"one", "hello"});
}

TEST_CASE("many messages are under way at once, and every one is told once") {
  FakeTelegram server;
  RunningAdapter bot(server);
  constexpr int total = 1000;
  std::atomic<int> told = 0;
  std::atomic<int> sent = 0;
  for (int i = 0; i < total; ++i) {
    bot.adapter.send(to(std::to_string(i + 1), plain_message("x")), [&](const Delivery& delivery) {
      if (std::holds_alternative<Sent>(delivery)) ++sent;
      ++told;
    });
  }
  REQUIRE(server.wait_until([&] { return told == total; }));
  CHECK(sent == total);
  CHECK(server.sent_count() == total);
}

TEST_CASE("messages under way when the adapter ends are told") {
  std::atomic<int> told = 0;
  FakeTelegram server;
  server.fail("sendMessage", Fault::hang(), 10);
  {
    RunningAdapter bot(server);
    for (int i = 0; i < 10; ++i) {
      bot.adapter.send(to(std::to_string(i + 1), plain_message("x")), [&](const Delivery& delivery) {
        if (std::holds_alternative<RetryLater>(delivery)) ++told;
      });
    }
    REQUIRE(server.wait_until([&] { return server.calls("sendMessage") == 10; }));
  }
  CHECK(told == 10);
}

namespace {

Message with_file(std::string text, std::string content, std::string name = "credits-P7.csv") {
  auto message = plain_message(std::move(text));
  message.file = File{.name = std::move(name), .media_type = "text/csv", .content = std::move(content)};
  return message;
}

}  // namespace

TEST_CASE("a file goes with its words for a caption, byte for byte") {
  FakeTelegram server;
  RunningAdapter bot(server);
  const std::string content = "Author,\"Order\"\r\n--osrbot-form\r\n\r\n\xC3\xA9\r\n--osrbot-form--\r\n";
  auto message = with_file("1 < 2 of *P7*", content, "credits \"P7\" é.csv");
  message.buttons = {{{"More", "credits P7", ""}}};
  const auto delivery = bot.send(to("-1001", message, "5", "77"));
  REQUIRE(std::holds_alternative<Sent>(delivery));
  const auto sent = server.sent();
  REQUIRE(sent.size() == 1);
  CHECK(std::get<Sent>(delivery).message_id == std::to_string(sent[0].message_id));
  CHECK(sent[0].chat == -1001);
  CHECK(sent[0].topic == 5);
  CHECK(sent[0].reply_to == 77);
  CHECK(sent[0].text == "1 < 2 of *P7*");
  CHECK(sent[0].file_name == "credits %22P7%22 é.csv");
  CHECK(sent[0].media_type == "text/csv");
  CHECK(sent[0].content == content);
  CHECK(sent[0].buttons == std::vector<std::vector<fakes::SentButton>>{{{"More", "credits P7", ""}}});
  CHECK(server.calls("sendMessage") == 0);
  CHECK(server.violations().empty());
}

TEST_CASE("a file without words goes alone") {
  FakeTelegram server;
  RunningAdapter bot(server);
  CHECK(std::holds_alternative<Sent>(bot.send(to("7", with_file("", "x")))));
  REQUIRE(server.sent().size() == 1);
  CHECK(server.sent()[0].text.empty());
  CHECK(server.sent()[0].content == "x");
}

TEST_CASE("words that are too long for a caption go before the file, and a retry repeats none of them") {
  FakeTelegram server;
  RunningAdapter bot(server);
  server.fail("sendDocument", Fault::too_many(1));
  const auto message = with_file("word " + std::string(1'100, 'x'), "content");
  CHECK(std::holds_alternative<RetryLater>(bot.send(to("7", message))));
  CHECK(std::holds_alternative<Sent>(bot.send(to("7", message))));
  const auto sent = server.sent();
  REQUIRE(sent.size() == 2);
  CHECK(sent[0].text.starts_with("word "));
  CHECK(sent[0].content.empty());
  CHECK(sent[1].content == "content");
  CHECK(sent[1].text.empty());
}

TEST_CASE("a file that Telegram would not take is refused without asking, and the chat stays reachable") {
  FakeTelegram server;
  RunningAdapter bot(server);
  for (const std::string& content : {std::string(), std::string(50'000'001, 'x')}) {
    const auto delivery = bot.send(to("7", with_file("x", content)));
    REQUIRE(std::holds_alternative<Rejected>(delivery));
    CHECK_FALSE(std::get<Rejected>(delivery).unreachable);
    CHECK(std::get<Rejected>(delivery).why.find("credits-P7.csv") != std::string::npos);
  }
  CHECK(server.calls("sendDocument") == 0);
}

TEST_CASE("a chat that takes no files gets the words, and reads what it does not get") {
  FakeTelegram server;
  server.fail("sendDocument", Fault::refusal(400, "Bad Request: not enough rights to send documents to the chat"));
  RunningAdapter bot(server);
  SUBCASE("the words were the file's caption") {
    CHECK(std::holds_alternative<Sent>(bot.send(to("-1001", with_file("Here it is.", "y")))));
    REQUIRE(server.sent().size() == 1);
    CHECK(server.sent()[0].text == "Here it is.\n\n📎 credits-P7.csv 🚫");
  }
  SUBCASE("the words were too long for that") {
    CHECK(std::holds_alternative<Sent>(bot.send(to("-1001", with_file(std::string(2'000, 'x'), "y")))));
    REQUIRE(server.sent().size() == 2);
    CHECK(server.sent()[1].text == "📎 credits-P7.csv 🚫");
  }
}

TEST_CASE("what happens to a file is what happens to words: blocked, moved, a closed topic") {
  FakeTelegram server;
  server.block(8);
  server.migrate(-5, -1005);
  server.close_topic(-1001, 5);
  RunningAdapter bot(server);
  const auto message = with_file("x", "y");
  CHECK(std::get<Rejected>(bot.send(to("8", message))).unreachable);
  CHECK(std::get<Moved>(bot.send(to("-5", message))).conversation == "-1005");
  CHECK(std::holds_alternative<Sent>(bot.send(to("-1001", message, "5"))));
  REQUIRE(server.sent().size() == 1);
  CHECK(server.sent()[0].topic == 0);
}
