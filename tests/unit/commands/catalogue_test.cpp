#include "commands/catalogue.h"

#include <fstream>
#include <stdexcept>

#include <doctest/doctest.h>

#include "tests/fakes/temporary_folder.h"

using namespace osrbot;
using Style = Span::Style;

namespace {

/// A folder of locales that goes away with the test.
class Locales {
 public:
  Locales& with(const std::string& language, const std::string& json) {
    std::ofstream(folder_.path() / (language + ".json")) << json;
    return *this;
  }
  Catalogue load() const { return Catalogue::load(folder_.path()); }
  std::filesystem::path folder() const { return folder_.path(); }

  std::string errors() const {
    try {
      load();
      return "";
    } catch (const std::runtime_error& error) {
      std::string text = error.what();
      const std::string prefix = folder_.path().string() + "/";
      for (std::size_t at = 0; (at = text.find(prefix)) != std::string::npos;) text.erase(at, prefix.size());
      return text;
    }
  }

 private:
  fakes::TemporaryFolder folder_;
};

/// An English catalogue of one message, "m".
Catalogue english(const std::string& pattern) {
  return Locales().with("en", R"({"m": ")" + pattern + R"("})").load();
}

Block paragraph(std::vector<Span> spans) {
  return {Block::Kind::paragraph, std::move(spans)};
}
Block item(std::vector<Span> spans) {
  return {Block::Kind::item, std::move(spans)};
}
Span plain(std::string text) {
  return {Style::plain, std::move(text), ""};
}

}  // namespace

TEST_CASE("markup in a pattern becomes styles, paragraphs, lists and links") {
  const auto catalogue =
      english(R"(*{task}* is yours, _thanks_.\n- send `done {task}`\n- [read {what}](https://x.org/{task}) now)");
  CHECK(catalogue.blocks("en", "m", {{"task", "T1"}, {"what", "more"}}) ==
        std::vector<Block>{
            paragraph({{Style::bold, "T1", ""}, plain(" is yours, "), {Style::italic, "thanks", ""}, plain(".")}),
            item({plain("send "), {Style::code, "done T1", ""}}),
            item({{Style::link, "read more", "https://x.org/T1"}, plain(" now")}),
        });
}

TEST_CASE("a star, underscore or bracket that is no markup stays itself") {
  CHECK(english(R"(2 * 3 * 4, snake_case_name, [date], \\*not bold\\*)").text("en", "m") ==
        "2 * 3 * 4, snake_case_name, [date], *not bold*");
}

TEST_CASE("apostrophes need no care, and quote braces") {
  CHECK(english("Ana's and Ben''s: don't '{quote}'").text("en", "m") == "Ana's and Ben's: don't {quote}");
}

TEST_CASE("a message may be written as an array of lines, and notes for translators are no messages") {
  const auto catalogue = Locales().with("en", R"({"@m": "a note", "m": ["One.", "- Two."]})").load();
  CHECK(catalogue.blocks("en", "m") == std::vector<Block>{paragraph({plain("One.")}), item({plain("Two.")})});
  CHECK(catalogue.signatures("en").size() == 1);
}

TEST_CASE("lines that the arguments leave empty are dropped, and spaces at the end of a line") {
  const auto catalogue = english(R"(Yours. {note}\n{note}\n{left, plural, =0 {} other {# left.}})");
  CHECK(catalogue.text("en", "m", {{"note", ""}, {"left", 0}}) == "Yours.");
  CHECK(catalogue.text("en", "m", {{"note", "Half done."}, {"left", 2}}) == "Yours. Half done.\nHalf done.\n2 left.");
}

TEST_CASE("what people write never becomes markup, a link, a mention, a placeholder or a new line") {
  const auto catalogue = english("*{title}* by {who}");
  const std::string attack = "*x* _y_ `z` [a](https://evil.org) {who} {0} <b>\n- item\r\x1b[31m\x01";
  CHECK(catalogue.blocks("en", "m", {{"title", attack}, {"who", "<@U1> @everyone"}}) ==
        std::vector<Block>{paragraph({{Style::bold, "*x* _y_ `z` [a](https://evil.org) {who} {0} <b> - item[31m", ""},
                                      plain(" by <@U1> @everyone")})});
}

TEST_CASE("text from people cannot turn the writing direction of the words around it") {
  const auto catalogue = english("Task {title} is yours");
  CHECK(catalogue.text("en", "m", {{"title", "\u202Eevil\u2066"}}) == "Task evil is yours");
  CHECK(catalogue.text("en", "m", {{"title", "مراجعة"}}) == "Task \u2068مراجعة\u2069 is yours");
}

TEST_CASE("a link is a link only where it leads to the web") {
  const auto catalogue = english("[open]({url})");
  CHECK(catalogue.blocks("en", "m", {{"url", "https://doi.org/1"}}) ==
        std::vector<Block>{paragraph({{Style::link, "open", "https://doi.org/1"}})});
  CHECK(catalogue.blocks("en", "m", {{"url", "javascript:alert(1)"}}) ==
        std::vector<Block>{paragraph({plain("open")})});
}

TEST_CASE("a person is mentioned where the platform's id is known and named where it is not") {
  const auto catalogue = english("{who} has *{task}*");
  CHECK(catalogue.blocks("en", "m", {{"who", Mention{"Ana", "42"}}, {"task", "T1"}}) ==
        std::vector<Block>{paragraph({{Style::mention, "Ana", "42"}, plain(" has "), {Style::bold, "T1", ""}})});
  CHECK(catalogue.blocks("en", "m", {{"who", Mention{"Ana", ""}}, {"task", "T1"}}).front().spans.front() ==
        plain("Ana has "));
}

TEST_CASE("plurals follow the language, numbers too") {
  const auto catalogue =
      Locales()
          .with("en", R"({"m": "{n, plural, =0 {no tasks} one {# task} other {# tasks}}"})")
          .with("ar", R"({"m": "{n, plural, zero {Z} one {ONE} two {TWO} few {# FEW} many {# MANY} other {# OTHER}}"})")
          .with("fr", R"({"m": "{n, plural, one {# tâche} many {# de tâches} other {# tâches}}"})")
          .load();
  CHECK(catalogue.text("en", "m", {{"n", 0}}) == "no tasks");
  CHECK(catalogue.text("en", "m", {{"n", 1}}) == "1 task");
  CHECK(catalogue.text("en", "m", {{"n", 1234567}}) == "1,234,567 tasks");
  CHECK(catalogue.text("en", "m", {{"n", 999}}) == "999 tasks");
  CHECK(catalogue.text("en", "m", {{"n", 1000}}) == "1,000 tasks");
  CHECK(catalogue.text("en", "m", {{"n", -5}}) == "-5 tasks");
  CHECK(catalogue.text("fr", "m", {{"n", 0}}) == "0 tâche");
  CHECK(catalogue.text("ar", "m", {{"n", 0}}) == "Z");
  CHECK(catalogue.text("ar", "m", {{"n", 1}}) == "ONE");
  CHECK(catalogue.text("ar", "m", {{"n", 2}}) == "TWO");
  CHECK(catalogue.text("ar", "m", {{"n", 3}}).ends_with(" FEW"));
  CHECK(catalogue.text("ar", "m", {{"n", 11}}).ends_with(" MANY"));
  CHECK(catalogue.text("ar", "m", {{"n", 100}}).ends_with(" OTHER"));
}

TEST_CASE("an offset counts the others, and a select chooses by words") {
  const auto catalogue = english(
      "{n, plural, offset:1 =1 {{who}} one {{who} and # other} other {{who} and # others}}"
      "{role, select, none {} lead { lead} other { ({role})}}");
  CHECK(catalogue.text("en", "m", {{"n", 1}, {"who", "Ana"}, {"role", ""}}) == "Ana");
  CHECK(catalogue.text("en", "m", {{"n", 2}, {"who", "Ana"}, {"role", "x"}}) == "Ana and 1 other (x)");
  CHECK(catalogue.text("en", "m", {{"n", 4}, {"who", "Ana"}, {"role", "lead"}}) == "Ana and 3 others lead");
}

TEST_CASE("decimals are short") {
  CHECK(english("{h} h").text("en", "m", {{"h", 2.5}}) == "2.5 h");
}

TEST_CASE("in a right-to-left language arguments and code are isolated from the words around them") {
  const auto catalogue = Locales()
                             .with("en", R"({"m": "{task} {who} `claim {task}`"})")
                             .with("ar", R"({"m": "خذ {task} يا {who}: `claim {task}`"})")
                             .load();
  CHECK(catalogue.blocks("ar", "m", {{"task", "T1"}, {"who", Mention{"Ana", "7"}}}) ==
        std::vector<Block>{paragraph({plain("خذ \u2068T1\u2069 يا \u2068"),
                                      {Style::mention, "Ana", "7"},
                                      plain("\u2069: "),
                                      plain("\u2066"),
                                      {Style::code, "claim T1", ""},
                                      plain("\u2069")})});
}

TEST_CASE("a locale falls back to its language and then to English, message by message") {
  const auto catalogue = Locales()
                             .with("en", R"({"a": "a en", "b": "b en", "c": "c en"})")
                             .with("pt", R"({"a": "a pt", "b": "b pt"})")
                             .with("pt-BR", R"({"a": "a br"})")
                             .load();
  CHECK(catalogue.text("pt-BR", "a") == "a br");
  CHECK(catalogue.text("pt_br", "b") == "b pt");
  CHECK(catalogue.text("pt-BR", "c") == "c en");
  CHECK(catalogue.text("sw", "a") == "a en");
  CHECK(catalogue.text("", "a") == "a en");
  CHECK(catalogue.text("not a locale", "a") == "a en");
  CHECK(catalogue.languages() == std::vector<std::string>{"en", "pt", "pt-BR"});
}

TEST_CASE("a key or argument that is missing, and words for a plural, are mistakes of the program") {
  const auto catalogue = english("{n, plural, other {#}} {task}");
  CHECK_THROWS_WITH_AS(catalogue.text("en", "x"), "message x: no such key", std::logic_error);
  CHECK_THROWS_WITH_AS(catalogue.text("en", "m", {{"n", 1}}), "message m: argument {task} is missing",
                       std::logic_error);
  CHECK_THROWS_WITH_AS(catalogue.text("en", "m", {{"n", "one"}, {"task", "T1"}}),
                       "message m: argument {n} must be a number", std::logic_error);
  CHECK(catalogue.has("m"));
  CHECK_FALSE(catalogue.has("x"));
}

TEST_CASE("loading reports everything that is wrong at once, with file, key and reason") {
  Locales locales;
  locales.with("en", R"({"a": "{open", "b": 7, "c": "*x", "d": "once", "d": "{task}"})")
      .with("fr", R"({"d": "{tache}"})")
      .with("da", "[1]")
      .with("es", "{");
  const std::string errors = locales.errors();
  CHECK(errors.contains("en.json: a: U_UNMATCHED_BRACES"));
  CHECK(errors.contains("en.json: b: must be a string or an array of strings"));
  CHECK(errors.contains("en.json: c: a style is opened and never closed"));
  CHECK(errors.contains("en.json: d: stands there twice"));
  CHECK(errors.contains("fr.json: d: the English message has no {tache}"));
  CHECK(errors.contains("da.json: must be a JSON object of messages by key"));
  CHECK(errors.contains("es.json: "));
}

TEST_CASE("a language is read when it is spoken first, and what is broken in it is said in English and told of") {
  Locales locales;
  locales.with("en", R"({"a": "one", "b": "two {n}"})").with("fr", R"({"a": "un {oops}", "b": "deux {n}"})");
  std::vector<std::string> told;
  const auto catalogue = Catalogue::open(locales.folder(), [&](const std::string& line) { told.push_back(line); });
  CHECK(catalogue.text("en", "a") == "one");
  CHECK(told.empty());
  CHECK(catalogue.text("fr", "b", {{"n", 2}}) == "deux 2");
  CHECK(catalogue.text("fr", "a") == "one");
  CHECK(told == std::vector<std::string>{"fr.json: a: the English message has no {oops}"});
}

TEST_CASE("of a prefix's messages only those are read") {
  Locales locales;
  locales.with("en", R"({"help.a": "one", "b": "two"})");
  const auto catalogue = Catalogue::load(locales.folder(), "help.");
  CHECK(catalogue.has("help.a"));
  CHECK_FALSE(catalogue.has("b"));
}

TEST_CASE("a folder without English is refused") {
  CHECK(Locales().with("fr", "{}").errors().ends_with("no en.json with the bot's messages there"));
}

TEST_CASE("words that differ by language are those of the reader, and of English where the message is") {
  const auto catalogue =
      Locales().with("en", R"({"m": "{skill}", "n": "{skill}"})").with("fr", R"({"m": "«{skill}»"})").load();
  const Arguments arguments = {
      {"skill", InLanguage([](std::string_view language) { return language == "fr" ? "Statistique" : "Statistics"; })}};
  CHECK(catalogue.text("fr-CA", "m", arguments) == "«Statistique»");
  CHECK(catalogue.text("fr", "n", arguments) == "Statistics");
  CHECK(catalogue.text("da", "m", arguments) == "Statistics");
}
