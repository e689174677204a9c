// Time that comes: a job that is due becomes an update, and takes the same road as everything else.
#pragma once

#include <chrono>
#include <optional>
#include <vector>

#include "adapters/update.h"
#include "storage/sql.h"

namespace osrbot {

/// Takes due jobs out of the database as updates, the oldest first, at most `limit`: they are removed in the caller's
/// transaction, in which the update is to be handled too, so that a job happens exactly once.
std::vector<Update> take_due_jobs(storage::Connection& db, std::chrono::sys_seconds now, int limit);

/// Plans a job again whose handling failed, an hour from now: what was promised (a reminder, erasing) must not end with
/// one failure, and what happens again and again plans its next time last.
void plan_again(storage::Connection& db, const Update& timer, std::chrono::sys_seconds now);

}  // namespace osrbot
