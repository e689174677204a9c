// Every command there is.
#pragma once

#include <vector>

#include "commands/command.h"

namespace osrbot {

/// In the order in which help lists them. Throws std::logic_error when two share a name.
std::vector<Command> all_commands();

}  // namespace osrbot
