// Every command there is, every timer and every dialogue.
#pragma once

#include <vector>

#include "commands/command.h"
#include "commands/dialogue.h"
#include "commands/timer.h"

namespace osrbot {

/// In the order in which help lists them.
std::vector<Command> all_commands();

/// Everything that happens by itself.
std::vector<Timer> all_timers();

/// Every kind of question that waits for an answer.
std::vector<Dialogue> all_dialogues();

}  // namespace osrbot
