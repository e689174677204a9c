// What a command is: declared once, where it is written. Help, "did you mean", the platforms' menus and the reference
// in docs/ are made from these declarations.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "commands/language/command_line.h"

namespace osrbot::language {
struct FormValue;
}

namespace osrbot {

class Context;
class Args;

/// Who may do something. Each role may do what those before it may.
enum class Role : std::uint8_t { guest, contributor, coordinator, administrator };

/// What a command is about: says what the router finds out before it runs.
enum class About : std::uint8_t {
  nothing,
  project,   ///< named in the command, that of the need named, or that of the place; without one the command is refused
  anything,  ///< the project named in the command or that of the place, if there is one
  task,      ///< named in the command; its project comes with it
  need,      ///< named in the command; its project comes with it
  request,   ///< a request to join, named by its number or by the person; its project comes with it
};

/// Under which help and the reference list a command; in their order.
enum class Topic : std::uint8_t { tasks, people, projects, credit, tracking, oneself };

/// The catalogue has `help.<name>` (one line) and `help.<name>.examples` for each; spaces in the name are dots there.
struct Command {
  std::string_view name;  ///< one or two words: "task add"
  std::vector<std::string_view> aliases;
  Role role = Role::guest;  ///< in the project that the command is about; without one, over all projects
  About about = About::nothing;
  std::vector<language::ArgumentSpec> arguments;
  bool hidden = false;              ///< not listed by help and menus
  bool on_archived = false;         ///< works on a project that is archived; others that change it are refused
  bool for_outsiders = false;       ///< works on a project that only its team sees
  std::string_view fields_of = {};  ///< the command whose words its form has; empty: its own
  void (*run)(Context& context, const Args& args) = nullptr;
  /// What is kept of all that the command changes, as its form shows it: what is emptied there is taken away
  /// (Args::emptied), and what stays as it was is left alone. Called after resolve(). No value: the command itself is
  /// to say why nothing can be changed. Null: the form begins empty.
  std::optional<std::vector<language::FormValue>> (*kept)(Context& context) = nullptr;
  /// What a message (the context's update has its address) says of what the command needs, for its form to begin with.
  std::vector<language::FormValue> (*of_message)(const Context& context, std::string_view words) = nullptr;
  Topic topic = Topic::oneself;  ///< given in commands/all.cpp
};

/// "guest", "tasks": as the keys of the catalogue have them.
std::string_view to_string(Role role);
std::string_view to_string(Topic topic);
inline constexpr Topic all_topics[] = {Topic::tasks,  Topic::people,   Topic::projects,
                                       Topic::credit, Topic::tracking, Topic::oneself};

/// "task.add", as the keys of the catalogue have it.
std::string catalogue_name(const Command& command);

/// "assign <task> <person>", for help and for messages about mistakes.
std::string usage(const Command& command);

/// What somebody wrote after the verb.
class Args {
 public:
  explicit Args(const language::ParsedCommand& parsed) : parsed_(parsed) {}

  /// The value of an argument, if it was given; of the first, if it was given more than once.
  template <class T>
  const T* find(std::string_view name) const {
    for (const language::ParsedArgument& argument : parsed_.arguments) {
      if (argument.name == name) return std::get_if<T>(&argument.value);
    }
    return nullptr;
  }

  /// All values of an argument that may be given more than once.
  template <class T>
  std::vector<T> all(std::string_view name) const {
    std::vector<T> values;
    for (const language::ParsedArgument& argument : parsed_.arguments) {
      if (argument.name != name) continue;
      if (const T* value = std::get_if<T>(&argument.value)) values.push_back(*value);
    }
    return values;
  }

  /// The words of an argument; empty when it was not given.
  std::string text(std::string_view name) const;

  /// The words of an argument that may be given more than once.
  std::vector<std::string> texts(std::string_view name) const;

  /// Whether the argument was left empty in a form that showed what is kept (Command::kept).
  bool emptied(std::string_view name) const;

 private:
  const language::ParsedCommand& parsed_;
};

}  // namespace osrbot
