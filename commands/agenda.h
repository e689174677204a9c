// What the calendar holds for a person - reminders, due days, quiet tasks, the weekly digest - told in one message,
// when the first of it is due. After the bot was down, everything that was missed comes in one message too.
#pragma once

#include <cstdint>

#include "commands/timer.h"
#include "commands/voice.h"

namespace osrbot {

/// Plans the next message of a person's calendar. To be called whenever something has come into it or moved in it.
void plan_agenda(const Voice& voice, std::int64_t person_id);

/// The same for somebody who takes part in something, where nothing with a date has come into their calendar: only one
/// who has no calendar yet gets theirs planned, the weekly digest.
void begin_agenda(const Voice& voice, std::int64_t person_id);

Timer agenda();

}  // namespace osrbot
