// The phases of a project: where it is, what has to be so before it goes on, and by when.
#pragma once

#include "commands/command.h"

namespace osrbot {

Command phase();

}  // namespace osrbot
