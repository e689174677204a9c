// Invites people for a need, wave after wave, until enough have come.
#pragma once

#include <string_view>

#include "commands/command.h"
#include "commands/timer.h"
#include "storage/needs.h"

namespace osrbot {

Command invite();
Command invite_stop();
Command invitations();

/// Goes on with a search: the next wave, or its end.
Timer search_timer();

/// A need looks for nobody any more: what is not answered is withdrawn, with a word of thanks. `why`: "filled",
/// "closed", "stopped". Nothing happens without a search.
void end_search(const Voice& voice, const storage::Need& need, std::string_view why);

}  // namespace osrbot
