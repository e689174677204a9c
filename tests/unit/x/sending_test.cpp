#include <random>

#include <doctest/doctest.h>

#include "adapters/transport/digest.h"
#include "adapters/x/render.h"
#include "tests/unit/x/running_x.h"

using namespace osrbot;
using namespace osrbot::x;
using namespace std::chrono_literals;
using fakes::FakeX;

namespace {

Message says(const std::string& text) {
  return {.blocks = {{.spans = {{.text = text}}}}};
}

std::string long_text() {
  std::string text;
  for (int i = 0; i < 30; ++i) text += "This is sentence number " + std::to_string(i) + ". ";
  return text;
}

/// A bot that runs, and a post of Ana's that mentions it and was heard.
struct Conversation {
  explicit Conversation(XConfig config = {}) : running(server, memory, std::move(config)) {
    running.start();
    REQUIRE(server.wait_for_streams(1));
    REQUIRE(server.wait_for_requests("/2/tweets/search/recent", 1));
    post = server.add({.author = server.ana.id, .text = "@osrbot status"});
    server.stream_post(post);
    REQUIRE(running.wait_for_updates(1));
  }
  OutboundMessage answer(std::int64_t id, const std::string& text) const {
    return {.id = id,
            .to = {.adapter = "x", .conversation = post.conversation},
            .message = says(text),
            .reply_to = post.id};
  }
  OutboundMessage announcement(std::int64_t id, const std::string& text) const {
    return {.id = id, .to = {.adapter = "x", .conversation = timeline}, .message = says(text)};
  }

  FakeX server;
  Memory memory;
  RunningX running;
  fakes::XPost post;
};

bool is_later(const Delivery& delivery) {
  return std::holds_alternative<RetryLater>(delivery);
}
std::string rejection(const Delivery& delivery) {
  const auto* rejected = std::get_if<Rejected>(&delivery);
  return rejected == nullptr ? "not rejected" : rejected->why;
}

}  // namespace

TEST_CASE("who mentioned the bot is answered below their post, and the answer is paid") {
  Conversation talk;
  const auto sent = talk.running.send(talk.answer(1, "P7 is on time."));
  REQUIRE(std::holds_alternative<Sent>(sent));
  const auto written = talk.server.written();
  REQUIRE(written.size() == 1);
  CHECK(std::get<Sent>(sent).message_id == written[0].id);
  CHECK(written[0].text == "P7 is on time.");
  CHECK(written[0].reply_to == talk.post.id);
  CHECK(talk.memory.journal.count("write_reply") == 1);
  CHECK(talk.server.complaints().empty());
}

TEST_CASE("one post gets one answer, whoever asks for a second; the same message may be repeated") {
  Conversation talk;
  CHECK(std::holds_alternative<Sent>(talk.running.send(talk.answer(1, "first"))));
  CHECK(rejection(talk.running.send(talk.answer(2, "second"))).starts_with("X permits one answer"));
  CHECK(std::holds_alternative<Sent>(talk.running.send(talk.answer(1, "first"))));
  CHECK(talk.server.written().size() == 1);
}

TEST_CASE("nobody is answered who did not speak to the bot, and X is not even asked") {
  Conversation talk;
  const auto tagged = talk.server.add({.author = talk.server.bo.id, .text = "help wanted #OSRC"});
  talk.server.stream_post(tagged);
  REQUIRE(talk.running.wait_for_updates(2));
  auto unasked = talk.answer(1, "I can help");
  unasked.reply_to = tagged.id;
  CHECK(rejection(talk.running.send(unasked)).starts_with("X permits one answer to each post that mentions the bot"));
  unasked.reply_to.clear();
  CHECK(rejection(talk.running.send(unasked)).starts_with("X permits the bot to answer only who spoke to it"));
  OutboundMessage message{.id = 3, .to = {.conversation = "8", .is_private = true}, .message = says("hello")};
  const auto unsolicited = talk.running.send(message);
  CHECK(rejection(unsolicited).starts_with("the bot writes only to who has written to it"));
  CHECK(std::get<Rejected>(unsolicited).unreachable);
  CHECK(talk.server.written().empty());
  CHECK(talk.server.messages_written().empty());
}

TEST_CASE("what X refuses for good is not tried again, and costs nothing") {
  Conversation talk;
  const auto refused = [&](const std::string& detail) {
    talk.server.refuse("/2/tweets", {.status = 403, .body = R"({"title":"Forbidden","detail":")" + detail + R"("})"});
    return rejection(talk.running.send(talk.answer(1, "an answer")));
  };
  for (const auto* why : {"Reply to this conversation is not allowed because you have not been mentioned or otherwise "
                          "engaged by the author",
                          "You can only reply to or quote posts where the author has summoned you",
                          "You are not allowed to create a Tweet with duplicate content."}) {
    CHECK(refused(why) == "403 " + std::string(why));
  }
  CHECK(talk.memory.journal.count("write_reply") == 0);
  CHECK(talk.server.written().empty());
}

TEST_CASE("what may work later is tried later: limits as X says them, outages as the relay decides") {
  Conversation talk;
  talk.server.refuse("/2/tweets", {.status = 429, .body = "{}", .more_headers = "retry-after: 77\r\n"});
  const auto limited = talk.running.send(talk.answer(1, "an answer"));
  REQUIRE(is_later(limited));
  CHECK(std::get<RetryLater>(limited).after > 70s);
  CHECK(talk.memory.journal.count("write_reply") == 0);
  talk.server.refuse("/2/tweets", {.status = 503, .body = "{}"});
  CHECK(is_later(talk.running.send(talk.answer(1, "an answer"))));
  CHECK(std::holds_alternative<Sent>(talk.running.send(talk.answer(1, "an answer"))));
  CHECK(talk.server.written().size() == 1);
  CHECK(talk.memory.journal.count("write_reply") == 1);
}

TEST_CASE("when X says that this was the last post for now, the next one waits without asking") {
  Conversation talk;
  talk.server.refuse("/2/tweets",
                     {.status = 201,
                      .body = R"({"data":{"id":"5","text":"one"}})",
                      .more_headers = "x-rate-limit-remaining: 0\r\nx-rate-limit-reset: " +
                                      std::to_string((clock_now() + 90s).time_since_epoch().count()) + "\r\n"});
  CHECK(std::holds_alternative<Sent>(talk.running.send(talk.announcement(1, "one"))));
  const auto asked = talk.server.requests("/2/tweets").size();
  const auto next = talk.running.send(talk.announcement(2, "two"));
  REQUIRE(is_later(next));
  CHECK(std::get<RetryLater>(next).after > 60s);
  CHECK(talk.server.requests("/2/tweets").size() == asked);
}

TEST_CASE("a long answer is a numbered thread, each part below the last") {
  Conversation talk;
  REQUIRE(std::holds_alternative<Sent>(talk.running.send(talk.answer(1, long_text()))));
  const auto written = talk.server.written();
  REQUIRE(written.size() == 4);
  std::string parent = talk.post.id;
  for (std::size_t i = 0; i < written.size(); ++i) {
    CHECK(post_rules().weigh(written[i].text) <= 280);
    CHECK(written[i].text.ends_with(" (" + std::to_string(i + 1) + "/4)"));
    CHECK(written[i].reply_to == parent);
    parent = written[i].id;
  }
}

TEST_CASE("a thread goes on where it stopped, and repeats nothing") {
  Conversation talk;
  const auto thread = talk.answer(1, long_text());
  SUBCASE("when the answer to a part makes no sense") {
    talk.server.refuse("/2/tweets", {.status = 201, .body = R"({"data":{"id":"x"}})"});
  }
  SUBCASE("when the answer to a part is lost") {
    talk.server.lose_next_answer();
  }
  SUBCASE("when the bot is killed before it knows that a part is out") {
    talk.memory.journal.dies_after = 2;
    CHECK(is_later(talk.running.send(thread)));
    talk.memory.journal.dies_after.reset();
    CHECK(talk.server.written().size() == 3);
    // A new process knows only what is in the journal.
    talk.running.stop();
    RunningX again(talk.server, talk.memory);
    again.start();
    REQUIRE(talk.server.wait_for_streams(2));
    REQUIRE(std::holds_alternative<Sent>(again.send(thread)));
  }
  while (is_later(talk.running.send(thread))) {
  }
  const auto written = talk.server.written();
  REQUIRE(written.size() == 4);
  std::string parent = talk.post.id;
  for (const auto& part : written) {
    CHECK(part.reply_to == parent);
    parent = part.id;
  }
  CHECK(talk.memory.journal.count("write_reply") == 1);
  CHECK(talk.memory.journal.count("write_post") == 3);
}

TEST_CASE("a post of the bot's own whose answer was lost is found by its text") {
  Conversation talk;
  talk.server.lose_next_answer();
  CHECK(is_later(talk.running.send(talk.announcement(1, "We look for a statistician"))));
  const auto sent = talk.running.send(talk.announcement(1, "We look for a statistician"));
  REQUIRE(std::holds_alternative<Sent>(sent));
  REQUIRE(talk.server.written().size() == 1);
  CHECK(std::get<Sent>(sent).message_id == talk.server.written()[0].id);

  auto follow_up = talk.announcement(2, "The call is closed");
  follow_up.reply_to = talk.server.written()[0].id;
  REQUIRE(std::holds_alternative<Sent>(talk.running.send(follow_up)));
  CHECK(talk.server.written()[1].reply_to == talk.server.written()[0].id);
  CHECK(talk.server.complaints().empty());
}

TEST_CASE("who wrote a direct message first is answered by one") {
  Conversation talk;
  talk.memory.journal.summoned({"dm:7"});
  OutboundMessage message{.id = 3, .to = {.conversation = "7", .is_private = true}, .message = says("hello")};
  REQUIRE(std::holds_alternative<Sent>(talk.running.send(message)));
  CHECK(talk.server.messages_written() == std::vector<std::pair<std::string, std::string>>{{"7", "hello"}});
  CHECK(talk.memory.journal.count("write_message") == 1);
  CHECK(talk.server.complaints().empty());
}

TEST_CASE("at 80 % of the month's budget the bot warns, at 100 % it stops reading and writing") {
  XConfig config;
  config.monthly_budget_dollars = 0.050;
  config.prices.write_reply = 0.036;
  Conversation talk(config);  // one post read: $0.005
  CHECK(std::holds_alternative<Sent>(talk.running.send(talk.answer(1, "an answer"))));
  CHECK(talk.running.wait_for_log("$0.041 of the $0.05 for X"));
  CHECK(is_later(talk.running.send(talk.announcement(2, "too much"))));
  CHECK(talk.running.wait_for_log("is used up ($0.041 spent)"));
  CHECK(talk.running.count_logged("is used up") == 1);
  talk.server.stream_post(talk.server.add({.author = talk.server.bo.id, .text = "the last one #OSRC"}));
  REQUIRE(talk.running.wait_for_updates(2));
  const auto connections = talk.server.streams();
  talk.server.stream_post(talk.server.add({.author = talk.server.bo.id, .text = "unread #OSRC"}));
  CHECK(talk.memory.journal.total() <= 50'000);
  CHECK(talk.server.streams() == connections);
  CHECK(talk.server.written().size() == 1);
}

TEST_CASE("a picture goes with the first post, once X knows what it shows, and is paid") {
  Conversation talk;
  auto call = talk.announcement(5, long_text());
  call.message.picture = Picture{.media_type = "image/png", .content = base64("\x89PNG bytes"), .alt = "A map"};
  REQUIRE(std::holds_alternative<Sent>(talk.running.send(call)));
  const auto written = talk.server.written();
  REQUIRE(written.size() > 1);
  const auto pictures = talk.server.pictures();
  REQUIRE(pictures.size() == 1);
  CHECK(pictures.begin()->second.content == "\x89PNG bytes");
  CHECK(pictures.begin()->second.alt == "A map");
  CHECK(written.front().picture == pictures.begin()->first);
  for (std::size_t i = 1; i < written.size(); ++i) CHECK(written[i].picture.empty());
  CHECK(talk.memory.journal.spent(month_of(clock_now()))["write_picture"].count == 1);
  CHECK(talk.server.complaints().empty());
}

TEST_CASE("without its picture, or the words for it, a call is not posted; what may work later is tried later") {
  Conversation talk;
  auto call = talk.announcement(5, "We look for a statistician");
  call.message.picture = Picture{.media_type = "image/png", .content = base64("\x89PNG bytes"), .alt = "A map"};
  talk.server.refuse("/2/media/upload", {.status = 503, .body = "{}"});
  CHECK(is_later(talk.running.send(call)));
  talk.server.refuse("/2/media/metadata", {.status = 503, .body = "{}"});
  CHECK(is_later(talk.running.send(call)));
  CHECK(talk.server.written().empty());
  CHECK(talk.memory.journal.spent(month_of(clock_now()))["write_picture"].count == 0);
  talk.server.refuse("/2/media/upload", {.status = 403, .body = R"({"detail":"Forbidden"})"});
  CHECK(rejection(talk.running.send(call)).find("osrbot x login") != std::string::npos);
  CHECK(talk.server.written().empty());
  REQUIRE(std::holds_alternative<Sent>(talk.running.send(call)));
  CHECK(talk.server.written().size() == 1);
}

TEST_CASE("a picture is not uploaded for a post that the budget does not allow") {
  XConfig config;
  config.monthly_budget_dollars = 0.012;  // the picture alone
  Conversation talk(config);
  auto call = talk.announcement(5, "We look for a statistician");
  call.message.picture = Picture{.media_type = "image/png", .content = base64("\x89PNG bytes"), .alt = "A map"};
  CHECK(is_later(talk.running.send(call)));
  CHECK(talk.server.pictures().empty());
}

TEST_CASE("without budget a call waits for the next month, an answer for two days at most") {
  XConfig config;
  config.monthly_budget_dollars = 0.005;
  Conversation talk(config);
  const auto call = talk.running.send(talk.announcement(5, "We look for a statistician"));
  REQUIRE(is_later(call));
  CHECK(std::get<RetryLater>(call).held);
  const auto answer = talk.running.send(talk.answer(6, "Welcome"));
  REQUIRE(is_later(answer));
  CHECK_FALSE(std::get<RetryLater>(answer).held);
  CHECK(talk.server.written().empty());
}

TEST_CASE("what is posted is what post_parts() shows, part by part, whatever is written") {
  const std::vector<std::string> pieces = {"we look for ",
                                           "two statisticians. ",
                                           "研究者を探しています。",
                                           "نبحث عن مترجم ",
                                           "मदद चाहिए। ",
                                           "👩‍🔬",
                                           "👨‍👩‍👧‍👦 ",
                                           "https://osf.io/abc ",
                                           "see www.example.org/a/very/long/path?with=query, ",
                                           "@ana_b ",
                                           "@osrbot ",
                                           "#OpenSourceResearch ",
                                           "é",
                                           "e\u0301",
                                           "שלום עולם ",
                                           "\u202Bab\u202C ",
                                           "supercalifragilisticexpialidocious",
                                           "\n",
                                           "\n\n",
                                           "1/2 ",
                                           "(2/3) ",
                                           "\x01"};
  std::mt19937 random(7);
  Conversation talk;
  std::vector<std::string> expected;
  for (int text = 0; text < 12; ++text) {
    std::string words = std::to_string(text) + " ";
    const auto count = std::uniform_int_distribution<int>(1, 90)(random);
    for (int i = 0; i < count; ++i) {
      words += pieces[std::uniform_int_distribution<std::size_t>(0, pieces.size() - 1)(random)];
    }
    const auto parts = post_parts(words, {.handle = "osrbot"}, post_rules());
    expected.insert(expected.end(), parts.begin(), parts.end());
    REQUIRE(std::holds_alternative<Sent>(talk.running.send(talk.announcement(100 + text, words))));
  }
  std::vector<std::string> posted;
  for (const auto& post : talk.server.written()) posted.push_back(post.text);
  CHECK(posted == expected);
  CHECK(posted.size() > 30);
  for (const auto& post : posted) CHECK(post_rules().weigh(post) <= heaviest_post);
}

TEST_CASE("a post is plain text: buttons are words to type, nobody is called, nothing is linked") {
  const Rendering rendering{.handle = "osrbot"};
  Message message{
      .blocks = {{.spans = {{.text = "Hello "}, {.style = Span::Style::mention, .text = "Ana", .target = "7"}}},
                 {.kind = Block::Kind::item, .spans = {{.text = "see www.example.org/page, @bo"}}},
                 {.spans = {{.text = "Read "},
                            {.style = Span::Style::link, .text = "the page", .target = "https://a.org"}}},
                 {.spans = {{.text = "Type "}, {.style = Span::Style::code, .text = "claim T5"}}}},
      .buttons = {{{.label = "Join", .command = "join P7"}, {.label = "Site", .url = "https://b.org"}}}};
  const auto parts = render(message, rendering, post_rules());
  REQUIRE(parts.size() == 1);
  CHECK(parts[0] ==
        "Hello Ana\n• see www.\u2060example.\u2060org/page, @\u2060bo\n\nRead the page\n\nType @osrbot claim T5\n"
        "• Join: @osrbot join P7");
  CHECK(post_rules().links(parts[0]).empty());
  const auto linked = render(message, {.handle = "osrbot", .links = true}, post_rules());
  CHECK(linked[0].find("Read the page https://a.org") != std::string::npos);
  CHECK(linked[0].find("Site: https://b.org") != std::string::npos);
  const auto direct = render(message, {.handle = "osrbot", .is_private = true, .links = true}, post_rules());
  CHECK(direct[0].find("Join: join P7") != std::string::npos);
}

TEST_CASE("every part of every text is within X's weight, whatever it is written in") {
  for (const std::string& word : {std::string("word "), std::string("文字"), std::string("शब्द "), std::string("كلمة "),
                                  std::string("👩‍👩‍👧‍👦"), std::string("a.io "), std::string("é")}) {
    std::string text;
    while (text.size() < 3'000) text += word;
    for (const bool links : {false, true}) {
      const auto parts = render(says(text), {.handle = "osrbot", .links = links}, post_rules());
      CAPTURE(word);
      CHECK(parts.size() > 1);
      for (const auto& part : parts) CHECK(post_rules().weigh(part) <= 280);
    }
  }
}
