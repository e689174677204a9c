// The memory of what has been handled: de-duplication, cursors, dead letters.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

#include "storage/sql.h"

namespace osrbot::storage::updates {

/// Notes that an update is being applied; false when it has been already.
bool remember(Connection& db, std::string_view adapter, std::string_view key, std::chrono::sys_seconds now);

/// The commands that an update ran, as remember_commands() was given them; nothing when the update was not seen.
std::optional<std::string> commands_of(Connection& db, std::string_view adapter, std::string_view key);

/// Keeps which commands an update ran, so that an edit of the message runs only what it added.
void remember_commands(Connection& db, std::string_view adapter, std::string_view key, std::string_view commands,
                       std::chrono::sys_seconds now);

/// Where the adapter's stream goes on; empty at the beginning.
std::string cursor(Connection& db, std::string_view adapter);
void set_cursor(Connection& db, std::string_view adapter, std::string_view cursor);

/// Keeps that an update could not be handled. `kind` and `error` carry no text of the message.
void bury(Connection& db, std::string_view adapter, std::string_view key, std::string_view kind, std::string_view error,
          std::chrono::sys_seconds now);

/// Forgets updates seen before `before`, looking at the oldest `limit`; how many.
std::int64_t prune(Connection& db, std::chrono::sys_seconds before, int limit);

}  // namespace osrbot::storage::updates
