#include <doctest/doctest.h>

#include "adapters/x/stream_rules.h"
#include "tests/unit/x/running_x.h"

using namespace osrbot;
using namespace osrbot::x;
using namespace std::chrono_literals;
using fakes::FakeX;

namespace {

using Texts = std::vector<std::string>;

fakes::XPost by_ana(FakeX& server, const std::string& text) {
  return server.add({.author = server.ana.id, .text = text});
}

/// A bot that has heard everything up to now, and whose stream is open.
void start_listening(FakeX& server, RunningX& running) {
  running.start();
  REQUIRE(server.wait_for_streams(1));
  REQUIRE(server.wait_for_requests("/2/tweets/search/recent", 1));
}

}  // namespace

TEST_CASE("a post in the stream becomes an update, and the cursor follows") {
  FakeX server;
  Memory memory;
  RunningX running(server, memory);
  start_listening(server, running);
  const auto root = by_ana(server, "We need a statistician #OpenSourceResearch");
  server.stream_post(root);
  auto mention = server.add({.author = server.bo.id,
                             .text = "@ana @osrbot tell me more &amp; <3 @ana",
                             .conversation = root.id,
                             .reply_to = root.id});
  server.stream_post(mention);
  REQUIRE(running.wait_for_updates(2));
  REQUIRE(running.wait_for_cursor(mention.id));

  const auto updates = running.updates();
  CHECK(updates[0].place == Place{.adapter = "x", .conversation = root.id});
  CHECK(updates[0].from.id == "7");
  CHECK(updates[0].from.handle == "ana");
  CHECK(updates[0].from.name == "Ana");
  CHECK(updates[0].message_id == root.id);
  CHECK(updates[0].url == "https://x.com/ana/status/" + root.id);
  CHECK(updates[0].text == "We need a statistician #OpenSourceResearch");
  CHECK_FALSE(updates[0].addressed);
  CHECK(std::chrono::abs(updates[0].at - clock_now()) < 60s);

  CHECK(updates[1].place.conversation == root.id);
  CHECK(updates[1].reply_to == root.id);
  CHECK(updates[1].addressed);
  CHECK(updates[1].text == "tell me more & <3 @ana");
  REQUIRE(updates[1].mentioned.size() == 1);
  CHECK(updates[1].mentioned[0].person.id == "7");
  CHECK(updates[1].text.substr(updates[1].mentioned[0].range.begin) == "@ana");
  CHECK(server.complaints().empty());
}

TEST_CASE("reposts and the bot's own posts are heard by nobody") {
  FakeX server;
  Memory memory;
  RunningX running(server, memory);
  start_listening(server, running);
  server.stream_post(server.add({.author = server.bot.id, .text = "my own #OSRC"}));
  server.stream_post(server.add({.author = server.bo.id, .text = "RT @osrbot: #OSRC", .reposts = "1"}));
  server.stream_post(by_ana(server, "heard #OSRC"));
  REQUIRE(running.wait_for_updates(1));
  CHECK(running.texts() == Texts{"heard #OSRC"});
}

TEST_CASE("who quotes the bot, or answers it, speaks to it; who is only in the thread with it does not") {
  FakeX server;
  Memory memory;
  RunningX running(server, memory);
  start_listening(server, running);
  const auto call = server.add({.author = server.bot.id, .text = "Statistician wanted"});
  server.stream_post(server.add({.author = server.ana.id, .text = "I can do that #OSRC", .quotes = call.id}));
  server.stream_post(
      server.add({.author = server.bo.id, .text = "me too", .conversation = call.id, .reply_to = call.id}));
  server.stream_post(by_ana(server, "not a word to anybody #OSRC"));
  REQUIRE(running.wait_for_updates(3));
  const auto updates = running.updates();
  CHECK(updates[0].addressed);
  CHECK(updates[1].addressed);
  CHECK_FALSE(updates[2].addressed);
}

TEST_CASE("duplicates, disorder, signs of life, errors and broken lines are normal") {
  FakeX server;
  Memory memory;
  RunningX running(server, memory);
  start_listening(server, running);
  const auto first = by_ana(server, "first");
  const auto second = by_ana(server, "second");
  const auto line = server.line_of(second);
  server.stream("\r\n\r\n");
  server.stream(line.substr(0, 20));
  server.stream(line.substr(20) + "\r\n");
  server.stream_post(first);
  server.stream_post(second);
  server.stream(R"({"errors":[{"title":"operational-disconnect","detail":"This stream has been disconnected"}]})"
                "\r\n");
  server.stream("{\"data\": [not JSON\r\n");
  server.stream_post(by_ana(server, "third"));
  REQUIRE(running.wait_for_updates(3));
  CHECK(running.texts() == Texts{"second", "first", "third"});
  CHECK(running.wait_for_log("in the stream: operational-disconnect"));
  CHECK(running.adapter.counts().unreadable == 2);
}

TEST_CASE("what was said while the stream was away is found by search, in order, and once") {
  FakeX server;
  Memory memory;
  RunningX running(server, memory);
  start_listening(server, running);
  server.stream_post(by_ana(server, "before"));
  REQUIRE(running.wait_for_updates(1));

  SUBCASE("after the connection broke") {
    server.hang_up();
  }
  SUBCASE("after X refused it for a while") {
    server.refuse("/2/tweets/search/stream", {.status = 503, .body = "{}"});
    server.refuse("/2/tweets/search/stream", {.status = 429, .body = "{}"});
    server.hang_up();
  }
  by_ana(server, "in the gap 1");
  const auto last = by_ana(server, "in the gap 2");
  REQUIRE(server.wait_for_streams(2));
  REQUIRE(running.wait_for_cursor(last.id));
  server.stream_post(last);
  server.stream_post(by_ana(server, "after"));
  REQUIRE(running.wait_for_updates(4));
  CHECK(running.texts() == Texts{"before", "in the gap 1", "in the gap 2", "after"});
  CHECK(server.complaints().empty());
}

TEST_CASE("a stream that falls silent is opened anew") {
  FakeX server;
  Memory memory;
  auto pace = quick();
  pace.longest_silence = 200ms;
  RunningX running(server, memory, {}, pace);
  running.start();
  CHECK(server.wait_for_streams(3));
  CHECK(running.wait_for_log("nothing came for too long"));
}

TEST_CASE("a day's outage is caught up without loss and without repeating anything") {
  FakeX server;
  server.set_page_size(10);
  Memory memory;
  const auto now = clock_now();
  std::vector<std::string> said;
  const auto before = server.add({.id = server.new_id(now - 24h), .author = server.ana.id, .text = "before"});
  memory.cursor = before.id + " " + before.id;
  memory.keys = {message_key({.adapter = "x", .conversation = before.id}, before.id)};
  for (int i = 0; i < 288; ++i) {
    said.push_back("post " + std::to_string(i));
    server.add({.id = server.new_id(now - 24h + 5min * i + 1s), .author = server.bo.id, .text = said.back()});
  }
  SUBCASE("in one go") {
    RunningX running(server, memory);
    running.start();
    REQUIRE(running.wait_for_updates(288));
    CHECK(running.texts() == said);
  }
  SUBCASE("with the bot killed in the middle, and limits and failures on the way") {
    {
      RunningX running(server, memory);
      std::size_t batches = 0;
      running.start([&](const Batch&) { return ++batches < 2; });
      REQUIRE(server.wait_for_requests("/2/tweets/search/recent", 29));
      running.stop();
      CHECK(memory.cursor.starts_with(before.id));
    }
    RunningX running(server, memory);
    server.refuse("/2/tweets/search/recent", {.status = 500, .body = "{}"});
    server.refuse("/2/tweets/search/recent", {.status = 429, .body = "{}", .more_headers = "retry-after: 0\r\n"});
    const auto last = server.add({.author = server.bo.id, .text = "now"});
    running.start();
    REQUIRE(running.wait_for_cursor(last.id));
    CHECK(memory.keys.size() == 290);
  }
  CHECK(server.complaints().empty());
}

TEST_CASE("the first start hears nothing of the past, and remembers where it began") {
  FakeX server;
  server.add({.id = server.new_id(clock_now() - 1h), .author = server.ana.id, .text = "old"});
  Memory memory;
  RunningX running(server, memory);
  start_listening(server, running);
  server.stream_post(by_ana(server, "new"));
  REQUIRE(running.wait_for_updates(1));
  CHECK(running.texts() == Texts{"new"});
  CHECK_FALSE(memory.cursor.empty());
}

TEST_CASE("the stream's rules follow the configuration; rules of others stay") {
  FakeX server;
  server.set_rules({{"501", "#Cats", "other program"},
                    {"502", "(#OldTag) -is:retweet -from:osrbot", "osrbot:tags"},
                    {"503", wanted_rules({"OpenSourceResearch"}, "osrbot")[0].value, "osrbot:mentions"}});
  Memory memory;
  RunningX running(server, memory);
  running.start();
  REQUIRE(server.wait_for_streams(1));
  std::vector<std::string> values;
  for (const auto& rule : server.rules()) values.push_back(rule.value);
  CHECK(values == Texts{"#Cats", "(@osrbot OR url:\"x.com/osrbot/status\") -is:retweet -from:osrbot",
                        "(#OpenSourceResearch OR #OSRC) -is:retweet -from:osrbot"});
  CHECK(server.complaints().empty());
}

TEST_CASE("many hashtags are spread over several rules, none longer than X allows") {
  std::vector<std::string> tags;
  for (int i = 0; i < 200; ++i) tags.push_back("ResearchTag" + std::to_string(i));
  const auto rules = wanted_rules(tags, "osrbot");
  CHECK(rules.size() > 3);
  std::string all;
  for (const auto& rule : rules) {
    CHECK(rule.value.size() <= 1024);
    all += rule.value;
  }
  for (const auto& tag : tags) CHECK(all.find("#" + tag) != std::string::npos);
}

TEST_CASE("when X has lost the rules they are made again") {
  FakeX server;
  Memory memory;
  RunningX running(server, memory);
  start_listening(server, running);
  server.set_rules({});
  server.hang_up();
  CHECK(server.wait_for_streams(2));
  CHECK(server.rules().size() == 2);
}

TEST_CASE("while the stream is refused, those who name the bot are heard by its mentions") {
  FakeX server;
  Memory memory;
  RunningX running(server, memory);
  start_listening(server, running);
  for (int i = 0; i < 3; ++i) server.refuse("/2/tweets/search/stream", {.status = 503, .body = "{}"});
  const auto mention = by_ana(server, "@osrbot help");
  server.hang_up();
  REQUIRE(running.wait_for_updates(1));
  CHECK(running.texts() == Texts{"help"});
  CHECK(server.wait_for_requests("/2/users/900/mentions", 1));
  CHECK(memory.journal.count("read_mention") >= 1);
}

TEST_CASE("without a stream, search or mentions are asked now and then") {
  FakeX server;
  Memory memory;
  XConfig config;
  config.poll_seconds = 1;
  SUBCASE("search hears hashtags and mentions") {
    config.mode = XConfig::Mode::polling;
    RunningX running(server, memory, config);
    running.start();
    REQUIRE(server.wait_for_requests("/2/tweets/search/recent", 1));
    by_ana(server, "tagged #OSRC");
    const auto last = by_ana(server, "@osrbot help");
    REQUIRE(running.wait_for_updates(2));
    CHECK(running.texts() == Texts{"tagged #OSRC", "help"});
    CHECK(running.wait_for_cursor(last.id));
    CHECK(server.streams() == 0);
  }
  SUBCASE("mentions hear who names the bot, for less") {
    config.mode = XConfig::Mode::mentions;
    RunningX running(server, memory, config);
    running.start();
    REQUIRE(server.wait_for_requests("/2/users/900/mentions", 1));
    by_ana(server, "tagged #OSRC");
    by_ana(server, "@osrbot help");
    REQUIRE(running.wait_for_updates(1));
    CHECK(running.texts() == Texts{"help"});
    CHECK(memory.journal.total() == 1'000);
  }
  CHECK(server.complaints().empty());
}

TEST_CASE("direct messages are read in order and once, when that is wanted") {
  FakeX server;
  Memory memory;
  XConfig config;
  config.message_poll_seconds = 1;
  RunningX running(server, memory, config);
  start_listening(server, running);
  for (int i = 0; i < 8; ++i) {
    server.message_from(server.ana, "message " + std::to_string(i), server.new_id(clock_now() + 1s));
  }
  REQUIRE(running.wait_for_updates(8));
  CHECK(running.texts().front() == "message 0");
  CHECK(running.texts().back() == "message 7");
  const auto update = running.updates().front();
  CHECK(update.place.is_private);
  CHECK(update.place.conversation == "7");
  CHECK(update.addressed);
  CHECK(memory.journal.has_summoned("dm:7"));
  CHECK(server.complaints().empty());
}

TEST_CASE("posts that are gone are reported, those that are there are not") {
  FakeX server;
  Memory memory;
  RunningX running(server, memory);
  start_listening(server, running);
  const auto kept = by_ana(server, "kept");
  const auto gone = by_ana(server, "gone");
  server.remove(gone.id);
  running.adapter.look_up({kept.id, gone.id, "not an id"});
  REQUIRE(running.wait_for_updates(1));
  CHECK(running.updates()[0].kind == UpdateKind::deleted);
  CHECK(running.updates()[0].message_id == gone.id);
  CHECK(server.complaints().empty());
}

TEST_CASE("a token that X refuses is said with the setting to mend") {
  FakeX server;
  Memory memory;
  XConfig config;
  SUBCASE("the app's") {
    config.bearer_token = Secret("wrong");
    RunningX running(server, memory, config);
    running.start();
    REQUIRE(running.wait_for_failure());
    CHECK(running.failure().find("x.bearer_token") != std::string::npos);
  }
  SUBCASE("the account's") {
    config.consumer_key = Secret("wrong");
    RunningX running(server, memory, config);
    running.start();
    REQUIRE(running.wait_for_failure());
    CHECK(running.failure().find("OAuth 1.0a") != std::string::npos);
  }
}

TEST_CASE("while the database cannot be written nothing is heard, and nothing is lost") {
  FakeX server;
  Memory memory;
  RunningX running(server, memory);
  start_listening(server, running);
  memory.journal.full_disk = true;
  server.stream_post(by_ana(server, "on a full disk #OSRC"));
  REQUIRE(running.wait_for_log("nothing can be heard until the database takes writes again: the disk is full"));
  CHECK(running.updates().empty());
  memory.journal.full_disk = false;
  REQUIRE(running.wait_for_updates(1));
  CHECK(running.texts() == Texts{"on a full disk #OSRC"});
}

TEST_CASE("an edited post is an edit of the first one") {
  FakeX server;
  Memory memory;
  RunningX running(server, memory);
  start_listening(server, running);
  const auto first = by_ana(server, "@osrbot joni P7");
  server.stream_post(first);
  const auto edited = server.add({.author = server.ana.id,
                                  .text = "@osrbot join P7",
                                  .conversation = first.id,
                                  .versions = {first.id, "1999999999999999999"}});
  server.stream_post(edited);
  REQUIRE(running.wait_for_updates(2));
  CHECK(running.updates()[1].kind == UpdateKind::edited);
  CHECK(running.updates()[1].message_id == first.id);
  CHECK(running.updates()[1].text == "join P7");
}
