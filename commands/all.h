// Every command there is, and every timer.
#pragma once

#include <vector>

#include "commands/command.h"
#include "commands/timer.h"

namespace osrbot {

/// In the order in which help lists them.
std::vector<Command> all_commands();

/// Everything that happens by itself.
std::vector<Timer> all_timers();

}  // namespace osrbot
