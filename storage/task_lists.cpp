#include <fmt/format.h>

#include "storage/task_rows.h"
#include "storage/tasks.h"

namespace osrbot::storage::tasks {

using std::chrono::year_month_day;

std::vector<Task> list(Connection& db, std::int64_t project_id, std::initializer_list<TaskState> states,
                       std::int64_t after, int limit) {
  std::string among;  // of our own words only, so that the statements are few and stay prepared
  for (const TaskState state : states) among += fmt::format("{}'{}'", among.empty() ? "" : ", ", to_string(state));
  return tasks_where(
      db, fmt::format("WHERE t.project_id = ? AND t.state IN ({}) AND t.id > ? ORDER BY t.id LIMIT ?", among),
      {project_id, after, limit});
}

std::vector<Task> overdue(Connection& db, std::int64_t project_id, year_month_day day, std::int64_t after, int limit) {
  return tasks_where(
      db,
      "WHERE t.project_id = ? AND t.due_on <> '' AND t.due_on < ? AND t.state NOT IN ('done', 'cancelled') "
      "AND t.id > ? ORDER BY t.id LIMIT ?",
      {project_id, due_text(day), after, limit});
}

std::vector<Task> fresh_for(Connection& db, std::int64_t person_id, std::chrono::sys_seconds since, int limit) {
  return tasks_where(
      db,
      "WHERE t.project_id IN (SELECT project_id FROM memberships WHERE person_id = ?) AND t.state = 'open' "
      "AND t.created_at > ? ORDER BY t.id DESC LIMIT ?",
      {person_id, since, limit});
}

std::vector<Task> held_by(Connection& db, std::int64_t person_id, int limit, std::int64_t after) {
  return tasks_where(db, "WHERE t.owner_id = ? AND t.state <> 'done' AND t.id > ? ORDER BY t.id LIMIT ?",
                     {person_id, after, limit});
}

std::vector<Task> held_by_in(Connection& db, std::int64_t person_id, std::int64_t project_id, int limit) {
  return tasks_where(db,
                     "WHERE t.owner_id = ? AND t.state <> 'done' AND +t.project_id = ? "
                     "ORDER BY t.id LIMIT ?",
                     {person_id, project_id, limit});
}

std::vector<Task> small_open(Connection& db, std::int64_t viewer, int limit) {
  return tasks_where(
      db,
      "WHERE t.state = 'open' AND t.size = '30 min' AND t.id > 0 AND EXISTS (SELECT 1 FROM projects j WHERE j.id = "
      "t.project_id AND "
      "j.archived_at IS NULL AND (j.team_only = 0 OR EXISTS (SELECT 1 FROM memberships m WHERE m.project_id = j.id AND "
      "m.person_id = ?1))) AND NOT EXISTS (SELECT 1 FROM conflicts_of_interest c WHERE c.person_id = ?1 AND "
      "c.project_id = t.project_id) ORDER BY t.id LIMIT ?2",
      {viewer, limit});
}

Counts count(Connection& db, std::int64_t project_id, const std::function<void(std::int64_t owner)>& held) {
  Counts counts;
  // Counted here: to have them grouped, SQLite would sort them into a table of its own first.
  db.each("SELECT state, owner_id FROM tasks WHERE project_id = ?", {project_id}, [&](const Row& row) {
    switch (task_state_from(row.text(0))) {
      case TaskState::open:
        ++counts.open;
        break;
      case TaskState::blocked:
        ++counts.blocked;
        [[fallthrough]];
      case TaskState::claimed:
      case TaskState::doing:
        ++counts.under_way;
        if (held) held(row.integer(1));
        break;
      case TaskState::done:
        ++counts.done;
        break;
      case TaskState::cancelled:
        break;
    }
  });
  return counts;
}

}  // namespace osrbot::storage::tasks
