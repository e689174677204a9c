// The reference of all commands, for docs/commands.md.
#pragma once

#include <string>
#include <vector>

#include "commands/catalogue.h"
#include "commands/command.h"

namespace osrbot {

/// Markdown: by topic, each command with its usage, other names, who may give it, and examples. Hidden ones are left
/// out.
std::string command_reference(const std::vector<Command>& commands, const Catalogue& words);

}  // namespace osrbot
