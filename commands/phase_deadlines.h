// A word to the team before the day by which a phase is to be over, on the day, and once when it has passed.
#pragma once

#include <cstdint>

#include "commands/timer.h"
#include "commands/voice.h"

namespace osrbot {

/// Plans the next word about a project's present phase. To be called whenever the phase or its date has changed.
void plan_phase_deadline(const Voice& voice, std::int64_t project_id);

Timer phase_deadline();

}  // namespace osrbot
