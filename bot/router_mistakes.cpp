// How the router says what it did not understand of a command.
#include <algorithm>
#include <stdexcept>
#include <utility>

#include <fmt/format.h>

#include "bot/router.h"

namespace osrbot {
namespace {

/// What was not understood, in bytes of `text`, as far as a line of an answer holds it.
std::string excerpt(std::string_view text, std::size_t begin, std::size_t end) {
  constexpr std::size_t longest = 60;
  if (begin >= text.size() || end <= begin) return "";
  std::string_view part = text.substr(begin, end - begin);
  if (part.size() <= longest) return std::string(part);
  std::size_t cut = longest;
  while (cut > 0 && (part[cut] & 0xC0) == 0x80) --cut;
  return std::string(part.substr(0, cut)) + "…";
}

/// The catalogue's words for a mistake in a command whose verb is known.
std::string_view explanation_of(language::CommandError::Kind kind) {
  using Kind = language::CommandError::Kind;
  switch (kind) {
    case Kind::missing_argument:
      return "error.missing_argument";
    case Kind::bad_argument:
      return "error.bad_argument";
    case Kind::unexpected_text:
      return "error.unexpected_text";
    case Kind::second_command:
      return "error.second_command";
    case Kind::ambiguous_date:
    case Kind::ambiguous_number:
      return "error.ambiguous";
    case Kind::unknown_verb:
    case Kind::too_many_commands:
      break;
  }
  throw std::logic_error("a mistake without a verb");
}

}  // namespace

void Router::explain(Context& context, const language::CommandError& error, std::string_view text) {
  using Kind = language::CommandError::Kind;
  const std::string written = excerpt(text, error.begin, error.end);
  std::vector<Button> buttons;
  if (error.kind == Kind::unknown_verb) {
    // Yes, no and a greeting are words that people know; nobody meant them who wrote something else.
    std::vector<std::string> suggestions = error.suggestions;
    std::erase_if(suggestions, [&](const std::string& verb) {
      return std::ranges::any_of(commands_, [&](const Command& one) { return one.hidden && one.name == verb; });
    });
    for (const std::string& verb : suggestions) {
      buttons.push_back({.label = verb, .command = "help " + verb, .url = ""});
    }
    if (buttons.empty()) buttons.push_back(context.button("button.help", "help"));
    context.refuse("error.unknown_verb",
                   {{"written", written}, {"suggestions", fmt::format("{}", fmt::join(suggestions, ", "))}},
                   std::move(buttons));
    return;
  }
  if (error.kind == Kind::too_many_commands) {
    context.refuse("error.too_many", {{"limit", language::CommandGrammar::kMostCommands}});
    return;
  }
  const Command& command = command_of(*error.verb);
  const Arguments arguments = {{"usage", usage(command)},
                               {"command", command.name},
                               {"argument", error.argument},
                               {"written", written},
                               {"suggestions", fmt::format("{}", fmt::join(error.suggestions, ", "))}};
  if (error.kind == Kind::missing_argument) {
    const language::ParsedCommand understood{.verb = error.verb, .arguments = error.understood};
    const auto missing = UserError(std::string(explanation_of(error.kind)), arguments).at(error.argument);
    if (offer_form(context, command, understood, missing)) return;
  }
  context.refuse(explanation_of(error.kind), arguments);
}

}  // namespace osrbot
