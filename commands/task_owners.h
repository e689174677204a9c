// Commands about who does a task: one owner, and helpers.
#pragma once

#include "commands/command.h"

namespace osrbot {

Command claim();
Command assign();
Command release();
Command assist();
Command project_limit();

}  // namespace osrbot
