#include "storage/task_activity.h"

#include "storage/task_rows.h"

namespace osrbot::storage::tasks {

using std::chrono::year_month_day;

std::vector<Task> quiet_since(Connection& db, std::chrono::sys_seconds before, int limit) {
  return tasks_where(db,
                     "WHERE t.state IN ('claimed', 'doing') AND t.nudged_at IS NULL AND "
                     "COALESCE(t.last_activity, t.claimed_at) <= ? "
                     "ORDER BY COALESCE(t.last_activity, t.claimed_at) LIMIT ?",
                     {before, limit});
}

std::vector<Task> unanswered_since(Connection& db, std::chrono::sys_seconds before, int limit) {
  return tasks_where(db,
                     "WHERE t.state IN ('claimed', 'doing') AND t.nudged_at IS NOT NULL AND t.nudged_at <= ? AND "
                     "t.nudge_told = 1 ORDER BY t.nudged_at LIMIT ?",
                     {before, limit});
}

void mark_nudged(Connection& db, std::int64_t id, std::chrono::sys_seconds now) {
  db.run("UPDATE tasks SET nudged_at = ?, nudge_told = 0 WHERE id = ?", {now, id});
}

void forget_nudge(Connection& db, std::int64_t id, std::chrono::sys_seconds now) {
  db.run("UPDATE tasks SET nudged_at = NULL, last_activity = ? WHERE id = ?", {now, id});
}

std::vector<Task> nudges_untold(Connection& db, std::int64_t person_id, int limit) {
  return tasks_where(db,
                     "WHERE t.owner_id = ? AND t.state IN ('claimed', 'doing') AND t.nudged_at IS NOT NULL AND "
                     "t.nudge_told = 0 ORDER BY t.id LIMIT ?",
                     {person_id, limit});
}

void mark_nudge_told(Connection& db, std::int64_t id) {
  db.run("UPDATE tasks SET nudge_told = 1 WHERE id = ?", {id});
}

std::vector<Task> due_between(Connection& db, std::int64_t person_id, year_month_day from, year_month_day to,
                              int limit) {
  return tasks_where(db,
                     "WHERE t.owner_id = ? AND t.state <> 'done' AND t.due_on >= ? AND "
                     "t.due_on <= ? ORDER BY t.due_on, t.id LIMIT ?",
                     {person_id, due_text(from), due_text(to), limit});
}

std::optional<year_month_day> next_due_day(Connection& db, std::int64_t person_id, year_month_day from) {
  const auto day = db.one("SELECT MIN(due_on) FROM tasks WHERE owner_id = ? AND state <> 'done' AND due_on >= ?",
                          {person_id, due_text(from)}, [](const Row& row) { return row.text(0); });
  return day ? due_from(*day) : std::nullopt;
}

}  // namespace osrbot::storage::tasks
