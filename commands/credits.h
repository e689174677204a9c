// Commands about credit: who gets it for what, and what is still without.
#pragma once

#include "commands/command.h"

namespace osrbot {

Command credit();
Command credits();
Command my_credits();

}  // namespace osrbot
