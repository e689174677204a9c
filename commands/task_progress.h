// Commands about how a task goes on.
#pragma once

#include "commands/command.h"

namespace osrbot {

Command progress();
Command working();
Command block();
Command unblock();
Command done();
Command reopen();

}  // namespace osrbot
