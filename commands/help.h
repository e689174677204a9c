// Help, and the first words to a stranger.
#pragma once

#include "commands/command.h"

namespace osrbot {

Command help();

}  // namespace osrbot
