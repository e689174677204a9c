// Commands that say how far a project is.
#pragma once

#include "commands/command.h"

namespace osrbot {

Command status();

}  // namespace osrbot
