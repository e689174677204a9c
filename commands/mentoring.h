// A first task and company: one small task, one senior with the same skill who is asked first, and two questions by the
// bot how it goes: after a week and after a month.
#pragma once

#include "commands/command.h"
#include "commands/timer.h"

namespace osrbot {

Command first_task();
Command mentor();
Command check_in();

/// Asks how it goes.
Timer check_in_timer();

}  // namespace osrbot
