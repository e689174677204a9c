#include "commands/pattern.h"

#include <doctest/doctest.h>

using namespace osrbot;

namespace {

std::string error(std::string_view pattern) {
  const auto compiled = compile_pattern(pattern);
  return compiled ? "compiled" : compiled.error();
}

}  // namespace

TEST_CASE("a pattern names the arguments that it uses, also inside choices and links") {
  const auto compiled = compile_pattern("{who} {n, plural, one {# of {task}} other {#}} [see {page}]({url})");
  REQUIRE(compiled);
  CHECK(arguments_of(*compiled) == std::set<std::string>{"n", "page", "task", "url", "who"});
}

TEST_CASE("a broken pattern is refused with the reason and the place") {
  CHECK(error("{task") == "U_UNMATCHED_BRACES near \"{task\"");
  CHECK(error("{n, plural, one {#}}").starts_with("U_DEFAULT_KEYWORD_MISSING"));
  CHECK(error("{0} is yours") == "arguments have names, not numbers");
  CHECK(error("{day, date, short}") == "{day}: only plural and select are understood");
  CHECK(error("*bold") == "a style is opened and never closed");
  CHECK(error("*bold\nstill*") == "a style goes over the end of its line");
  CHECK(error("*bold _italic_*") == "styles do not nest");
  CHECK(error("*all {n, plural, one {`code`} other {#}}*") == "styles do not nest");
  CHECK(error("{n, plural, one {*open} other {closed*}}") == "a style is opened and never closed");
  CHECK(error("a bell \a") == "holds the control character U+0007");
}
