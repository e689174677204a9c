// Commands about a project's manuscript: its versions, and the approval of each by its authors.
#pragma once

#include "commands/command.h"
#include "commands/timer.h"

namespace osrbot {

Command manuscript();
Command manuscript_approve();
Command manuscript_object();

/// Reminds those who have not answered; whoever stays silent has not approved.
Timer approval_reminder();

}  // namespace osrbot
