#include "adapters/message.h"

#include <stdexcept>
#include <string>

#include <doctest/doctest.h>

using namespace osrbot;
using Style = Span::Style;

namespace {

Message everything() {
  return {.blocks = {{.kind = Block::Kind::paragraph,
                      .spans = {{Style::plain, "Hello ", ""},
                                {Style::mention, "Ana", "42"},
                                {Style::plain, ", see ", ""},
                                {Style::link, "the plan", "https://example.org/?a=1&b=\"2\""}}},
                     {.kind = Block::Kind::item, .spans = {{Style::bold, "T1", ""}, {Style::italic, " due", ""}}},
                     {.kind = Block::Kind::item, .spans = {{Style::code, "claim T2", ""}}},
                     {.kind = Block::Kind::paragraph, .spans = {{Style::plain, "naïve 研究 🧬", ""}}}},
          .buttons = {{{"Claim", "claim T1", ""}, {"Plan", "", "https://example.org"}}, {{"Help", "help", ""}}}};
}

}  // namespace

TEST_CASE("a message survives the way through JSON") {
  CHECK(message_from_json(to_json(everything())) == everything());
  CHECK(message_from_json(to_json(Message{})) == Message{});
  const Message empty_parts{.blocks = {{}, {.kind = Block::Kind::item, .spans = {}}}, .buttons = {{}}};
  CHECK(message_from_json(to_json(empty_parts)) == empty_parts);
}

TEST_CASE("a button's use and its question survive the way through JSON") {
  Message message;
  message.buttons = {{{.label = "Yes", .command = "yes", .url = "", .use = Button::Use::pick},
                      {.label = "Join", .command = "join N1", .url = "", .use = Button::Use::again}},
                     {{.label = "Give T1 back",
                       .command = "release T1",
                       .url = "",
                       .question = Question{.text = "Sure?", .yes = "Give it back", .no = "Cancel"}}}};
  CHECK(message_from_json(to_json(message)) == message);
}

TEST_CASE("a button speaks for itself when its label names what its command is about, or it is for any time") {
  const auto speaks = [](std::string label, std::string command, Button::Use use = Button::Use::once) {
    return speaks_for_itself({.label = std::move(label), .command = std::move(command), .url = "", .use = use});
  };
  CHECK(speaks("Claim T12", "claim T12"));
  CHECK(speaks("T12 counts as Software", "credit T12 software"));
  CHECK(speaks("\u2068T12\u2069: \u0628\u0631\u0645\u062c\u0629", "credit T12 software"));
  CHECK(speaks("Status", "status", Button::Use::again));
  CHECK_FALSE(speaks("Claim T1", "claim T12"));
  CHECK_FALSE(speaks("Claim T120", "claim T12"));
  CHECK_FALSE(speaks("Yes", "yes", Button::Use::pick));
  CHECK_FALSE(speaks("Lead", "credit C3 lead"));
  CHECK_FALSE(speaks("Open the post", ""));
}

TEST_CASE("a form, a file and the surface of a message survive the way through JSON") {
  Message message{.blocks = {}, .buttons = {}, .surface = Surface::dialog, .surface_id = "V1"};
  message.form = Form{.title = "New need",
                      .submit = "Post it",
                      .command = "need",
                      .fields = {{.name = "skill", .label = "Skill", .hint = "R", .required = true, .longest = 100},
                                 {.name = "credit",
                                  .kind = Field::Kind::choice,
                                  .label = "Credit",
                                  .options = {{"authorship", "Authorship"}},
                                  .values = {"authorship"},
                                  .error = "Not that"}}};
  CHECK(message_from_json(to_json(message)) == message);
  const Message with_file{.blocks = {}, .buttons = {}, .file = File{"credits.csv", "text/csv", "a,b\r\n"}};
  CHECK(message_from_json(to_json(with_file)) == with_file);
  for (const std::string broken :
       {R"({"blocks":[],"surface":{"kind":"wall","id":""}})", R"({"blocks":[],"form":{}})", R"({"blocks":[],"file":7})",
        R"({"blocks":[],"form":{"title":"","submit":"","command":"","fields":[{"name":1}]}})"}) {
    CAPTURE(broken);
    CHECK_THROWS_AS(message_from_json(broken), std::invalid_argument);
  }
}

TEST_CASE("the JSON of a message is compact and stays as it is, because outboxes on disk hold it") {
  CHECK(to_json({.blocks = {{.kind = Block::Kind::item,
                             .spans = {{Style::plain, "a ", ""}, {Style::bold, "b", ""}, {Style::link, "c", "d"}}}},
                 .buttons = {{{"Go", "go", ""}}}}) ==
        R"({"blocks":[{"li":["a ",{"b":"b"},{"a":"c","to":"d"}]}],"buttons":[[{"label":"Go","command":"go"}]]})");
}

TEST_CASE("a picture stays as it is in JSON") {
  const Message message{.blocks = {},
                        .picture = Picture{.media_type = "image/png", .content = "iVBORw==", .alt = "A map of Århus"}};
  CHECK(message_from_json(to_json(message)) == message);
  CHECK_THROWS_AS(message_from_json(R"({"blocks":[],"picture":{"type":"image/png"}})"), std::invalid_argument);
}

TEST_CASE("bytes that are not UTF-8 become replacement characters instead of an error") {
  const Message message{.blocks = {{.kind = Block::Kind::paragraph, .spans = {{Style::plain, "a\xff", ""}}}},
                        .buttons = {}};
  CHECK(message_from_json(to_json(message)).blocks[0].spans[0].text == "a\uFFFD");
}

TEST_CASE("what is not a message is refused") {
  for (const std::string json : {
           "",
           "null",
           "[]",
           "{",
           "{}",
           R"({"blocks":{}})",
           R"({"blocks":[],"extra":1})",
           R"({"blocks":["p"]})",
           R"({"blocks":[{}]})",
           R"({"blocks":[{"h1":[]}]})",
           R"({"blocks":[{"p":[],"li":[]}]})",
           R"({"blocks":[{"p":"text"}]})",
           R"({"blocks":[{"p":[1]}]})",
           R"({"blocks":[{"p":[{"u":"x"}]}]})",
           R"({"blocks":[{"p":[{"b":"x","i":"y"}]}]})",
           R"({"blocks":[{"p":[{"a":"x"}]}]})",
           R"({"blocks":[{"p":[{"a":"x","href":"y"}]}]})",
           R"({"blocks":[{"p":[{"b":["x"]}]}]})",
           R"({"blocks":[],"buttons":[{}]})",
           R"({"blocks":[],"buttons":[[1]]})",
           R"({"blocks":[],"buttons":[[{"label":1}]]})",
           R"({"blocks":[],"buttons":[[{"colour":"red"}]]})",
           R"({"blocks":[],"buttons":[[{"label":"x","use":"never"}]]})",
           R"({"blocks":[],"buttons":[[{"label":"x","question":"sure?"}]]})",
           R"({"blocks":[]} trailing)",
       }) {
    CAPTURE(json);
    CHECK_THROWS_AS(message_from_json(json), std::invalid_argument);
  }
}

TEST_CASE("a nesting bomb is refused and costs no stack") {
  CHECK_THROWS_AS(message_from_json(std::string(1'000'000, '[')), std::invalid_argument);
}

TEST_CASE("plain text keeps the words, the layout and the addresses of links") {
  CHECK(plain_text(everything()) ==
        "Hello Ana, see the plan (https://example.org/?a=1&b=\"2\")\n"
        "• T1 due\n"
        "• claim T2\n"
        "\n"
        "naïve 研究 🧬");
  CHECK(plain_text({.blocks = {{.kind = Block::Kind::paragraph,
                                .spans = {{Style::link, "https://example.org", "https://example.org"}}}},
                    .buttons = {}}) == "https://example.org");
  CHECK(plain_text({}).empty());
}

TEST_CASE("commands are shown as they are addressed to the bot, and nothing else is touched") {
  Message message = everything();
  address_commands(message, "/");
  const auto expected = message_from_json([] {
    std::string json = to_json(everything());
    json.replace(json.find("claim T2"), 0, "/");
    return json;
  }());
  CHECK(message == expected);
}
