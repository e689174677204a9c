// The arguments of a command one by one, as a form gives them.
#pragma once

#include <chrono>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "commands/language/command_line.h"

namespace osrbot::language {

/// What somebody entered for one argument. For an argument that may come more than once each value may stand in a
/// FormValue of its own, or on a line of its own.
struct FormValue {
  std::string argument;
  std::string text;  ///< blank: not given
};

/// Reads every value by the same rules as the command line does, but whole and as its argument only, so that nothing in
/// it can be taken for another: a skill may be "reviewing by May". Values of arguments that the verb does not have are
/// passed over. `now`: the sender's local time.
/// @returns the command, or what is wrong with each argument that is missing, unreadable or ambiguous, in the order of
/// the declaration; `begin` and `end` stand for no place in a text and are 0
std::variant<ParsedCommand, std::vector<CommandError>> read_form(const VerbSpec& verb,
                                                                 const std::vector<FormValue>& values,
                                                                 std::chrono::local_seconds now);

/// An argument's value as it can be entered: "P7", "2026-05-04", "5".
std::string as_entered(const ArgumentValue& value);

}  // namespace osrbot::language
