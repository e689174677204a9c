// "Forget me": what goes and what stays is shown first, and after a yes nothing of the person is left.
#pragma once

#include "commands/command.h"
#include "commands/timer.h"

namespace osrbot {

Command forget_me();

/// Asks people who were silent for two years whether their profile is to be kept, and forgets those who do not answer.
Timer silence();
void plan_silence_runs(const Voice& voice);

}  // namespace osrbot
