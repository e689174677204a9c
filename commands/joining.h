// How people come into a project, and how they leave it.
#pragma once

#include "commands/command.h"

namespace osrbot {

class Context;

/// Asks the coordinators to let the sender in for the context's need, whoever may join without asking; who is in the
/// team already just takes the need on.
void ask_to_join(Context& context);

/// Takes back what the sender has asked of the coordinators of the context's project, if anything waits.
void withdraw_request(Context& context);

Command join();
Command approve();
Command decline();
Command leave();

}  // namespace osrbot
