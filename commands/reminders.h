// Commands by which people have themselves, and coordinators others, reminded of something.
#pragma once

#include "commands/command.h"

namespace osrbot {

Command remind();
Command reminders();
Command forget_reminder();

}  // namespace osrbot
