#include "adapters/json_text.h"

#include <random>
#include <string>

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

using namespace osrbot;

namespace {

std::string as_json_string(std::string_view text) {
  std::string out;
  append_json_string(out, text);
  return out;
}

}  // namespace

TEST_CASE("words stand as they are, and what JSON gives a meaning is escaped") {
  CHECK(as_json_string("") == R"("")");
  CHECK(as_json_string("naïve 研究 🧬") == R"("naïve 研究 🧬")");
  CHECK(as_json_string("\"C:\\\"\n\t\x01") == R"("\"C:\\\"\n\u0009\u0001")");
  CHECK(as_json_string(std::string(1, '\0')) == R"("\u0000")");
}

TEST_CASE("what is no UTF-8 becomes a replacement character") {
  CHECK(as_json_string("\xff") == "\"\xEF\xBF\xBD\"");
  CHECK(as_json_string("a\xe7\x94") == "\"a\xEF\xBF\xBD\"");              // cut off
  CHECK(as_json_string("\xc0\xaf!") == "\"\xEF\xBF\xBD\xEF\xBF\xBD!\"");  // overlong
  CHECK(nlohmann::json::parse(json_text({{"name", "\xff"}})) == nlohmann::json{{"name", "\xEF\xBF\xBD"}});
}

TEST_CASE("whatever people write is read back as it was, and whatever is no text is read back at all") {
  std::mt19937 random(11);
  for (int run = 0; run < 2'000; ++run) {
    std::string text(random() % 40, ' ');
    for (char& c : text) c = static_cast<char>(random() % (run % 2 == 0 ? 128 : 256));
    const nlohmann::json read = nlohmann::json::parse(as_json_string(text));
    REQUIRE(read.is_string());
    if (run % 2 == 0) CHECK(read.get<std::string>() == text);
  }
}
