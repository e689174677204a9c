#include "commands/command_reference.h"

#include <fmt/format.h>

#include "commands/markdown.h"

namespace osrbot {
namespace {

constexpr std::string_view english = "en";

std::string say(const Catalogue& words, std::string_view key, const Arguments& arguments = {}) {
  return markdown(words.blocks(english, key, arguments));
}

std::string section(const Command& command, const Catalogue& words) {
  const std::string key = "help." + catalogue_name(command);
  const std::string head =
      say(words, "help.command",
          {{"usage", usage(command)}, {"summary", words.text(english, key)}, {"who", to_string(command.role)}});
  std::string aliases;
  for (const std::string_view alias : command.aliases)
    aliases += fmt::format("{}`{}`", aliases.empty() ? "" : ", ", alias);
  return fmt::format("\n### {}\n\n{}{}\n{}", command.name, head, aliases.empty() ? "" : "\nAlso: " + aliases + "\n",
                     say(words, key + ".examples"));
}

}  // namespace

std::string command_reference(const std::vector<Command>& commands, const Catalogue& words) {
  std::string text =
      "# Commands\n\n"
      "Made from the declarations of the commands and their words: `osrbot export commands` prints it anew.\n\n"
      "In a private conversation a command stands alone: `claim T12`. In a group it begins with a slash (`/claim "
      "T12`), on "
      "Slack with\n`/osr` (`/osr claim T12`), or anywhere with the bot's name (`@osrbot claim T12`). What stands in "
      "`<…>` "
      "is yours to fill in, and what\nstands in `[…]` may be left out.\n";
  for (const Topic topic : all_topics) {
    std::string name = words.text(english, "help.topic", {{"topic", to_string(topic)}});
    name.erase(name.find_last_not_of(" :") + 1);
    text += fmt::format("\n## {}\n", name);
    for (const Command& command : commands) {
      if (command.topic == topic && !command.hidden) text += section(command, words);
    }
  }
  return text;
}

}  // namespace osrbot
