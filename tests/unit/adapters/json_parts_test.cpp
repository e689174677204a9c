#include "adapters/json_parts.h"

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

using namespace osrbot;

namespace {
using Strings = std::vector<std::string_view>;
}

TEST_CASE("an array is cut into its elements, whatever is in them") {
  CHECK(*elements("[]") == Strings{});
  CHECK(*elements(" [ ] ") == Strings{});
  CHECK(*elements(R"([1, "a,]b" ,{"c":[2,"}"]},[[]],null, "q\"\\"])") ==
        Strings{"1", R"("a,]b")", R"({"c":[2,"}"]})", "[[]]", "null", R"("q\"\\")"});
  CHECK(*elements(R"([{bad json},{"good":1}])") == Strings{"{bad json}", R"({"good":1})"});
}

TEST_CASE("what is no whole array has no elements") {
  for (const auto* text :
       {"", " ", "{}", "[", "[1", "[1,", "[1,]", "[,]", "[1 2]", "[]]", "[] x", "[\"a]", "[{]", "1", "[:]"}) {
    CAPTURE(text);
    CHECK_FALSE(elements(text).has_value());
  }
}

TEST_CASE("an object is cut into its members") {
  const auto parts = *members(R"( {"ok": true,"result":[{"a":1}] ,"e\"s":"x"} )");
  REQUIRE(parts.size() == 3);
  CHECK(parts[0] == std::pair<std::string_view, std::string_view>("ok", "true"));
  CHECK(parts[1] == std::pair<std::string_view, std::string_view>("result", R"([{"a":1}])"));
  CHECK(parts[2].first == R"(e\"s)");
  CHECK(members("{}")->empty());
  for (const auto* text :
       {"", "[]", "{", "{\"a\"}", "{\"a\":}", "{\"a\":1,}", "{a:1}", "{\"a\" 1}", "{\"a", "{\"a\":1}}"}) {
    CAPTURE(text);
    CHECK_FALSE(members(text).has_value());
  }
}

TEST_CASE("depth counts brackets outside strings") {
  CHECK(depth("1") == 0);
  CHECK(depth(R"({"a":[1,{"b":2}],"c":"[[[["})") == 3);
  CHECK(depth(std::string(1'000'000, '[')) == 1'000'000);
}

TEST_CASE("repaired text is JSON that can be read, and whole text stays as it is") {
  const auto read = [](std::string_view json) { return nlohmann::json::parse(repaired(json)).get<std::string>(); };
  CHECK(read("\"a\xff\xfe z\"") == "a\uFFFD\uFFFD z");
  CHECK(read("\"\xe2\x82\"") == "\uFFFD");
  CHECK(read("\"\xed\xa0\x80\"").find("\uFFFD") == 0);
  CHECK(read(R"("\ud83d!")") == "\uFFFD!");
  CHECK(read(R"("\ude00\ud83d")") == "\uFFFD\uFFFD");
  CHECK(read(R"("\ud83d\ud83d\ude00")") == "\uFFFD😀");
  CHECK(read(R"("\\ud83d")") == "\\ud83d");
  const std::string good = R"({"a":"é 研 😀 \u00e9 \ud83d\ude00 \"\\"})";
  CHECK(repaired(good) == good);
}
