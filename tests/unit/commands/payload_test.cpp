#include "commands/payload.h"

#include <stdexcept>

#include <doctest/doctest.h>

using namespace osrbot;

TEST_CASE("what is kept is read back, whatever words are in it") {
  const std::string words = "\"two\"\nlines \\ شكرا";
  const Payload kept(to_payload({{"person", 7}, {"words", words}, {"before", -1}, {"none", ""}}));
  CHECK(kept.integer("person") == 7);
  CHECK(kept.integer("before") == -1);
  CHECK(kept.text("words") == words);
  CHECK(kept.text("none").empty());
  CHECK(kept.values().size() == 4);
}

TEST_CASE("it is compact JSON in the order given, and bytes that are no UTF-8 are replaced") {
  CHECK(to_payload({}) == "{}");
  CHECK(to_payload({{"task", 12}, {"adapter", "x"}}) == R"({"task":12,"adapter":"x"})");
  CHECK(to_payload({{"words", "a\xff"}}) == "{\"words\":\"a\uFFFD\"}");
}

TEST_CASE("of other values it is known that they are there") {
  const Payload kept(R"({"told": true, "share": 0.5, "nobody": null, "person": 7})");
  for (const auto* name : {"told", "share", "nobody", "person"}) CHECK(kept.has(name));
  CHECK_FALSE(kept.has("task"));
  CHECK(kept.values().size() == 1);
  CHECK(kept.find_text("told") == nullptr);
  CHECK(kept.find_integer("share") == nullptr);
}

TEST_CASE("what must be there and is not, or is something else, is an error") {
  const Payload kept(R"({"person": 7, "words": "seven"})");
  CHECK(kept.find_integer("words") == nullptr);
  CHECK(kept.find_text("person") == nullptr);
  CHECK_THROWS_WITH_AS(kept.integer("task"), "a payload has no whole number of the name task", std::invalid_argument);
  CHECK_THROWS_AS(kept.integer("words"), std::invalid_argument);
  CHECK_THROWS_AS(kept.text("person"), std::invalid_argument);
  for (const auto* text : {"", "{", "[]", "7", "null"})
    CHECK_THROWS_AS(Payload(std::string_view(text)), std::invalid_argument);
}
