// Which conversations have been greeted, and who has joined since.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>

#include "storage/conversations.h"
#include "storage/sql.h"

namespace osrbot::storage::greetings {

/// Notes that somebody joined. True when they are to be greeted now: nobody was in the last `pause`. Otherwise they
/// are counted.
bool greet(Connection& db, const conversations::Id& place, std::chrono::seconds pause, std::chrono::sys_seconds now);

/// How many joined without being greeted; the pause begins anew, unless there was nobody.
std::int64_t take_waiting(Connection& db, const conversations::Id& place, std::chrono::sys_seconds now);

}  // namespace osrbot::storage::greetings
