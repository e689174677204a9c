#include "adapters/slack/render.h"

#include <random>

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

#include "adapters/slack/blocks.h"

using namespace osrbot;
using namespace osrbot::slack;
using nlohmann::json;
using Style = Span::Style;
using Kind = Block::Kind;

namespace {

Message paragraph(std::vector<Span> spans) {
  return {.blocks = {{.kind = Kind::paragraph, .spans = std::move(spans)}}, .buttons = {}};
}

Message plain_message(std::string text) {
  return paragraph({{Style::plain, std::move(text), ""}});
}

/// The elements of the one text block of a message that has one part.
json elements(const Message& message) {
  const auto parts = render(message);
  REQUIRE(parts.size() == 1);
  const auto blocks = json::parse(parts[0].blocks);
  REQUIRE(blocks.at(0).at("type") == "rich_text");
  REQUIRE(blocks.at(0).at("elements").size() == 1);
  return blocks.at(0).at("elements").at(0).at("elements");
}

std::string text(const Message& message) {
  const auto parts = render(message);
  REQUIRE(parts.size() == 1);
  return parts[0].text;
}

std::string repeat(const std::string& piece, std::size_t times) {
  std::string out;
  for (std::size_t i = 0; i < times; ++i) out += piece;
  return out;
}

/// What a reader sees of a part; checks on the way what Slack demands.
std::string seen(const Part& part) {
  CHECK(!part.text.empty());
  CHECK(utf16_length(part.text) <= 4'000);
  const auto blocks = json::parse(part.blocks);
  CHECK(blocks.size() <= 50);
  std::string out;
  for (const auto& block : blocks) {
    if (block.at("type") == "actions") {
      CHECK(block.at("elements").size() <= 25);
      CHECK(!block.at("elements").empty());
      continue;
    }
    REQUIRE(block.at("type") == "rich_text");
    for (const auto& piece : block.at("elements").at(0).at("elements")) {
      const std::string type = piece.at("type");
      CHECK((type == "text" || type == "link" || type == "user"));
      if (type == "user") continue;
      CHECK(!piece.at("text").get<std::string>().empty());
      out += piece.at("text").get<std::string>();
    }
  }
  CHECK(utf16_length(out) <= longest_text);
  return out;
}

std::string without_blanks(std::string text) {
  std::erase_if(text, [](char c) { return c == ' ' || c == '\n' || c == '\t'; });
  return text;
}

}  // namespace

TEST_CASE("every style is an element of its own, and commands are addressed") {
  const auto out = elements({.blocks = {{.kind = Kind::paragraph,
                                         .spans = {{Style::plain, "Hi ", ""},
                                                   {Style::mention, "Ana", "U07ANA"},
                                                   {Style::bold, "T1", ""},
                                                   {Style::italic, "soon", ""},
                                                   {Style::code, "claim T1", ""},
                                                   {Style::link, "Plan", "https://example.org/p?a=1&b=2"}}}},
                             .buttons = {}});
  CHECK(out == json::parse(R"([
    {"type":"text","text":"Hi "},
    {"type":"user","user_id":"U07ANA"},
    {"type":"text","text":"T1","style":{"bold":true}},
    {"type":"text","text":"soon","style":{"italic":true}},
    {"type":"text","text":"/osr claim T1","style":{"code":true}},
    {"type":"link","text":"Plan","url":"https://example.org/p?a=1&b=2"}])"));
}

TEST_CASE("what people write stays what they wrote: no mention, no link, no style, no block") {
  for (const std::string words : {
           "<!channel>",
           "<!here|here> <!everyone>",
           "@channel @here @everyone",
           "<@U07ANA> <@U07ANA|ana>",
           "<#C012AB3CD|general>",
           "<!subteam^SAZ94GDB8>",
           "<!date^1392734382^{date}^https://evil.example|x>",
           "<https://evil.example|https://bank.example>",
           "*bold* _italic_ ~struck~ `code` ```block```",
           "*_~`*_~`",
           "> quoted\n>>> all",
           ":tada: :bomb:",
           "&lt;!channel&gt; &amp;lt;",
           R"("}],"blocks":[{"type":"section","text":{"type":"mrkdwn","text":"<!channel>"}}])",
           R"({"type":"user","user_id":"U07ANA"})",
           "\\\"\\u003c!channel\\u003e",
           "\u202E\u2067gnp.exe\u2066\u2069 שלום العربية",
           "[label](https://evil.example)",
       }) {
    CAPTURE(words);
    const auto message = plain_message(words);
    CHECK(elements(message) == json::array({{{"type", "text"}, {"text", words}}}));
    // Beside the blocks only escaped words: nothing of Slack's own markup is left.
    const auto beside = text(message);
    CHECK(beside == escaped(words));
    CHECK(beside.find_first_of("<>") == std::string::npos);
  }
}

TEST_CASE("the ampersand is escaped first") {
  CHECK(escaped("<&lt;>&") == "&lt;&amp;lt;&gt;&amp;");
}

TEST_CASE("only users are mentioned and only pages are linked") {
  for (const std::string id : {"", "U", "USLACKBOT> <!channel", "channel", "C012AB3CD", "u07ana", "S012AB3CD",
                               "U0123456789012345678901234567890123"}) {
    CAPTURE(id);
    CHECK(elements(paragraph({{Style::mention, "Ana", id}})) == json::array({{{"type", "text"}, {"text", "Ana"}}}));
  }
  for (const std::string url : {"", "javascript:alert(1)", "slack://open", "tel:+1", "https://a b", "mailto:a@b.c"}) {
    CAPTURE(url);
    CHECK(elements(paragraph({{Style::link, "here", url}})) == json::array({{{"type", "text"}, {"text", "here"}}}));
  }
}

TEST_CASE("names stand for mentions in the text beside the blocks") {
  CHECK(text(paragraph({{Style::plain, "For ", ""}, {Style::mention, "A<n>a", "U07ANA"}})) == "For @A&lt;n&gt;a");
}

TEST_CASE("bytes that are not UTF-8 are replaced, control characters are dropped") {
  CHECK(text(plain_message("a\xff z\x01\x7f\r!")) == "a\uFFFD z!");
}

TEST_CASE("a message without words has no parts") {
  CHECK(render({}).empty());
  CHECK(render(plain_message(" \n\t ")).empty());
}

TEST_CASE("buttons say what they do, what becomes of them, and what is asked before") {
  auto message = plain_message("x");
  message.buttons = {
      {{.label = "Yes", .command = "yes", .url = "", .use = Button::Use::pick},
       {.label = "Join N1", .command = "join N1", .url = "", .use = Button::Use::again}},
      {{.label = "Give T1 back",
        .command = "release T1",
        .url = "",
        .question = Question{.text = "Somebody else can take it.", .yes = "Give T1 back", .no = "Cancel"}},
       {.label = "Site", .command = "", .url = "https://example.org"}}};
  const auto blocks = json::parse(render(message).at(0).blocks);
  REQUIRE(blocks.size() == 3);
  CHECK(blocks[1] == json::parse(R"({"type":"actions","elements":[
    {"type":"button","action_id":"pick.0","value":"yes","text":{"type":"plain_text","text":"Yes","emoji":false}},
    {"type":"button","action_id":"again.1","value":"join N1","text":{"type":"plain_text","text":"Join N1","emoji":false}}]})"));
  const auto& careful = blocks[2]["elements"][0];
  CHECK(careful["action_id"] == "once.0");
  CHECK(careful["confirm"]["text"]["text"] == "Somebody else can take it.");
  CHECK(careful["confirm"]["confirm"]["text"] == "Give T1 back");
  CHECK(careful["confirm"]["deny"]["text"] == "Cancel");
  CHECK(blocks[2]["elements"][1]["url"] == "https://example.org");
  CHECK(!blocks[2]["elements"][1].contains("value"));
}

TEST_CASE("a button that Slack would refuse becomes a line of text, and a long label is cut") {
  auto message = plain_message("x");
  const std::string too_long = "note " + repeat("a", longest_value);
  message.buttons = {{{.label = repeat("é", 100), .command = "help", .url = ""},
                      {.label = "Long", .command = too_long, .url = ""},
                      {.label = "Script", .command = "", .url = "javascript:alert(1)"}}};
  const auto parts = render(message);
  const auto blocks = json::parse(parts.back().blocks);
  const std::string label = blocks.back()["elements"][0]["text"]["text"];
  CHECK(utf16_length(label) == longest_label);
  CHECK(label.ends_with("…"));
  CHECK(blocks.back()["elements"].size() == 1);
  std::string all;
  for (const auto& part : parts) all += seen(part);
  CHECK(without_blanks(all).find(without_blanks("Long: /osr " + too_long)) != std::string::npos);
  CHECK(all.find("Script: javascript:alert(1)") != std::string::npos);
}

TEST_CASE("however many buttons there are, a message keeps to Slack's 50 blocks of 25") {
  auto message = plain_message("x");
  std::vector<Button> row;
  for (int i = 0; i < 60; ++i) row.push_back({"b", "help", ""});
  for (int i = 0; i < 60; ++i) message.buttons.push_back(row);
  for (const auto& part : render(message)) seen(part);
}

TEST_CASE("a long text is split at paragraphs, and escapes count") {
  const auto first = repeat("a ", 1'000);
  const auto second = repeat("b ", 1'000);
  Message message{.blocks = {{.kind = Kind::paragraph, .spans = {{Style::plain, first, ""}}},
                             {.kind = Kind::paragraph, .spans = {{Style::plain, second, ""}}}},
                  .buttons = {{{"Help", "help", ""}}}};
  const auto parts = render(message);
  REQUIRE(parts.size() == 2);
  CHECK(parts[0].text.find('b') == std::string::npos);
  CHECK(json::parse(parts[0].blocks).size() == 1);
  CHECK(json::parse(parts[1].blocks).size() == 2);

  for (const auto& part : render(plain_message(repeat("&", 10'000)))) seen(part);
}

TEST_CASE("whatever is said arrives whole and within the limits") {
  std::mt19937 random(7);
  const auto pick = [&](std::size_t n) { return std::uniform_int_distribution<std::size_t>(0, n - 1)(random); };
  const std::vector<std::string> pieces = {"word ",       "a", " ",    "\n", "<!channel>", "&",      "🧬",
                                           "👩‍🔬", "é", "研究", "*",  "`",          "\u202E", "\xff"};
  for (int round = 0; round < 60; ++round) {
    Message message;
    for (std::size_t b = 0; b < 1 + pick(8); ++b) {
      auto& block = message.blocks.emplace_back();
      block.kind = pick(2) == 0 ? Kind::paragraph : Kind::item;
      for (std::size_t s = 0; s < 1 + pick(6); ++s) {
        std::string words;
        for (std::size_t i = 0; i < pick(900); ++i) words += pieces[pick(pieces.size())];
        constexpr Style styles[] = {Style::plain, Style::bold, Style::italic};
        block.spans.push_back({styles[pick(3)], words, ""});
      }
    }
    std::string all;
    for (const auto& part : render(message)) all += seen(part);
    CHECK(without_blanks(all) == without_blanks(content_of(message).words.text));
  }
}

TEST_CASE("Home holds the words and the buttons of a page") {
  auto message = plain_message("Your tasks <!channel>");
  message.buttons = {{{"T1 is done", "done T1", ""}}};
  const auto view = json::parse(home_view(message));
  CHECK(view["type"] == "home");
  REQUIRE(view["blocks"].size() == 2);
  CHECK(view["blocks"][0]["elements"][0]["elements"][0]["text"] == "Your tasks <!channel>");
  CHECK(view["blocks"][1]["elements"][0]["value"] == "done T1");
  for (int i = 0; i < 300; ++i) message.buttons.push_back({{"b", "help", ""}});
  CHECK(json::parse(home_view(message))["blocks"].size() <= 100);
  CHECK(json::parse(home_view(plain_message(repeat("a\n\n", 100'000))))["blocks"].size() <= 100);
}
