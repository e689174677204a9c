// A person's own page: what they do, where they belong, and where they are wanted.
#pragma once

#include "commands/command.h"

namespace osrbot {

Command home();

}  // namespace osrbot
