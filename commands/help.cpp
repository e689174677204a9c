#include "commands/help.h"

#include <algorithm>
#include <array>
#include <iterator>
#include <utility>

#include <fmt/format.h>

#include "commands/context.h"
#include "commands/language/spelling.h"

namespace osrbot {
namespace {

using language::ArgumentKind;

// What each role begins with: explained, where the other commands are only named, for help is to fit on the screen of a
// phone.
constexpr std::pair<Role, std::array<std::string_view, 5>> first_commands[] = {
    {Role::guest, {"project list", "needs", "join", "tasks", "project new"}},
    {Role::contributor, {"tasks", "claim", "done", "release", "undo"}},
    {Role::coordinator, {"task add", "assign", "need", "status", "report"}},
    {Role::administrator, {"project list", "status", "report", "log", "undo"}},
};

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
              {{"usage", usage(command)}, {"summary", context.words(key)}, {"who", to_string(command.role)}});
  context.say(message, key + ".examples");
  context.reply(message);
}

/// A line with all commands of a topic that the sender may give.
void name_commands(const Context& context, Message& message, Topic topic) {
  std::vector<Span> names = {{.style = Span::Style::plain, .text = " ", .target = ""}};
  for (const Command& command : context.house.commands) {
    if (command.hidden || command.role > context.role || command.topic != topic) continue;
    if (names.size() > 1) names.push_back({.style = Span::Style::plain, .text = ", ", .target = ""});
    names.push_back({.style = Span::Style::code, .text = std::string(command.name), .target = ""});
  }
  if (names.size() == 1) return;
  context.say(message, "help.topic", {{"topic", to_string(topic)}});
  std::ranges::move(names, std::back_inserter(message.blocks.back().spans));
}

void overview(Context& context) {
  Message message;
  context.say(message, "help.head");
  const auto* first = std::ranges::find(first_commands, context.role, [](const auto& one) { return one.first; });
  for (const std::string_view name : first->second) {
    const Command& command = *find_command(context.house.commands, name);
    context.say(message, "help.line",
                {{"command", name}, {"summary", context.words("help." + catalogue_name(command))}});
  }
  context.say(message, "help.all");
  for (const Topic topic : all_topics) name_commands(context, message, topic);
  context.say(message, "help.foot");
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

}  // namespace

Command help() {
  return {.name = "help",
          .aliases = {"commands", "menu", "?"},
          .role = Role::guest,
          .arguments = {{.name = "command", .kind = ArgumentKind::rest, .required = false}},
          .run = run_help};
}

}  // namespace osrbot
