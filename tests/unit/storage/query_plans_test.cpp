// What people wait for is answered from indexes: each query that the storage's functions really ask is shown to
// SQLite's planner, and none may read a whole table.
#include <algorithm>
#include <string>
#include <vector>

#include <doctest/doctest.h>
#include <sqlite3.h>

#include "storage/agendas.h"
#include "storage/jobs.h"
#include "storage/migrations.h"
#include "storage/profiles.h"
#include "storage/projects.h"
#include "storage/reminders.h"
#include "storage/task_activity.h"
#include "storage/task_links.h"
#include "storage/tasks.h"
#include "tests/fakes/temporary_folder.h"

using namespace osrbot::storage;
using namespace std::chrono;

namespace {

std::vector<std::string> asked;  // statements that ran since it was emptied; SQLite's hooks know no object of ours

int hear(unsigned, void*, void* statement, void*) {
  if (const char* sql = sqlite3_sql(static_cast<sqlite3_stmt*>(statement))) asked.emplace_back(sql);
  return 0;
}

int listen(sqlite3* db, const char**, const sqlite3_api_routines*) {
  return sqlite3_trace_v2(db, SQLITE_TRACE_STMT, hear, nullptr);
}

/// Every connection that is opened in its scope is listened to.
class Listening {
 public:
  Listening() { sqlite3_auto_extension(reinterpret_cast<void (*)()>(listen)); }
  ~Listening() { sqlite3_cancel_auto_extension(reinterpret_cast<void (*)()>(listen)); }
};

/// Steps of a plan that read a whole table; a WITH clause's own rows and constants are none.
std::vector<std::string> whole_tables(Connection& db, const std::string& sql) {
  std::vector<std::string> steps;
  db.each("EXPLAIN QUERY PLAN " + sql, {}, [&](const Row& row) {
    const std::string step = row.text(3);
    if (step.starts_with("SCAN") && step != "SCAN CONSTANT ROW" && step != "SCAN b") steps.push_back(step);
  });
  return steps;
}

}  // namespace

TEST_CASE("no query about tasks and time reads a whole table") {
  const osrbot::fakes::TemporaryFolder folder;
  const Listening listening;
  Connection db(folder / "test.db", Connection::Mode::read_write);
  const sys_seconds now{seconds(1'772'452'800)};
  migrate(db, now);
  const auto day = year(2026) / 3 / 27;
  asked.clear();
  tasks::find(db, 1);
  tasks::list(db, 1, {TaskState::open}, 0, 11);
  tasks::list(db, 1, {TaskState::open, TaskState::claimed, TaskState::doing, TaskState::blocked}, 0, 11);
  tasks::overdue(db, 1, day, 0, 11);
  tasks::fresh_for(db, 1, now, 5);
  tasks::held_by(db, 1, 11);
  tasks::held_by_in(db, 1, 1, 3);
  tasks::has_finished_any(db, 1);
  tasks::count(db, 1);
  tasks::quiet_since(db, now, 200);
  tasks::unanswered_since(db, now, 50);
  tasks::nudges_untold(db, 1, 20);
  tasks::due_between(db, 1, day, day, 20);
  tasks::next_due_day(db, 1, day);
  tasks::helpers(db, 1);
  tasks::helped_by(db, 1, 20);
  tasks::waits_for(db, 1);
  tasks::awaited_by(db, 1);
  reminders::of_person(db, 1, 20);
  reminders::due(db, 1, now, 20);
  reminders::next_due(db, 1);
  reminders::count(db, 1);
  jobs::due(db, now, 10);
  profiles::find(db, 1);
  profiles::skills(db, 1);
  profiles::languages(db, 1);
  profiles::conflicts(db, 1);
  profiles::remove_skills(db, 1, SkillKind::has);
  profiles::note_activity(db, 1, now);
  const std::vector<std::string> queries = asked;
  REQUIRE(queries.size() == 29);
  for (const std::string& sql : queries) {
    CAPTURE(sql);
    CHECK(whole_tables(db, sql) == std::vector<std::string>{});
  }
}

TEST_CASE("a query that reads a whole table is noticed") {
  const osrbot::fakes::TemporaryFolder folder;
  Connection db(folder / "test.db", Connection::Mode::read_write);
  migrate(db, sys_seconds());
  CHECK_FALSE(whole_tables(db, "SELECT * FROM tasks WHERE title = ?").empty());
}
