// Answers that never went out.
#pragma once

#include <chrono>
#include <string_view>

#include "commands/timer.h"
#include "storage/sql.h"

namespace osrbot {

/// Coordinators hear soon that people who wrote on a platform got no answer, and why. Several are told of at once.
void plan_unanswered_notice(storage::Connection& db, std::chrono::sys_seconds now, std::string_view adapter,
                            std::string_view why);

Timer unanswered_notice();

}  // namespace osrbot
