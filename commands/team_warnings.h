// What a team lacks for the phase that its project is in.
#pragma once

#include "adapters/message.h"

namespace osrbot {

class Context;

/// Adds a line for each of it: no statistician, nobody for the data or for ethics from the protocol on; everybody from
/// one discipline or one group of countries by income. What members have not told counts for nothing, and of fewer than
/// five who have told it nothing is said.
void say_team_warnings(Context& context, Message& message);

}  // namespace osrbot
