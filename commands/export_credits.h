// `export credits`: a project's contributors as a file, for those who coordinate it.
#pragma once

#include "commands/command.h"

namespace osrbot {

Command export_credits();

}  // namespace osrbot
