// The process as the operating system sees it.
#pragma once

#include "bot/metrics.h"

namespace osrbot {

/// Sets process_cpu_seconds, process_resident_memory_bytes, process_open_fds and process_start_time_seconds to what
/// /proc says now. What cannot be read keeps its last value.
void update_process_metrics(Metrics& metrics);

}  // namespace osrbot
