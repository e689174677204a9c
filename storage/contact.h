// Whether somebody wants to be written to. What follows from it, by their clock: commands/contact.h.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>

#include "storage/sql.h"

namespace osrbot::storage::contact {

/// What a person has asked for, over all platforms; nothing at all for most.
struct Wishes {
  bool stopped = false;                                  ///< wants to hear nothing but answers
  std::optional<std::chrono::sys_seconds> paused_until;  ///< wants nothing that nobody asked for until then
  std::string quiet_from;                                ///< HH:MM of the person's clock; empty: no quiet hours
  std::string quiet_until;                               ///< HH:MM; earlier than `quiet_from`: over midnight
};

Wishes wishes(Connection& db, std::int64_t person_id);

/// To hear nothing any more but answers. False when it was so already.
bool stop(Connection& db, std::int64_t person_id, std::chrono::sys_seconds now);

/// To hear nothing until then that nobody asked for.
void pause(Connection& db, std::int64_t person_id, std::chrono::sys_seconds until);

/// Ends both. False when there was neither.
bool resume(Connection& db, std::int64_t person_id, std::chrono::sys_seconds now);

/// Drops what waits to be sent to a person in private; how much.
std::int64_t drop_waiting(Connection& db, std::int64_t person_id, std::chrono::sys_seconds now);

}  // namespace osrbot::storage::contact
