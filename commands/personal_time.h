// Commands about a person's own clock: their time zone, and when the weekly digest comes.
#pragma once

#include <string>

#include "commands/command.h"

namespace osrbot {

class Context;

/// Turns the sender's clock to a zone (IANA); what was planned by it moves.
void set_clock(Context& context, const std::string& zone);

Command my_time_zone();
Command digest();

}  // namespace osrbot
