// "My data": everything that is kept of a person, for them alone.
#pragma once

#include "commands/command.h"

namespace osrbot {

Command my_data();
/// "Stay": the answer of somebody who was asked whether a profile is to be kept.
Command stay();

}  // namespace osrbot
