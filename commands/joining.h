// How people come into a project, and how they leave it.
#pragma once

#include "commands/command.h"

namespace osrbot {

Command join();
Command approve();
Command decline();
Command leave();

}  // namespace osrbot
