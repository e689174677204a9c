// What tests of the command grammar share: some verbs, and what was read of a message as one line of text.
#pragma once

#include <chrono>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include <doctest/doctest.h>
#include <fmt/format.h>

#include "commands/language/command_line.h"
#include "tests/unit/language/fixture.h"

namespace osrbot::language {

inline const std::vector<VerbSpec>& verbs() {
  using K = ArgumentKind;
  static const std::vector<VerbSpec> list = {
      {"claim", {"take", "i take"}, {{"task", K::task}}},
      {"assign", {}, {{"task", K::task}, {"person", K::person}}},
      {"due", {"deadline"}, {{"task", K::task}, {"date", K::date}}},
      {"progress", {}, {{"task", K::task}, {"percentage", K::percentage, false}, {"note", K::rest, false}}},
      {"done", {"finish", "finished"}, {{.name = "task", .kind = K::task, .repeated = true}}},
      {"remind",
       {},
       {{"person", K::person, false}, {"task", K::task, false}, {"date", K::date}, {"note", K::rest, false}}},
      {"need",
       {"we need"},
       {{"project", K::project, true},
        {"count", K::count, false},
        {"skill", K::text},
        {.name = "deadline", .kind = K::date, .required = false, .introduced_by = {"by", "until", "due"}},
        {"hours", K::hours, false},
        {.name = "credit", .kind = K::text, .required = false, .introduced_by = {"credit", "for credit"}}}},
      {"task add",
       {"add task"},
       {{"project", K::project, false},
        {.name = "due", .kind = K::date, .required = false, .introduced_by = {"by", "due"}},
        {"owner", K::person, false},
        {.name = "title", .kind = K::rest, .repeated = true}}},
      {"task", {}, {{"task", K::task}}},
      {"release", {}, {{"task", K::task}, {"note", K::rest, false}}},
      {"reached", {}, {{"task", K::task}, {"percentage", K::percentage}, {"note", K::rest, false}}},
      {"status", {}, {{"project", K::project, false}}},
      {"digest",
       {},
       {{.name = "which", .kind = K::choice, .required = false, .choices = {"weekly", "off"}},
        {"when", K::date, false}}},
      {"pause", {}, {{"until", K::date, false}, {"for", K::duration, false}}},
      {"project new",
       {"new project"},
       {{"title", K::text}, {.name = "aim", .kind = K::text, .required = false, .introduced_by = {"aim"}}}},
      {"project", {}, {{"project", K::project}}},
      {"list",
       {},
       {{.name = "what", .kind = K::choice, .required = false, .choices = {"tasks", "projects", "people"}},
        {"project", K::project, false}}},
      {"role",
       {},
       {{.name = "role",
         .kind = K::choice,
         .choices = {"Writing – original draft", "Writing – review & editing", "Software"}},
        {"task", K::task, false}}},
      {"size", {}, {{"task", K::task}, {"time", K::duration}}},
      {"link", {}, {{"task", K::task}, {"address", K::url}}},
      {"close", {}, {{"project", K::project}}},
      {"stop", {"unsubscribe"}, {}},
      {"help", {}, {{"topic", K::text, false}}},
  };
  return list;
}

inline const CommandGrammar& grammar() {
  static const CommandGrammar built(verbs());
  return built;
}

inline std::string shown(const ArgumentValue& value) {
  struct Show {
    std::string operator()(const Ref& ref) const { return fmt::format("{}{}", ref.kind, ref.number); }
    std::string operator()(const PersonName& person) const { return person.is_me ? "me" : "@" + person.handle; }
    std::string operator()(const DateValue& date) const {
      std::string out;
      for (const auto& day : date.candidates) {
        out += fmt::format("{}{:04}-{:02}-{:02}", out.empty() ? "" : "|", static_cast<int>(day.year()),
                           static_cast<unsigned>(day.month()), static_cast<unsigned>(day.day()));
      }
      if (date.minute_of_day >= 0) out += fmt::format("T{:02}:{:02}", date.minute_of_day / 60, date.minute_of_day % 60);
      return out;
    }
    std::string operator()(std::chrono::minutes length) const { return fmt::format("{}min", length.count()); }
    std::string operator()(std::int64_t number) const { return fmt::format("{}", number); }
    std::string operator()(double number) const { return fmt::format("{}", number); }
    std::string operator()(const std::string& text) const { return "'" + text + "'"; }
  };
  return std::visit(Show{}, value);
}

inline std::string kind_name(CommandError::Kind kind) {
  switch (kind) {
    case CommandError::Kind::unknown_verb:
      return "unknown";
    case CommandError::Kind::missing_argument:
      return "missing";
    case CommandError::Kind::bad_argument:
      return "bad";
    case CommandError::Kind::unexpected_text:
      return "unexpected";
    case CommandError::Kind::second_command:
      return "second";
    case CommandError::Kind::ambiguous_date:
      return "date";
    case CommandError::Kind::ambiguous_number:
      return "number";
    case CommandError::Kind::too_many_commands:
      return "many";
  }
  return "?";
}

/// "claim task=T12; !missing task@5-5" for two results.
inline std::string shown(const std::vector<CommandResult>& results, std::string_view text) {
  std::string out;
  for (const auto& result : results) {
    if (!out.empty()) out += "; ";
    if (const auto* command = std::get_if<ParsedCommand>(&result)) {
      out += command->verb->name;
      for (const auto& argument : command->arguments)
        out += fmt::format(" {}={}", argument.name, shown(argument.value));
    } else {
      const auto& error = std::get<CommandError>(result);
      out += "!" + kind_name(error.kind);
      if (!error.argument.empty()) out += " " + error.argument;
      out += fmt::format(" [{}]", text.substr(error.begin, error.end - error.begin));
      for (const auto& suggestion : error.suggestions) out += " ?" + suggestion;
    }
  }
  return out;
}

inline std::string read(std::string_view text, bool addressed = true) {
  CommandGrammar::Input input{
      .text = text, .skipped = {}, .now = wednesday(), .addressed = addressed, .bot_names = {"OSRbot"}, .people = {}};
  return shown(grammar().parse(input), text);
}

/// A message, and what is read of it.
struct CommandCase {
  std::string_view text;
  std::string_view read;
};

template <std::size_t n>
void check_commands(const CommandCase (&cases)[n], bool addressed = true) {
  for (const auto& [text, expected] : cases) {
    CAPTURE(text);
    CHECK(read(text, addressed) == expected);
  }
}

}  // namespace osrbot::language
