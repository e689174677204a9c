// Commands about when, how much, what for and after what a task is to be done.
#pragma once

#include "commands/command.h"

namespace osrbot {

Command due();
Command size();
Command skill();
Command depends();

}  // namespace osrbot
