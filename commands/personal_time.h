// Commands about a person's own clock: their time zone, and when the weekly digest comes.
#pragma once

#include "commands/command.h"

namespace osrbot {

Command my_time_zone();
Command digest();

}  // namespace osrbot
