#include "commands/command.h"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

namespace osrbot {
namespace {

using language::ArgumentKind;
using language::ArgumentSpec;

constexpr std::size_t most_choices_listed = 20;

std::string form_of(const ArgumentSpec& argument) {
  const bool is_listed = argument.kind == ArgumentKind::choice && argument.choices.size() <= most_choices_listed;
  const std::string word =
      is_listed ? fmt::format("{}", fmt::join(argument.choices, "|")) : fmt::format("<{}>", argument.name);
  return argument.introduced_by.empty() ? word : fmt::format("{} {}", argument.introduced_by.front(), word);
}

}  // namespace

std::string_view to_string(Role role) {
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

std::string_view to_string(Topic topic) {
  switch (topic) {
    case Topic::tasks:
      return "tasks";
    case Topic::people:
      return "people";
    case Topic::projects:
      return "projects";
    case Topic::credit:
      return "credit";
    case Topic::tracking:
      return "tracking";
    case Topic::oneself:
      return "oneself";
  }
  std::unreachable();
}

std::string catalogue_name(const Command& command) {
  std::string name(command.name);
  std::ranges::replace(name, ' ', '.');
  return name;
}

std::string usage(const Command& command) {
  std::string line(command.name);
  for (const ArgumentSpec& argument : command.arguments) {
    const std::string form = form_of(argument);
    line += argument.required ? " " + form : " [" + form + "]";
  }
  return line;
}

std::string Args::text(std::string_view name) const {
  const std::string* value = find<std::string>(name);
  return value ? *value : "";
}

bool Args::emptied(std::string_view name) const {
  return std::ranges::find(parsed_.emptied, name) != parsed_.emptied.end();
}

std::vector<std::string> Args::texts(std::string_view name) const {
  return all<std::string>(name);
}

}  // namespace osrbot
