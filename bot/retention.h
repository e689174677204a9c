// Forgets what is not needed any longer, a little at a time.
#pragma once

#include <chrono>

#include "config/config.h"
#include "storage/sql.h"

namespace osrbot {

inline constexpr const char* retention_job = "retention";

/// Deletes records of handled updates and sent messages that are older than the configuration says, some hundred at a
/// time so that nobody waits for it, and plans its next run.
void run_retention(storage::Connection& db, const Config& config, std::chrono::sys_seconds now);

}  // namespace osrbot
