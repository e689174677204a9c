// Follows authors who delete their posts: what is gone on the platform goes here too, within a day.
#pragma once

#include <chrono>
#include <vector>

#include "adapters/adapter.h"
#include "storage/sql.h"

namespace osrbot {

inline constexpr const char* post_check_job = "post_check";

/// Asks every adapter for the posts whose words are kept, and plans the next time. The words of posts that were decided
/// about more than a day ago are forgotten first: what is not kept need not be asked for.
void run_post_check(storage::Connection& db, const std::vector<Adapter*>& adapters, std::chrono::sys_seconds now);

}  // namespace osrbot
