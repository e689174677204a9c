// Commands about tasks: who does what.
#pragma once

#include "commands/command.h"

namespace osrbot {

Command tasks();
Command task_show();
Command task_add();
Command claim();
Command assign();
Command release();
Command done();

}  // namespace osrbot
