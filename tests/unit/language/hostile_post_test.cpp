// Texts that nobody writes in good faith: every one is answered, in time that grows with its length and no faster.
#include <string>

#include <doctest/doctest.h>

#include "commands/language/entities.h"
#include "commands/language/post.h"
#include "commands/language/post_json.h"
#include "tests/unit/language/fixture.h"

using namespace osrbot::language;

namespace {

std::string repeated(std::string_view piece, std::size_t bytes) {
  std::string out;
  while (out.size() < bytes) out += piece;
  return out;
}

Post parse_hostile(const std::string& text) {
  PostContext context;
  context.posted_at = std::chrono::local_days{std::chrono::year{2026} / 3 / 2};
  return parse_post(text, context, lexicon());
}

}  // namespace

TEST_CASE("a long text of nonsense is answered") {
  constexpr std::size_t kBytes = 100'000;
  for (const auto* piece :
       {"\u0301", "need ",           "2 ",           "a.",       "#",        "@",       "http://a.dk/(", "12-",
        "(",      "\u202e",          "\xED\xA0\x80", "\xC0\xAF", "\u200d",   "👩‍", "project ",      "the ",
        "R/",     "my father pain ", "not ",         "'",        "10.1234/", "x@"}) {
    CAPTURE(piece);
    const auto text = repeated(piece, kBytes);
    const auto post = parse_hostile(text);
    CHECK_FALSE(to_json("x", post).empty());
  }
}

TEST_CASE("invisible and reversed characters hide nothing") {
  const auto post = parse_hostile("\u202eneed 2 \u2066nur\u200bses\u2069 for P\u00AD7 #Open\u00ADSource\uFEFFResearch");
  CHECK(post.intent == Intent::call);
  REQUIRE(post.needs.size() == 1);
  CHECK(post.needs[0].skill == "nursing");
  CHECK(post.needs[0].count == 2);
}

TEST_CASE("the weighted length of a long text is bounded by its bytes") {
  CHECK(weighted_length(repeated("é", 1000)) == 500);
  CHECK(weighted_length(repeated("界", 300)) == 200);
  CHECK(weighted_length(repeated("\xFF", 100)) <= 200);
}
