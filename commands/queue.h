// The queue of tagged posts that wait for a coordinator.
#pragma once

#include "commands/command.h"
#include "commands/dialogue.h"

namespace osrbot {

Command queue();
Command queue_show();
Command queue_need();
Command queue_keep();
Command queue_draft();
Command queue_answered();
Command queue_later();
Command queue_dismiss();
Command queue_mute();
Command queue_unmute();
Command queue_muted();
Command queue_here();
Command queue_away();

/// Asks whom a post looks for that does not say so.
Dialogue queue_need_dialogue();

}  // namespace osrbot
