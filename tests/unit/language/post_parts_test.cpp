#include "commands/language/post_parts.h"

#include <string>

#include <doctest/doctest.h>

#include "commands/language/entities.h"

using namespace osrbot::language;

namespace {

/// What was said, without numbers of parts and white space.
std::string letters(const std::vector<std::string>& parts) {
  std::string all;
  for (const std::string& part : parts) {
    const auto number = parts.size() > 1 ? part.rfind(" (") : part.size();
    for (const char c : part.substr(0, number)) {
      if (c != ' ' && c != '\n') all += c;
    }
  }
  return all;
}

std::string repeated(std::string_view word, int times) {
  std::string text;
  for (int i = 0; i < times; ++i) text += word;
  return text;
}

}  // namespace

TEST_CASE("what fits in a post stays one, to the last character") {
  CHECK(post_parts(repeated("a", 280)) == std::vector<std::string>{repeated("a", 280)});
  CHECK(post_parts("  two words \n") == std::vector<std::string>{"two words"});
  CHECK(post_parts("") == std::vector<std::string>{""});
  // A URL weighs 23, however long it is.
  const std::string with_link = repeated("a", 256) + " https://osf.io/" + repeated("b", 200);
  CHECK(post_parts(with_link).size() == 1);
}

TEST_CASE("a longer text becomes numbered parts between words, none too heavy") {
  const std::string text = repeated("word ", 60) + "end";  // 303
  const auto parts = post_parts(text);
  REQUIRE(parts.size() == 2);
  CHECK(parts[0].ends_with("word (1/2)"));
  CHECK(parts[1].ends_with("end (2/2)"));
  for (const std::string& part : parts) CHECK(weighted_length(part) <= heaviest_post);
}

TEST_CASE("a line's end is a better place than the middle of a sentence") {
  const std::string first = repeated("one ", 45);  // 180
  const auto parts = post_parts(first + "\n" + repeated("two ", 45));
  REQUIRE(parts.size() == 2);
  CHECK(parts[0].ends_with("one (1/2)"));
  CHECK(parts[1].starts_with("two"));
}

TEST_CASE("nothing is lost of any script, nor of a word without an end") {
  for (const std::string& text : {repeated("研究", 200), repeated("ابحث عن مترجم ", 60), repeated("👩‍🔬", 300),
                                  repeated("x", 5000), repeated("a b\n", 700), std::string(700, '\xff')}) {
    const auto parts = post_parts(text);
    REQUIRE(parts.size() > 1);
    for (const std::string& part : parts) CHECK(weighted_length(part) <= heaviest_post);
    CHECK(letters(parts) == letters({text}));
  }
}
