// The yardstick: the same durable work as the bot does, by a loop on SQLite's C API and nothing else.
#pragma once

#include <filesystem>

namespace osrbot::bench {

struct BareResult {
  double seconds = 0;      ///< on the wall
  double cpu_seconds = 0;  ///< of this thread
};

/// Writes what the bot writes for the load (load.h) into a database that prepare_database() made, a hundred updates a
/// transaction, synchronous=FULL: for each claim, addition and status its row of seen_updates, the task, the audit
/// event and the way of the reply through the outbox, and the people and memberships that appear. Parses nothing, reads
/// only what it must, sends nothing. Throws std::runtime_error when SQLite refuses anything.
BareResult run_bare_loop(const std::filesystem::path& database);

}  // namespace osrbot::bench
