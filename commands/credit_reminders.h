// What waits for a confirmation is asked about after a week, of those who can give it, and a few times more.
#pragma once

#include <cstdint>

#include "commands/timer.h"

namespace osrbot {

/// Plans the next question about a project's unconfirmed credits, unless it is planned already.
void plan_credit_reminder(const Voice& voice, std::int64_t project_id);

Timer credit_reminder();

}  // namespace osrbot
