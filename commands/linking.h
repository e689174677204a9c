// Accounts on several platforms that are one person's: linked by a code, with a yes from both sides.
#pragma once

#include "commands/command.h"

namespace osrbot {

Command link();
Command link_confirm();
Command link_refuse();
Command unlink_account();
Command accounts();

}  // namespace osrbot
