// Calls for help that the bot publishes when a coordinator says so, and what is said below them afterwards.
#pragma once

#include "commands/command.h"
#include "commands/timer.h"

namespace osrbot {

/// "announce N5 [on x|homes] [in fr] [: text]": publishes the call of a need after a preview and a yes.
Command announce();

/// Finds out what became of announcements, and tells their readers when a need has changed, is filled or closed.
Timer announcement_follow_up();

}  // namespace osrbot
