// People with a profile who have been silent for long: they are asked whether it is to be kept, and then it is not.
#pragma once

#include <chrono>
#include <cstdint>
#include <vector>

#include "storage/sql.h"

namespace osrbot::storage::silences {

/// People with a profile who did nothing since `before` and have not been asked, those silent for longest first.
std::vector<std::int64_t> silent_since(Connection& db, std::chrono::sys_seconds before, int limit);

void note_asked(Connection& db, std::int64_t person_id, std::chrono::sys_seconds now);

/// People who were asked before `before` and have done nothing since. Those who have are forgotten to have been asked.
std::vector<std::int64_t> unanswered_since(Connection& db, std::chrono::sys_seconds before, int limit);

}  // namespace osrbot::storage::silences
