// A database as the bot begins with, for tests of what is kept in it.
#pragma once

#include <chrono>
#include <cstdint>
#include <string_view>

#include "storage/migrations.h"
#include "storage/people.h"
#include "storage/sql.h"
#include "tests/fakes/temporary_folder.h"

namespace osrbot::fakes {

/// Of Monday, 2 March 2026 (UTC).
inline constexpr std::chrono::sys_seconds noon{std::chrono::sys_days(std::chrono::year(2026) / 3 / 2) +
                                               std::chrono::hours(12)};

struct FreshDatabase {
  explicit FreshDatabase(std::chrono::sys_seconds the_time) : now(the_time) { storage::migrate(db, now); }

  /// The number of somebody whom the bot meets on the console.
  std::int64_t meet(std::string_view name) {
    return storage::people::recognise(db, {.adapter = "console", .user_id = name, .name = name, .handle = name}, now)
        .id;
  }

  TemporaryFolder folder;
  storage::Connection db{folder / "test.db", storage::Connection::Mode::read_write};
  std::chrono::sys_seconds now;
};

}  // namespace osrbot::fakes
