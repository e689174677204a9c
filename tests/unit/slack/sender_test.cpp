#include "adapters/slack/sender.h"

#include <doctest/doctest.h>

#include "tests/unit/slack/running_slack.h"

using namespace osrbot;
using namespace osrbot::slack;
using fakes::FakeSlack;
namespace events = fakes::slack_events;

namespace {

/// A bot that is ready to send.
struct ReadyToSend {
  FakeSlack slack;
  RunningSlack bot;

  explicit ReadyToSend() : bot(slack) {
    bot.start();
    REQUIRE(slack.wait_until([&] { return bot.adapter.counts().connections == 1; }));
  }
  Delivery send(OutboundMessage message) { return bot.send(std::move(message)); }
  Rejected rejected(OutboundMessage message) {
    const auto delivery = send(std::move(message));
    REQUIRE(std::holds_alternative<Rejected>(delivery));
    return std::get<Rejected>(delivery);
  }
  RetryLater later(OutboundMessage message) {
    const auto delivery = send(std::move(message));
    REQUIRE(std::holds_alternative<RetryLater>(delivery));
    return std::get<RetryLater>(delivery);
  }
};

OutboundMessage form(const std::string& dialog) {
  auto out = words("Please say it in words.");
  out.message.surface = Surface::dialog;
  out.message.surface_id = dialog;
  out.message.form = Form{.title = "New need", .submit = "Add", .command = "need", .fields = {}};
  out.message.form->fields.push_back({.name = "skill", .label = "Skill"});
  return out;
}

}  // namespace

TEST_CASE("a message goes to its channel and thread, without previews of links") {
  ReadyToSend ready;
  auto message = words("a < b");
  message.to.thread = "1690000000.1";
  const auto delivery = ready.send(message);
  REQUIRE(std::holds_alternative<Sent>(delivery));
  CHECK(std::get<Sent>(delivery).message_id.starts_with("1700000000."));
  const auto call = ready.slack.calls("chat.postMessage").front();
  CHECK(call["channel"] == "C1");
  CHECK(call["thread_ts"] == "1690000000.1");
  CHECK(call["text"] == "a &lt; b");
  CHECK(call["unfurl_links"] == "false");
  CHECK(call.token == ready.slack.options().bot_token);
}

TEST_CASE("a person is written to by their id, before they ever wrote") {
  ReadyToSend ready;
  CHECK(std::holds_alternative<Sent>(ready.send(words("welcome", "U9", true))));
  CHECK(ready.slack.calls("chat.postMessage").front()["channel"] == "U9");
}

TEST_CASE("what is for one person is ephemeral in a channel, and plain in private") {
  ReadyToSend ready;
  auto message = words("only you");
  message.message.surface = Surface::one_person;
  message.message.surface_id = "U1";
  CHECK(std::holds_alternative<Sent>(ready.send(message)));
  CHECK(ready.slack.calls("chat.postEphemeral").front()["user"] == "U1");
  message.to.conversation = "U1";
  message.to.is_private = true;
  CHECK(std::holds_alternative<Sent>(ready.send(message)));
  CHECK(ready.slack.count("chat.postMessage") == 1);
}

TEST_CASE("what is for one person goes to them in private where the channel does not take it") {
  ReadyToSend ready;
  auto message = words("only you");
  message.message.surface = Surface::one_person;
  message.message.surface_id = "U1";
  ready.slack.refuse("chat.postEphemeral", "user_not_in_channel");
  CHECK(std::holds_alternative<Sent>(ready.send(message)));
  CHECK(ready.slack.calls("chat.postMessage").front()["channel"] == "U1");
}

TEST_CASE("refusals that are final say what to do, and end what waits for the conversation") {
  ReadyToSend ready;
  ready.slack.refuse("chat.postMessage", "not_in_channel");
  const auto outside = ready.rejected(words("hi"));
  CHECK(outside.unreachable);
  CHECK(outside.why.find("/invite") != std::string::npos);
  for (const char* error : {"channel_not_found", "is_archived", "user_not_found"}) {
    ready.slack.refuse("chat.postMessage", error);
    CHECK(ready.rejected(words("hi")).unreachable);
  }
  for (const char* error : {"msg_too_long", "no_text", "restricted_action", "missing_scope", "of_tomorrow"}) {
    ready.slack.refuse("chat.postMessage", error);
    CHECK_FALSE(ready.rejected(words("hi")).unreachable);
  }
}

TEST_CASE("a token that is no longer good is for the operator to mend: messages wait") {
  ReadyToSend ready;
  for (const char* error : {"invalid_auth", "account_inactive", "token_revoked"}) {
    ready.slack.refuse("chat.postMessage", error);
    CHECK(ready.later(words("hi")).after == std::chrono::seconds(60));
  }
  CHECK(ready.bot.has_logged("OSRBOT_SLACK_BOT_TOKEN"));
}

TEST_CASE("too many messages wait as long as Slack says, trouble of Slack as the relay decides") {
  ReadyToSend ready;
  ready.slack.fail("chat.postMessage", fakes::FakeAnswer{.status = 429,
                                                         .body = R"({"ok":false,"error":"ratelimited"})",
                                                         .more_headers = "Retry-After: 7\r\n"});
  CHECK(ready.later(words("hi")).after == std::chrono::seconds(7));
  for (const char* error : {"internal_error", "service_unavailable"}) {
    ready.slack.refuse("chat.postMessage", error);
    CHECK(ready.later(words("hi")).after == std::chrono::milliseconds(0));
  }
  ready.slack.fail("chat.postMessage", fakes::FakeAnswer{.status = 502, .body = "<html>"});
  ready.later(words("hi"));
  ready.slack.fail("chat.postMessage", fakes::FakeAnswer{.body = "not json"});
  ready.later(words("hi"));
  ready.slack.fail("chat.postMessage", fakes::FakeAnswer{.body = R"({"ok":true})", .close_after = 60});
  ready.later(words("hi"));
}

TEST_CASE("blocks or a thread that Slack does not take cost the message neither its words nor its place") {
  ReadyToSend ready;
  ready.slack.refuse("chat.postMessage", "invalid_blocks");
  auto message = words("hi");
  message.message.buttons = {{{.label = "Claim", .command = "claim T1"}}};
  CHECK(std::holds_alternative<Sent>(ready.send(message)));
  CHECK(ready.slack.calls("chat.postMessage").back()["blocks"].empty());
  ready.slack.refuse("chat.postMessage", "thread_not_found");
  message.to.thread = "1690000000.1";
  CHECK(std::holds_alternative<Sent>(ready.send(message)));
  CHECK(ready.slack.calls("chat.postMessage").back()["thread_ts"].empty());
}

TEST_CASE("where the bot is no member, whoever used a slash command gets the answer all the same") {
  ReadyToSend ready;
  const auto socket = ready.slack.sockets().front();
  const auto url = ready.slack.response_url("1");
  ready.slack.push(socket, "slash_commands", events::to_json(events::slash_command("status", "C7", "U1", "t.1", url)));
  REQUIRE(ready.slack.wait_until([&] { return ready.bot.updates().size() == 1; }));
  ready.slack.refuse("chat.postMessage", "not_in_channel", 10);
  for (int i = 0; i < 5; ++i) CHECK(std::holds_alternative<Sent>(ready.send(words("P1 is on time", "C7"))));
  const auto answers = ready.slack.calls("response/1");
  REQUIRE(answers.size() == 5);
  CHECK(answers[0]["response_type"] == "ephemeral");
  CHECK(answers[0]["text"] == "P1 is on time");
  CHECK(ready.rejected(words("a sixth", "C7")).unreachable);
}

TEST_CASE("Home is published and a dialog is opened by its trigger") {
  ReadyToSend ready;
  auto home = words("your tasks", "U1", true);
  home.message.surface = Surface::home;
  home.message.surface_id = "U1";
  CHECK(std::holds_alternative<Sent>(ready.send(home)));
  CHECK(ready.slack.calls("views.publish").front()["user_id"] == "U1");
  CHECK(std::holds_alternative<Sent>(ready.send(form("trigger.9 U1 U1 "))));
  CHECK(ready.slack.calls("views.open").front()["trigger_id"] == "trigger.9");
}

TEST_CASE("a dialog that comes too late is said in words") {
  ReadyToSend ready;
  ready.slack.refuse("views.open", "expired_trigger_id");
  CHECK(std::holds_alternative<Sent>(ready.send(form("trigger.9 U1 U1 "))));
  CHECK(ready.slack.calls("chat.postMessage").front()["text"] == "Please say it in words.");
}

TEST_CASE("in a channel, a dialog that comes too late is said to the person who asked, in their thread") {
  ReadyToSend ready;
  ready.slack.refuse("views.open", "expired_trigger_id");
  CHECK(std::holds_alternative<Sent>(ready.send(form("trigger.9 U1 C1 1690000000.1"))));
  const auto said = ready.slack.calls("chat.postEphemeral").front();
  CHECK(said["channel"] == "C1");
  CHECK(said["user"] == "U1");
  CHECK(said["thread_ts"] == "1690000000.1");
}

TEST_CASE("what is wrong with a submission is shown in the dialog that is still open") {
  FakeSlack slack;
  RunningSlack bot(slack);
  auto answer = form("trigger.3 U1 U1 ");
  std::string expected;
  SUBCASE("a field") {
    answer.message.form->fields[0].error = "Nobody knows this skill.";
    expected = R"({"errors":{"skill":"Nobody knows this skill."},"response_action":"errors"})";
  }
  SUBCASE("nothing: the dialog closes") {
    answer.message.form.reset();
    answer.message.blocks.clear();
  }
  SUBCASE("no answer at all: the dialog closes") {
    answer.message.surface_id = "of somebody else";
  }
  // As the engine does: the answer is on its way before or right after the commit is told.
  bot.start([&](const Batch& batch) {
    if (batch.updates.front().kind == UpdateKind::submitted) bot.adapter.send(answer, [](const Delivery&) {});
    return true;
  });
  REQUIRE(slack.wait_until([&] { return bot.adapter.counts().connections == 1; }));
  const auto envelope = slack.push(slack.sockets().front(), "interactive", events::submission("need", "{}"));
  REQUIRE(slack.wait_until([&] { return !slack.acknowledged(envelope).empty(); }));
  CHECK(slack.acknowledged(envelope).front().payload == expected);
  CHECK(slack.acknowledged(envelope).size() == 1);
}

TEST_CASE("a method is called no oftener than its tier allows") {
  MethodLimits limits;
  const auto now = std::chrono::steady_clock::now();
  for (int i = 0; i < 50; ++i) CHECK(limits.take("views.publish", "xoxb-1", now).count() == 0);
  const auto wait = limits.take("views.publish", "xoxb-1", now);
  CHECK(wait.count() == 600);
  CHECK(limits.take("views.publish", "xoxb-2", now).count() == 0);
  CHECK(limits.take("views.publish", "xoxb-1", now + wait).count() == 0);
  for (int i = 0; i < 500; ++i) CHECK(limits.take("chat.postMessage", "xoxb-1", now).count() == 0);
  limits.block("views.open", "xoxb-1", now + std::chrono::seconds(9));
  CHECK(limits.take("views.open", "xoxb-1", now) == std::chrono::seconds(9));
  CHECK(limits.take("views.open", "xoxb-1", now + std::chrono::seconds(9)).count() == 0);
}
