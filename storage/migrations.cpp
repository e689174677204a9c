#include "storage/migrations.h"

#include <array>

#include <fmt/format.h>

#include "storage/changes.h"
#include "storage/migrations/0001_foundation.h"
#include "storage/migrations/0002_projects_and_needs.h"
#include "storage/migrations/0003_tasks_and_time.h"
#include "storage/migrations/0004_tracking.h"
#include "storage/migrations/0005_profiles.h"
#include "storage/migrations/0006_secrets.h"
#include "storage/migrations/0007_matching.h"
#include "storage/migrations/0008_posts.h"
#include "storage/migrations/0009_privacy.h"
#include "storage/migrations/0010_newcomers.h"
#include "storage/migrations/0011_credit.h"
#include "storage/migrations/0012_x.h"
#include "storage/migrations/0013_people_by_index.h"
#include "storage/migrations/0014_published_credit.h"
#include "storage/migrations/0015_call_pictures.h"
#include "storage/volunteers.h"

namespace osrbot::storage {
namespace {

struct Migration {
  const char* name;
  const char* sql;
};

constexpr std::array history{
    Migration{"foundation", migrations::foundation},
    Migration{"projects and needs", migrations::projects_and_needs},
    Migration{"tasks and time", migrations::tasks_and_time},
    Migration{"tracking", migrations::tracking},
    Migration{"profiles", migrations::profiles},
    Migration{"secrets", migrations::secrets},
    Migration{"matching", migrations::matching},
    Migration{"posts", migrations::posts},
    Migration{"privacy", migrations::privacy},
    Migration{"newcomers", migrations::newcomers},
    Migration{"credit", migrations::credit},
    Migration{"x", migrations::x},
    Migration{"people by index", migrations::people_by_index},
    Migration{"published credit", migrations::published_credit},
    Migration{"call pictures", migrations::call_pictures},
};

}  // namespace

int schema_version() {
  return static_cast<int>(history.size());
}

bool holds_schema(Connection& db) {
  return db.number("SELECT COUNT(*) FROM sqlite_schema WHERE type = 'table' AND name = 'schema_migrations'") > 0;
}

int database_version(Connection& db) {
  db.run(
      "CREATE TABLE IF NOT EXISTS schema_migrations "
      "(version INTEGER PRIMARY KEY, name TEXT NOT NULL, applied_at INTEGER NOT NULL)");
  return static_cast<int>(db.number("SELECT COALESCE(MAX(version), 0) FROM schema_migrations"));
}

bool is_of_another_program(Connection& db) {
  return db.number("SELECT COUNT(*) FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'") > 0 &&
         !holds_schema(db);
}

int migrate(Connection& db, std::chrono::sys_seconds now) {
  if (is_of_another_program(db)) {
    throw Error(Error::Kind::other,
                "the database holds tables of another program: set database.path (OSRBOT_DB) to a "
                "file of its own");
  }
  const int from = database_version(db);
  if (from > schema_version()) {
    throw Error(
        Error::Kind::other,
        fmt::format("the database has schema version {} and this program knows {} only: start a newer osrbot, or "
                    "restore a backup made with this one",
                    from, schema_version()));
  }
  for (int version = from + 1; version <= schema_version(); ++version) {
    const Migration& step = history[static_cast<std::size_t>(version - 1)];
    Transaction transaction(db);
    db.script(step.sql);
    db.run("INSERT INTO schema_migrations (version, name, applied_at) VALUES (?, ?, ?)", {version, step.name, now});
    transaction.commit();
  }
  changes::watch(db);
  volunteers::watch(db);
  return schema_version() - from;
}

}  // namespace osrbot::storage
