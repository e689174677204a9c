// What somebody who was invited says to it: the commands of the invitation's buttons.
#pragma once

#include "commands/command.h"
#include "commands/dialogue.h"

namespace osrbot {

Command invitation_yes();
Command invitation_no();
Command invitation_reason();
Command invitation_refer();
Command invitation_why();

/// Whom somebody suggests in their place.
Dialogue referral();

}  // namespace osrbot
