// Commands about projects and who is in them.
#pragma once

#include "commands/command.h"

namespace osrbot {

Command project_new();
Command project_list();
Command project_show();
Command project_here();
Command project_add();
Command project_approval();

}  // namespace osrbot
