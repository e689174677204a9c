// What leaves the bot as a file: CSV and Markdown.
#include <doctest/doctest.h>

#include "commands/csv.h"
#include "commands/markdown.h"

using namespace osrbot;

TEST_CASE("CSV fields are quoted where RFC 4180 asks for it") {
  CHECK(csv_row({"T1", "Screen", ""}) == "T1,Screen,\r\n");
  CHECK(csv_row({"a, b", "say \"hi\"", "two\nlines"}) == "\"a, b\",\"say \"\"hi\"\"\",\"two\nlines\"\r\n");
  CHECK(csv_row({}) == "\r\n");
}

TEST_CASE("no field of a CSV file becomes a formula") {
  for (const char* field : {"=1+1", "+1", "-1", "@SUM(A1)", "\tx", "\rx"}) {
    const std::string row = csv_row({field});
    CAPTURE(row);
    CHECK((row.starts_with('\'') || row.starts_with("\"'")));
  }
  CHECK(csv_row({"=HYPERLINK(\"http://x\",\"y\")"}) == "\"'=HYPERLINK(\"\"http://x\"\",\"\"y\"\")\"\r\n");
  CHECK(csv_row({"a=b", "P1"}) == "a=b,P1\r\n");
}

TEST_CASE("what people wrote stays text in Markdown") {
  CHECK(markdown_text("**bold** [x](y) <b>") == "\\*\\*bold\\*\\* \\[x\\](y) \\<b\\>");
  CHECK(markdown_text("# not a headline") == "\\# not a headline");
  CHECK(markdown_text("- not a list") == "\\- not a list");
  CHECK(markdown_text("1. not a list, 2. neither") == "1\\. not a list, 2. neither");
  CHECK(markdown_text("a\nb") == "a b");
  CHECK(markdown_text("half-done (really!)") == "half-done (really!)");
}

TEST_CASE("a message as Markdown") {
  const std::vector<Block> blocks = {
      {Block::Kind::paragraph,
       {{Span::Style::bold, "P1", ""}, {Span::Style::plain, " Study_one: ", ""}, {Span::Style::code, "a`b", ""}}},
      {Block::Kind::item, {{Span::Style::link, "here", "https://osf.io/x"}}},
      {Block::Kind::item, {{Span::Style::mention, "Ana", "42"}}}};
  CHECK(markdown(blocks) == "**P1** Study\\_one: `` a`b ``\n- [here](<https://osf.io/x>)\n- Ana\n");
  CHECK(markdown({}).empty());
}
