// What changed in the rows that commands work on, written down by the database itself: each audit event can be reversed
// exactly, whichever command it came from.
#pragma once

#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "storage/sql.h"

namespace osrbot::storage::changes {

/// Starts to note changes made through this connection: in every table but those of people (what is erased must not
/// live on in copies) and of the pipeline. Each is noted for the next event of the audit log: there is one connection
/// that writes. Made from the schema as it is, so that no migration has to think of it. Called by migrate().
void watch(Connection& db);

/// Forgets changes after the last event: called before a command, so that its first event gets its own only.
void begin(Connection& db);

struct Change {
  std::int64_t id = 0;
  std::string table;
  std::string kind;    ///< "insert", "update", "delete"
  std::string key;     ///< JSON, like the next two
  std::string before;  ///< columns that changed
  std::string after;
};

/// The changes of an event, the last first.
std::vector<Change> of_event(Connection& db, std::int64_t event_id);

/// Puts the columns that a change touched back. False, and nothing is done, when one of them has another value by now,
/// the row is gone or there again, or other rows refer to it.
bool reverse(Connection& db, const Change& change);

/// Makes the same change again, for a row that is as it was before it. False like reverse().
bool repeat(Connection& db, const Change& change);

/// Deletes the changes of events before `before`, at most `limit`; how many.
std::int64_t prune(Connection& db, std::chrono::sys_seconds before, int limit);

}  // namespace osrbot::storage::changes
