#include "adapters/slack/message_text.h"

#include <doctest/doctest.h>

using namespace osrbot;
using namespace osrbot::slack;

namespace {

std::string text(std::string_view mrkdwn) {
  return read_text(mrkdwn, "UBOT").text;
}

/// The quoted parts of a text, one after the other.
std::string quoted(std::string_view mrkdwn) {
  const auto read = read_text(mrkdwn, "UBOT");
  std::string out;
  for (const auto& range : read.quoted) out += "[" + read.text.substr(range.begin, range.end - range.begin) + "]";
  return out;
}

}  // namespace

TEST_CASE("what Slack escapes is read as people wrote it") {
  CHECK(text("a &lt; b &amp;&amp; c &gt; d") == "a < b && c > d");
  CHECK(text("&amp;lt;") == "&lt;");
  CHECK(text("AT&T") == "AT&T");
}

TEST_CASE("mentions, channels and links become what people see of them") {
  CHECK(text("assign T12 <@U2|ana>") == "assign T12 @ana");
  CHECK(text("assign T12 <@U2>") == "assign T12 @U2");
  CHECK(text("in <#C2|general>") == "in #general");
  CHECK(text("see <https://example.org/a?b&amp;c>") == "see https://example.org/a?b&c");
  CHECK(text("see <http://example.org|example.org>") == "see example.org");
  CHECK(text("<mailto:a@b.org|a@b.org>") == "a@b.org");
  CHECK(text("the <https://example.org|protocol>") == "the protocol (https://example.org)");
  CHECK(text("<!here> <!subteam^S1|@stats> <!date^1^{date}|Monday>") == "@here @stats Monday");
  CHECK(text("a <b") == "a <b");
  CHECK(text("<>") == "<>");
}

TEST_CASE("people who are named have their ids") {
  const auto read = read_text("assign T12 <@U2|ana> and <@U3>", "UBOT");
  REQUIRE(read.mentioned.size() == 2);
  CHECK(read.mentioned[0].person.id == "U2");
  CHECK(read.mentioned[0].person.handle == "ana");
  CHECK(read.text.substr(read.mentioned[0].range.begin, 4) == "@ana");
  CHECK(read.mentioned[1].person.id == "U3");
  CHECK_FALSE(read.calls_bot);
  CHECK_FALSE(read.calls_others);
  CHECK(read_text("<@U3> can you?", "UBOT").calls_others);
}

TEST_CASE("the bot's own name at the beginning is no part of what it is told") {
  const auto read = read_text("<@UBOT>, claim T12", "UBOT");
  CHECK(read.calls_bot);
  CHECK(read.text == "claim T12");
  CHECK(read.mentioned.empty());
  CHECK(read.called.empty());
  const auto later = read_text("ask <@UBOT> please", "UBOT");
  CHECK(later.text == "ask @UBOT please");
  REQUIRE(later.called.size() == 1);
  CHECK(later.text.substr(later.called[0].begin, later.called[0].end - later.called[0].begin) == "@UBOT");
  CHECK(read_text("<@UBOT>", "").calls_bot == false);
}

TEST_CASE("code, quoted lines and struck-out words are quotations") {
  CHECK(quoted("say `claim T12` to me") == "[`claim T12`]");
  CHECK(quoted("```\nclaim T1\nclaim T2\n```\nclaim T3") == "[```\nclaim T1\nclaim T2\n```]");
  CHECK(quoted("&gt; claim T1\nclaim T2") == "[> claim T1]");
  CHECK(quoted("&gt;&gt;&gt; claim T1\nclaim T2") == "[>>> claim T1\nclaim T2]");
  CHECK(quoted("~claim T1~ claim T2") == "[claim T1]");
  CHECK(quoted("a `b\nc` d") == "");
  CHECK(quoted("5 &gt; 3") == "");
}

TEST_CASE("marks of style go, and stay where they mean something else") {
  CHECK(text("*claim* _T12_") == "claim T12");
  CHECK(text("2 * 3 * 4") == "2 * 3 * 4");
  CHECK(text("data_set_1 is_here") == "data_set_1 is_here");
  CHECK(text("*open") == "*open");
}

TEST_CASE("an emoji code that ends a line is decoration") {
  CHECK(text("claim T12 :tada: :+1:") == "claim T12");
  CHECK(text(":tada:") == ":tada:");
  CHECK(text("at 10:30: go") == "at 10:30: go");
}

TEST_CASE("whatever is written, ranges lie inside the text") {
  for (const char* hostile : {"<@", "<@>", "<!>", "<#|>", "`", "```", "~~~~", "*_~`<@UBOT>`~_*", "&gt;", "&gt;&gt;&gt;",
                              "<@U1|<@U2>>", "*<http://a_b*c|*d>*", "\xff\xfe<@U1>", ": : :", "<@UBOT> <@UBOT>"}) {
    const auto read = read_text(hostile, "UBOT");
    for (const auto& range : read.quoted) CHECK((range.begin < range.end && range.end <= read.text.size()));
    for (const auto& one : read.mentioned) CHECK((one.range.begin < one.range.end));
  }
}
