#include "commands/drafts.h"

#include <string>

#include <doctest/doctest.h>

using namespace osrbot;

namespace {

constexpr std::string_view page = "https://x.com/intent/post?in_reply_to={post}&text={text}";

/// What a browser makes of a percent-encoded part.
std::string decoded(std::string_view text) {
  std::string result;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '%') {
      result += text[i];
      continue;
    }
    result += static_cast<char>(std::stoi(std::string(text.substr(i + 1, 2)), nullptr, 16));
    i += 2;
  }
  return result;
}

}  // namespace

TEST_CASE("a prepared answer opens as it is, whatever is in it") {
  for (const std::string text : {"plain", "R&D + 50 % #OpenSourceResearch?", "two\nlines", "“quotes” – dashes",
                                 "شكراً لك", "धन्यवाद", "👩‍🔬", "{post} {text}", "https://osf.io/a?b=c&d"}) {
    const std::string link = reply_link(page, "1790", text);
    const std::string head = "https://x.com/intent/post?in_reply_to=1790&text=";
    REQUIRE(link.starts_with(head));
    const std::string_view words = std::string_view(link).substr(head.size());
    CHECK(words.find_first_of("&#?+= \n\"<>") == std::string_view::npos);
    CHECK(decoded(words) == text);
  }
}

TEST_CASE("nothing in a post's id leaves its place in the link") {
  CHECK(reply_link(page, "1&text=x#", "a") == "https://x.com/intent/post?in_reply_to=1%26text%3Dx%23&text=a");
  CHECK(reply_link(page, "{text}", "a") == "https://x.com/intent/post?in_reply_to=%7Btext%7D&text=a");
}

TEST_CASE("a page without places is left as it is") {
  CHECK(reply_link("https://example.org/reply", "1", "a") == "https://example.org/reply");
  CHECK(reply_link("", "1", "a").empty());
}
