// Commands that list tasks, a page at a time.
#pragma once

#include "commands/command.h"

namespace osrbot {

Command tasks();
Command tasks_mine();

}  // namespace osrbot
