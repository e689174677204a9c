#include "commands/language/form_values.h"

#include <doctest/doctest.h>

using namespace osrbot::language;
using namespace std::chrono_literals;
using K = ArgumentKind;

namespace {

const VerbSpec need{
    .name = "need",
    .arguments = {
        {.name = "project", .kind = K::project, .required = false},
        {.name = "count", .kind = K::count, .required = false},
        {.name = "deadline", .kind = K::date, .required = false, .introduced_by = {"by"}},
        {.name = "hours", .kind = K::hours, .required = false},
        {.name = "credit", .kind = K::choice, .required = false, .choices = {"authorship", "group authorship"}},
        {.name = "skill", .kind = K::rest}}};
const VerbSpec assign{.name = "assign", .arguments = {{"task", K::task}, {"person", K::person}}};
const VerbSpec add{.name = "task add", .arguments = {{.name = "title", .kind = K::rest, .repeated = true}}};

constexpr std::chrono::local_seconds monday{std::chrono::local_days(2026y / 3 / 2)};

ParsedCommand command(const VerbSpec& verb, const std::vector<FormValue>& values) {
  const auto read = read_form(verb, values, monday);
  REQUIRE(std::holds_alternative<ParsedCommand>(read));
  return std::get<ParsedCommand>(read);
}

std::vector<CommandError> errors(const VerbSpec& verb, const std::vector<FormValue>& values) {
  const auto read = read_form(verb, values, monday);
  REQUIRE(std::holds_alternative<std::vector<CommandError>>(read));
  return std::get<std::vector<CommandError>>(read);
}

std::string entered(const ParsedCommand& command) {
  std::string out;
  for (const auto& argument : command.arguments) {
    out += (out.empty() ? "" : "; ") + std::string(argument.name) + "=" + as_entered(argument.value);
  }
  return out;
}

}  // namespace

TEST_CASE("every value is read as its argument, in the order of the declaration") {
  CHECK(entered(command(need, {{"skill", " data extraction "},
                               {"hours", "2.5"},
                               {"project", "P7"},
                               {"deadline", "2026-05-04"},
                               {"credit", "Group authorship"},
                               {"count", "3"}})) ==
        "project=P7; count=3; deadline=2026-05-04; hours=2.5; credit=group authorship; skill=data extraction");
}

TEST_CASE("a text is a text, whatever of it looks like another argument") {
  CHECK(entered(command(need, {{"skill", "reviewing 2 papers by May, 5h/week for authorship"}})) ==
        "skill=reviewing 2 papers by May, 5h/week for authorship");
}

TEST_CASE("people write dates and names as they like") {
  CHECK(entered(command(need, {{"skill", "x"}, {"deadline", "next Friday"}})) == "deadline=2026-03-13; skill=x");
  CHECK(entered(command(assign, {{"task", "12"}, {"person", "ana"}})) == "task=T12; person=@ana");
  CHECK(entered(command(assign, {{"task", "t12"}, {"person", "me"}})) == "task=T12; person=me");
}

TEST_CASE("what comes more than once comes line by line") {
  CHECK(entered(command(add, {{"title", "Screen abstracts\n\n  Draft the sheet \n"}})) ==
        "title=Screen abstracts; title=Draft the sheet");
}

TEST_CASE("what is missing or cannot be read is named with its argument") {
  const auto wrong = errors(need, {{"count", "many"}, {"deadline", "04/05/2026"}, {"skill", "  "}});
  REQUIRE(wrong.size() == 3);
  CHECK(wrong[0].argument == "count");
  CHECK(wrong[0].kind == CommandError::Kind::bad_argument);
  CHECK(wrong[1].argument == "deadline");
  CHECK(wrong[1].kind == CommandError::Kind::ambiguous_date);
  CHECK(wrong[1].suggestions == std::vector<std::string>{"2026-05-04", "2026-04-05"});
  CHECK(wrong[2].argument == "skill");
  CHECK(wrong[2].kind == CommandError::Kind::missing_argument);
}

TEST_CASE("a value that says more than its argument is refused") {
  CHECK(errors(need, {{"skill", "x"}, {"count", "3 apples"}}).front().argument == "count");
  CHECK(errors(need, {{"skill", "x"}, {"count", "3\n4"}}).front().argument == "count");
  CHECK(errors(need, {{"skill", "x"}, {"count", "> 3"}}).front().argument == "count");
  CHECK(errors(assign, {{"task", "T1 T2"}, {"person", "@ana"}}).front().argument == "task");
}
