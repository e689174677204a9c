#include "commands/help.h"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "commands/context.h"
#include "commands/language/spelling.h"

namespace osrbot {
namespace {

using language::ArgumentKind;

// Help is to fit on the screen of a phone: what comes after so many commands is only named.
constexpr std::size_t commands_explained = 11;

std::string_view role_name(Role role) {
  switch (role) {
    case Role::guest:
      return "guest";
    case Role::contributor:
      return "contributor";
    case Role::coordinator:
      return "coordinator";
    case Role::administrator:
      return "administrator";
  }
  std::unreachable();
}

const Command* find_command(const std::vector<Command>& commands, std::string_view name) {
  const auto found = std::ranges::find_if(commands, [&](const Command& command) {
    return command.name == name || std::ranges::find(command.aliases, name) != command.aliases.end();
  });
  return found == commands.end() ? nullptr : &*found;
}

void explain(Context& context, const Command& command) {
  const std::string key = "help." + catalogue_name(command);
  Message message;
  context.say(message, "help.command",
              {{"usage", usage(command)}, {"summary", context.words(key)}, {"who", role_name(command.role)}});
  context.say(message, key + ".examples");
  context.reply(message);
}

void overview(Context& context) {
  Message message;
  context.say(message, "help.head");
  std::size_t lines = 0;
  std::string others;
  for (const Command& command : context.house.commands) {
    if (command.hidden || command.role > context.role) continue;
    if (++lines <= commands_explained) {
      context.say(message, "help.line",
                  {{"command", command.name}, {"summary", context.words("help." + catalogue_name(command))}});
    } else {
      others += fmt::format("{}{}", others.empty() ? "" : ", ", command.name);
    }
  }
  context.say(message, "help.foot", {{"others", others}});
  context.reply(message);
}

void run_help(Context& context, const Args& args) {
  std::string topic = args.text("command");
  if (topic.empty()) {
    overview(context);
    return;
  }
  std::ranges::transform(topic, topic.begin(), [](char c) { return c >= 'A' && c <= 'Z' ? char(c - 'A' + 'a') : c; });
  if (const Command* command = find_command(context.house.commands, topic)) {
    explain(context, *command);
    return;
  }
  std::vector<std::string_view> names;
  for (const Command& command : context.house.commands) names.push_back(command.name);
  const auto near = language::nearest(topic, names);
  throw UserError("help.unknown", {{"topic", topic}, {"suggestions", fmt::format("{}", fmt::join(near, ", "))}},
                  {context.button("button.help", "help")});
}

void run_start(Context& context, const Args&) {
  context.reply("start", {{"person", context.sender.name}},
                {context.button("button.projects", "project list"), context.button("button.help", "help")});
}

}  // namespace

Command help() {
  return {.name = "help",
          .aliases = {"commands", "menu", "?"},
          .role = Role::guest,
          .arguments = {{.name = "command", .kind = ArgumentKind::rest, .required = false}},
          .run = run_help};
}

Command start() {
  return {.name = "start",
          .aliases = {"hello", "hi", "hey"},
          .role = Role::guest,
          .arguments = {},
          .hidden = true,
          .run = run_start};
}

}  // namespace osrbot
