// Any bytes as a message: every place that the grammar reports lies in the message, and what is quoted never runs.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>
#include <vector>

#include "commands/language/command_line.h"

namespace {

using namespace osrbot::language;

const CommandGrammar& grammar() {
  using K = ArgumentKind;
  static const std::vector<VerbSpec> verbs = {
      {"claim", {"take"}, {{"task", K::task}}},
      {"assign", {}, {{"task", K::task}, {"person", K::person}}},
      {"due", {}, {{"task", K::task}, {"date", K::date}}},
      {"done", {}, {{.name = "task", .kind = K::task, .repeated = true}}},
      {"progress", {}, {{"task", K::task}, {"percentage", K::percentage, false}, {"note", K::rest, false}}},
      {"need",
       {},
       {{"project", K::project},
        {"count", K::count, false},
        {"skill", K::text},
        {.name = "deadline", .kind = K::date, .required = false, .introduced_by = {"by"}},
        {"hours", K::hours, false}}},
      {"task add",
       {"add task"},
       {{"project", K::project, false},
        {"owner", K::person, false},
        {.name = "title", .kind = K::rest, .repeated = true}}},
      {"role",
       {},
       {{.name = "role", .kind = K::choice, .choices = {"Software", "Writing – review & editing"}},
        {"size", K::duration, false},
        {"link", K::url, false}}},
  };
  static const CommandGrammar built(verbs);
  return built;
}

void require(bool condition) {
  if (!condition) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size < 3) return 0;
  const std::string_view text(reinterpret_cast<const char*>(data) + 3, size - 3);
  const std::pair<std::size_t, std::size_t> quoted{data[1], data[2]};
  CommandGrammar::Input input;
  input.text = text;
  input.now = std::chrono::local_days{std::chrono::year{2026} / 3 / 18} + std::chrono::hours{10};
  input.addressed = (data[0] & 1U) != 0;
  if ((data[0] & 2U) != 0) input.bot_names = {"osrbot"};
  if ((data[0] & 4U) != 0) input.skipped = {quoted};
  if ((data[0] & 8U) != 0) input.people = {quoted};

  const auto results = grammar().parse(input);
  require(results.size() <= CommandGrammar::kMostCommands + 1);
  for (const auto& result : results) {
    if (const auto* command = std::get_if<ParsedCommand>(&result)) {
      require(command->verb != nullptr && command->begin < command->end && command->end <= text.size());
      for (const auto& argument : command->arguments) {
        require(argument.begin >= command->begin && argument.begin <= argument.end && argument.end <= text.size());
        if (const auto* date = std::get_if<DateValue>(&argument.value))
          require(date->candidates.size() == 1 && date->candidates.front().ok());
      }
      if (!input.skipped.empty() && quoted.first < quoted.second)
        require(command->begin < quoted.first || command->begin >= quoted.second);
    } else {
      const auto& error = std::get<CommandError>(result);
      require(input.addressed || error.verb != nullptr || error.kind == CommandError::Kind::too_many_commands);
      require(error.begin <= error.end && error.end <= text.size());
    }
  }
  return 0;
}
