// One line that says more than one thing to do: "done T1, T2", "done T1 /claim T2".
#pragma once

#include <optional>
#include <vector>

#include "commands/language/arguments.h"
#include "commands/language/command_line.h"
#include "commands/language/command_words.h"
#include "commands/language/verb_index.h"

namespace osrbot::language {

/// The objects of a verb about one object, where there are several and nothing else is said: T1, T2 and T3 in "done T1,
/// T2 and T3", and in "done 1 2 3". Empty otherwise.
std::vector<CommandWord> listed_objects(const ArgumentInput& input);

/// What stands in the place of a note on an object, and is rather more to do: another object of its kind, or a command.
/// `read` is what `input` was read as.
std::optional<CommandError> second_command(const VerbIndex& index, const ArgumentInput& input,
                                           const ParsedCommand& read);

}  // namespace osrbot::language
