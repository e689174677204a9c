// Files on Slack: every step is looked at by the fake, which shares nothing that was not uploaded whole.
#include <doctest/doctest.h>

#include "tests/unit/slack/running_slack.h"

using namespace osrbot;
using namespace osrbot::slack;
using fakes::FakeSlack;

namespace {

struct ReadyToShare {
  FakeSlack slack;
  RunningSlack bot{slack};

  ReadyToShare() {
    bot.start();
    REQUIRE(slack.wait_until([&] { return bot.adapter.counts().connections == 1; }));
  }
};

OutboundMessage with_file(OutboundMessage message) {
  message.message.file = File{.name = "credits-P7.csv", .media_type = "text/csv", .content = "name,role\nZo\u00eb,R\n"};
  return message;
}

}  // namespace

TEST_CASE("a file goes into its channel and thread, with the words beside it") {
  ReadyToShare ready;
  auto message = with_file(words("Who did what"));
  message.to.thread = "1690000000.1";
  CHECK(std::holds_alternative<Sent>(ready.bot.send(message)));
  REQUIRE(ready.slack.files().size() == 1);
  const auto file = ready.slack.files().front();
  CHECK(file.name == "credits-P7.csv");
  CHECK(file.content == message.message.file->content);
  CHECK(file.channel == "C1");
  CHECK(file.thread == "1690000000.1");
  CHECK(file.words.find("Who did what") != std::string::npos);
  CHECK(ready.slack.count("chat.postMessage") == 0);
  // The address for the bytes is no place for the token.
  for (const auto& call : ready.slack.calls("upload/F1")) CHECK(call.token.empty());
}

TEST_CASE("a person gets a file in their private conversation") {
  ReadyToShare ready;
  SUBCASE("which is where it is sent") {
    CHECK(std::holds_alternative<Sent>(ready.bot.send(with_file(words("Your data", "U9", true)))));
  }
  SUBCASE("also if it is for them alone in a channel, where Slack cannot show it to one person") {
    auto message = with_file(words("Your data"));
    message.message.surface = Surface::one_person;
    message.message.surface_id = "U9";
    CHECK(std::holds_alternative<Sent>(ready.bot.send(message)));
  }
  REQUIRE(ready.slack.files().size() == 1);
  CHECK(ready.slack.files().front().channel == "DU9");
  CHECK(ready.slack.calls("conversations.open").front().body == "users=U9");
}

TEST_CASE("words with buttons go before the file, and are not repeated when the file has to be tried again") {
  ReadyToShare ready;
  auto message = with_file(words("Who did what"));
  message.message.buttons = {{{.label = "Credits", .command = "credits P7"}}};
  ready.slack.refuse("files.completeUploadExternal", "internal_error");
  CHECK(std::holds_alternative<RetryLater>(ready.bot.send(message)));
  CHECK(ready.slack.files().empty());
  CHECK(std::holds_alternative<Sent>(ready.bot.send(message)));
  CHECK(ready.slack.files().size() == 1);
  CHECK(ready.slack.count("chat.postMessage") == 1);
}

TEST_CASE("a file whose words are too long for one message follows them") {
  ReadyToShare ready;
  std::string line;
  for (int i = 0; i < 500; ++i) line += "many words ";
  CHECK(std::holds_alternative<Sent>(ready.bot.send(with_file(words(line)))));
  CHECK(ready.slack.count("chat.postMessage") == 2);
  REQUIRE(ready.slack.files().size() == 1);
  CHECK(ready.slack.files().front().words.empty());
}

TEST_CASE("whatever step fails, nothing is seen in the channel, and the message is tried again as a whole") {
  ReadyToShare ready;
  const auto message = with_file(words("Who did what"));
  for (const char* step : {"files.getUploadURLExternal", "upload/F1", "files.completeUploadExternal"}) {
    CAPTURE(step);
    ready.slack.fail(step, fakes::FakeAnswer{.status = 502, .body = "<html>"});
    CHECK(std::holds_alternative<RetryLater>(ready.bot.send(message)));
  }
  ready.slack.fail("files.getUploadURLExternal", fakes::FakeAnswer{.body = R"({"ok":true})"});
  CHECK(std::holds_alternative<RetryLater>(ready.bot.send(message)));
  CHECK(ready.slack.files().empty());
  CHECK(std::holds_alternative<Sent>(ready.bot.send(message)));
  CHECK(ready.slack.files().size() == 1);
}

TEST_CASE("blocks that Slack does not take with a file cost it no words") {
  ReadyToShare ready;
  ready.slack.refuse("files.completeUploadExternal", "invalid_blocks");
  CHECK(std::holds_alternative<Sent>(ready.bot.send(with_file(words("a < b")))));
  REQUIRE(ready.slack.files().size() == 1);
  CHECK(ready.slack.files().front().words == "a &lt; b");
}

TEST_CASE("a file that Slack takes never is refused for good, with the reason") {
  ReadyToShare ready;
  const auto refused = [&](const OutboundMessage& message) {
    const auto delivery = ready.bot.send(message);
    REQUIRE(std::holds_alternative<Rejected>(delivery));
    return std::get<Rejected>(delivery);
  };
  auto empty = with_file(words("nothing"));
  empty.message.file->content.clear();
  CHECK(refused(empty).why == "the file credits-P7.csv is empty");
  ready.slack.fail("files.getUploadURLExternal",
                   fakes::FakeAnswer{.body = R"({"ok":false,"error":"missing_scope","needed":"files:write"})"});
  CHECK(refused(with_file(words("hi"))).why == "missing_scope: needs files:write");
  ready.slack.fail("upload/F1", fakes::FakeAnswer{.status = 413, .body = "too large"});
  const auto too_large = refused(with_file(words("hi")));
  CHECK(too_large.why.find("413") != std::string::npos);
  CHECK_FALSE(too_large.unreachable);
  ready.slack.refuse("files.completeUploadExternal", "not_in_channel");
  const auto outside = refused(with_file(words("hi")));
  CHECK(outside.unreachable);
  CHECK(ready.slack.files().empty());
}
