#include "bot/retention.h"

#include "storage/changes.h"
#include "storage/dialogues.h"
#include "storage/jobs.h"
#include "storage/outbox.h"
#include "storage/updates.h"
#include "storage/x_threads.h"

namespace osrbot {

void run_retention(storage::Connection& db, const DatabaseConfig& config, std::chrono::sys_seconds now) {
  constexpr int rows_at_once = 500;
  const auto before = now - std::chrono::days(config.retention_days);
  const auto messages = storage::outbox::prune(db, before, rows_at_once);
  const auto updates = storage::updates::prune(db, before, rows_at_once);
  const auto changes = storage::changes::prune(db, before, rows_at_once);
  const auto threads = storage::x_threads::prune(db, before, rows_at_once);
  storage::dialogues::prune(db, now);
  const bool more =
      messages == rows_at_once || updates == rows_at_once || changes == rows_at_once || threads == rows_at_once;
  storage::jobs::plan(db, retention_job, retention_job, now + (more ? std::chrono::seconds(1) : std::chrono::hours(1)));
}

}  // namespace osrbot
