// Commands about what there is to do.
#pragma once

#include "commands/command.h"

namespace osrbot {

Command task_show();
Command task_add();
Command task_edit();
Command task_cancel();

}  // namespace osrbot
