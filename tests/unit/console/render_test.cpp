#include "adapters/console/render.h"

#include <doctest/doctest.h>

using namespace osrbot;
using Style = Span::Style;

namespace {

const Message example{
    .blocks = {{Block::Kind::paragraph,
                {{Style::bold, "T1", ""}, {Style::plain, " is yours, ", ""}, {Style::mention, "Ana", "7"}}},
               {Block::Kind::item, {{Style::plain, "send ", ""}, {Style::code, "done T1", ""}}},
               {Block::Kind::item,
                {{Style::link, "the protocol", "https://osf.io/x"}, {Style::link, "https://a.org", "https://a.org"}}}},
    .buttons = {{{"Yes", "yes", ""}, {"No", "no", ""}}, {{"Read", "", "https://a.org"}}}};

}  // namespace

TEST_CASE("a pipe gets plain lines, with code between backticks and numbered buttons") {
  CHECK(console::render(example, false) ==
        "T1 is yours, Ana\n"
        "- send `done T1`\n"
        "- the protocol (https://osf.io/x)https://a.org\n"
        "[1] Yes   [2] No\n"
        "[3] Read\n");
}

TEST_CASE("a terminal gets styles") {
  CHECK(console::render(example, true).starts_with("\x1b[1mT1\x1b[0m is yours, Ana\n- send \x1b[36mdone T1\x1b[0m\n"));
}

TEST_CASE("nothing that somebody wrote reaches the terminal as an escape sequence or a line of its own") {
  const std::string attack =
      "a\x1b]0;title\x07\x1b[2J\xC2\x9B"
      "31m\r\nb\x7F";
  CHECK(console::printable(attack) == "a]0;title[2J31m b");
  const Message message{.blocks = {{Block::Kind::paragraph, {{Style::link, attack, attack}}}},
                        .buttons = {{{attack, "x", ""}}}};
  CHECK(console::render(message, false) == "a]0;title[2J31m b\n[1] a]0;title[2J31m b\n");
}

TEST_CASE("letters of every script are printable") {
  CHECK(console::printable("مراجعة é 研究 🧪 \u2068T1\u2069") ==
        "مراجعة é 研究 🧪 \u2068T1\u2069");
}
