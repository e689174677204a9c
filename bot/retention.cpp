#include "bot/retention.h"

#include <algorithm>
#include <array>

#include "storage/announcements.h"
#include "storage/changes.h"
#include "storage/dialogues.h"
#include "storage/forgetting.h"
#include "storage/jobs.h"
#include "storage/link_codes.h"
#include "storage/outbox.h"
#include "storage/posts.h"
#include "storage/updates.h"
#include "storage/x_threads.h"

namespace osrbot {

void run_retention(storage::Connection& db, const Config& config, std::chrono::sys_seconds now) {
  constexpr int rows_at_once = 500;
  const auto before = now - std::chrono::days(config.database.retention_days);
  const auto messages = storage::outbox::prune(db, before, rows_at_once);
  const auto updates = storage::updates::prune(db, before, rows_at_once);
  const auto changes = storage::changes::prune(db, before, rows_at_once);
  const auto posts = storage::posts::prune(db, now - std::chrono::days(config.posts.retention_days), rows_at_once);
  const auto pictures =
      storage::calls::prune_pictures(db, now - std::chrono::days(config.posts.retention_days), rows_at_once);
  const auto forgotten =
      storage::forgetting::prune(db, now - std::chrono::days(config.privacy.backup_days), rows_at_once);
  const auto threads = storage::x_threads::prune(db, before, rows_at_once);
  storage::dialogues::prune(db, now);
  storage::link_codes::prune(db, now);
  const auto all_at_once = [](auto deleted) { return deleted == rows_at_once; };
  const bool more =
      std::ranges::any_of(std::array{messages, updates, changes, posts, pictures, forgotten, threads}, all_at_once);
  storage::jobs::plan(db, retention_job, retention_job, now + (more ? std::chrono::seconds(1) : std::chrono::hours(1)));
}

}  // namespace osrbot
