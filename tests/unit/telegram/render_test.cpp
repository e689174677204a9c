#include "adapters/telegram/render.h"

#include <memory>
#include <random>

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>
#include <unicode/brkiter.h>

#include "adapters/styled_text.h"
#include "tests/fakes/telegram_html.h"

using namespace osrbot;
using namespace osrbot::telegram;
using Style = Span::Style;
using Kind = Block::Kind;

namespace {

Message paragraph(std::vector<Span> spans) {
  return {.blocks = {{.kind = Kind::paragraph, .spans = std::move(spans)}}, .buttons = {}};
}

Message plain(std::string text) {
  return paragraph({{Style::plain, std::move(text), ""}});
}

std::string html(const Message& message) {
  const auto parts = render(message);
  REQUIRE(parts.size() == 1);
  return parts[0].html;
}

/// What the reader sees of each part; checks on the way that Telegram would take it.
std::vector<std::string> texts(const Message& message) {
  std::vector<std::string> out;
  for (const auto& part : render(message)) {
    const auto read = fakes::read_html(part.html);
    CHECK(read.error == "");
    CHECK(read.length >= 1);
    CHECK(read.length <= longest_text);
    CHECK(read.entities.size() <= most_styled_runs);
    out.push_back(read.text);
  }
  return out;
}

std::string repeat(const std::string& text, std::size_t times) {
  std::string out;
  for (std::size_t i = 0; i < times; ++i) out += text;
  return out;
}

std::string without_blanks(std::string text) {
  std::erase_if(text, [](char c) { return c == ' ' || c == '\n' || c == '\t'; });
  return text;
}

std::string joined(const std::vector<std::string>& parts) {
  std::string out;
  for (const auto& part : parts) out += part;
  return out;
}

}  // namespace

TEST_CASE("every style has its tag, and blocks have their layout") {
  const Message message{
      .blocks = {{.kind = Kind::paragraph,
                  .spans = {{Style::plain, "Hi ", ""}, {Style::mention, "Ana", "7"}, {Style::plain, ":", ""}}},
                 {.kind = Kind::item, .spans = {{Style::bold, "T1", ""}, {Style::italic, " soon", ""}}},
                 {.kind = Kind::item, .spans = {{Style::code, "claim T1", ""}}},
                 {.kind = Kind::paragraph, .spans = {{Style::link, "Plan", "https://example.org/p"}}}},
      .buttons = {}};
  CHECK(html(message) ==
        "Hi <a href=\"tg://user?id=7\">Ana</a>:\n"
        "• <b>T1</b><i> soon</i>\n"
        "• <code>/claim T1</code>\n"
        "\n"
        "<a href=\"https://example.org/p\">Plan</a>");
}

TEST_CASE("what people wrote is escaped everywhere") {
  CHECK(html(plain("<b>&amp; \"x\" 1>0")) == "&lt;b&gt;&amp;amp; &quot;x&quot; 1&gt;0");
  CHECK(html(paragraph({{Style::code, "a<b", ""}})) == "<code>/a&lt;b</code>");
  CHECK(html(paragraph({{Style::link, "<x>", "https://e.org/?a=1&b=\"><b>"}})) ==
        "<a href=\"https://e.org/?a=1&amp;b=&quot;&gt;&lt;b&gt;\">&lt;x&gt;</a>");
}

TEST_CASE("a mention of what is no user, and a link to nowhere, are plain words") {
  CHECK(html(paragraph({{Style::mention, "Ana", "-100"}})) == "Ana");
  CHECK(html(paragraph({{Style::mention, "Ana", "7\" onclick"}})) == "Ana");
  CHECK(html(paragraph({{Style::mention, "Ana", ""}})) == "Ana");
  CHECK(html(paragraph({{Style::link, "here", ""}})) == "here");
}

TEST_CASE("bytes that are not UTF-8 are replaced, control characters are dropped") {
  CHECK(html(plain("a\xff\xed\xa0\x80z\x01\x7f\r!")).find("\uFFFD") == 1);
  CHECK(texts(plain("a\xff z\x01\x7f\r!")) == std::vector<std::string>{"a\uFFFD z!"});
}

TEST_CASE("a message without words has no parts") {
  CHECK(render({}).empty());
  CHECK(render(plain(" \n\t ")).empty());
  CHECK(render({.blocks = {}, .buttons = {{{"Go", "go", ""}}}}).empty());
}

TEST_CASE("buttons become an inline keyboard") {
  auto message = plain("x");
  message.buttons = {{{"Claim \"it\"", "claim T1", ""}, {"Site", "", "https://example.org"}}, {{"", "help", ""}}};
  CHECK(
      render(message).at(0).keyboard ==
      R"({"inline_keyboard":[[{"text":"Claim \"it\"","callback_data":"claim T1"},{"text":"Site","url":"https://example.org"}],)"
      R"([{"text":"help","callback_data":"help"}]]})");
}

TEST_CASE("a button that Telegram would refuse becomes a line of text, and nothing is cut") {
  auto message = plain("Choose:");
  const std::string fits = repeat("é", 32);
  const std::string too_long = repeat("é", 32) + "!";
  message.buttons = {{{"Fits", fits, ""}, {"Long", too_long, ""}},
                     {{"Local", "", "http://localhost:8080/"}, {"Bad", "", "javascript:x"}}};
  const auto parts = render(message);
  REQUIRE(parts.size() == 1);
  CHECK(parts[0].html ==
        "Choose:\n• Long: <code>/" + too_long + "</code>\n• Local: http://localhost:8080/\n• Bad: javascript:x");
  CHECK(nlohmann::json::parse(parts[0].keyboard) ==
        nlohmann::json{{"inline_keyboard", {{{{"text", "Fits"}, {"callback_data", fits}}}}}});
}

TEST_CASE("rows of more than eight buttons are wrapped, the hundredth button is the last") {
  auto message = plain("x");
  message.buttons = {std::vector<Button>(120, {"Go", "go", ""})};
  const auto part = render(message).at(0);
  const auto rows = nlohmann::json::parse(part.keyboard).at("inline_keyboard");
  std::size_t count = 0;
  for (const auto& row : rows) {
    CHECK(row.size() <= 8);
    count += row.size();
  }
  CHECK(count == 100);
  CHECK(part.html.find("• Go: <code>/go</code>") != std::string::npos);
}

TEST_CASE("the limit is 4096 units after the markup is read, not bytes and not HTML") {
  CHECK(texts(plain(repeat("&", 4096))).size() == 1);
  CHECK(texts(plain(repeat("&", 4097))).size() == 2);
  CHECK(texts(plain(repeat("研", 4096))).size() == 1);
  CHECK(texts(plain(repeat("😀", 2048))).size() == 1);
  CHECK(texts(plain(repeat("😀", 2049))).size() == 2);
}

TEST_CASE("a split prefers paragraphs, then lines, sentences and words") {
  const std::string words = repeat("word ", 599) + "end.";                             // 2,999 characters
  const std::string sentence = "And " + repeat("some words ", 180) + "to end with. ";  // 1,997 characters
  Message message = plain(words);
  message.blocks.push_back(plain(words).blocks[0]);
  CHECK(texts(message) == std::vector<std::string>{words, words});

  CHECK(texts(plain(words + "\n" + words)) == std::vector<std::string>{words, words});

  const auto sentences = texts(plain(repeat(sentence, 3)));
  REQUIRE(sentences.size() == 2);
  CHECK(sentences[0] == repeat(sentence, 2).substr(0, 2 * sentence.size() - 1));

  const auto lines = texts(plain(repeat("word ", 1000)));
  REQUIRE(lines.size() == 2);
  CHECK(lines[0].ends_with("word"));
  CHECK(lines[1].starts_with("word"));
}

TEST_CASE("no grapheme is split") {
  const std::string family = "👩‍👩‍👧‍👦";
  const std::string accented = "e\u0301\u0323";
  for (const auto& grapheme : {family, accented, std::string("🇧🇷"), std::string("क्षि")}) {
    CAPTURE(grapheme);
    const auto parts = texts(plain(repeat(grapheme, 3000)));
    CHECK(parts.size() > 1);
    for (const auto& part : parts) CHECK(part.size() % grapheme.size() == 0);
  }
}

TEST_CASE("even one endless grapheme is sent") {
  const auto parts = texts(plain("e" + repeat("\u0301", 10'000)));
  CHECK(joined(parts) == "e" + repeat("\u0301", 10'000));
}

TEST_CASE("a link and a mention stay whole") {
  for (const auto style : {Style::link, Style::mention}) {
    const auto parts = render(paragraph({{Style::plain, repeat("x", 4090), ""},
                                         {style, "many words in one link", "7"},
                                         {Style::plain, " and more", ""}}));
    REQUIRE(parts.size() == 2);
    CHECK(parts[0].html == repeat("x", 4090));
    CHECK(fakes::read_html(parts[1].html).text == "many words in one link and more");
    CHECK(fakes::read_html(parts[1].html).entities.size() == 1);
  }
}

TEST_CASE(
    "a style that is split goes on in the next part, and a link that alone is too long leads there from each part") {
  const auto bold = render(paragraph({{Style::bold, repeat("word ", 1000), ""}}));
  REQUIRE(bold.size() == 2);
  for (const auto& part : bold) CHECK(part.html.starts_with("<b>word"));
  const auto link = render(paragraph({{Style::link, repeat("word ", 1000), "https://example.org"}}));
  REQUIRE(link.size() == 2);
  for (const auto& part : link) CHECK(part.html.starts_with("<a href=\"https://example.org\">word"));
}

TEST_CASE("more styled pieces than Telegram shows in one message are spread over several") {
  Message message;
  for (int i = 0; i < 250; ++i)
    message.blocks.push_back({.kind = Kind::item, .spans = {{Style::code, "T" + std::to_string(i), ""}}});
  std::size_t entities = 0;
  for (const auto& part : render(message)) entities += fakes::read_html(part.html).entities.size();
  CHECK(entities == 250);
  CHECK(texts(message).size() == 3);
}

TEST_CASE("the keyboard comes with the last part") {
  auto message = plain(repeat("word ", 2000));
  message.buttons = {{{"Go", "go", ""}}};
  const auto parts = render(message);
  REQUIRE(parts.size() == 3);
  CHECK(parts[0].keyboard.empty());
  CHECK(parts[1].keyboard.empty());
  CHECK_FALSE(parts[2].keyboard.empty());
}

TEST_CASE("whatever the message, Telegram takes its parts and no word is lost") {
  static const std::vector<std::string> pieces = {"word ",    "a",      "<b>",    "&",      "\"",
                                                  ">",        "\n",     "\n\n",   "😀",      "👩‍👩‍👧‍👦",
                                                  "e\u0301",  "研究",   "مرحبا ", "End. ",  "\xff",
                                                  "\xf0\x9f", "/help ", "@all ",  "\u200d", "\u2028",
                                                  "\x01"};
  std::mt19937 random(20260901);
  const auto pick = [&](std::size_t below) { return std::uniform_int_distribution<std::size_t>(0, below - 1)(random); };
  for (int round = 0; round < 150; ++round) {
    Message message;
    const auto blocks = 1 + pick(12);
    for (std::size_t b = 0; b < blocks; ++b) {
      auto& block = message.blocks.emplace_back();
      block.kind = pick(2) == 0 ? Kind::paragraph : Kind::item;
      const auto spans = pick(15);
      for (std::size_t s = 0; s < spans; ++s) {
        std::string text;
        const auto length = pick(3) == 0 ? pick(900) : pick(12);
        for (std::size_t i = 0; i < length; ++i) text += pieces[pick(pick(4) == 0 ? pieces.size() : 3)];
        block.spans.push_back(
            {static_cast<Style>(pick(6)), text, pick(2) == 0 ? "https://e.org/?a&b=\"<\xff>" : "12345"});
      }
    }
    const auto parts = texts(message);
    address_commands(message, "/");
    const auto styled =
        styled_text(message.blocks, {[](std::string_view) { return true; }, [](std::string_view) { return true; }});
    CHECK(without_blanks(joined(parts)) == without_blanks(styled.text));
  }
}
