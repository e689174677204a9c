// Commands about projects.
#pragma once

#include "commands/command.h"

namespace osrbot {

Command project_new();
Command project_list();
Command project_show();
Command project_here();

// Changes to a project that is there, each for its coordinators.
Command project_edit();
Command project_tag();
Command project_untag();
Command project_approval();
Command project_archive();
Command project_restore();

}  // namespace osrbot
