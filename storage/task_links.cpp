#include "storage/task_links.h"

namespace osrbot::storage::tasks {
namespace {

constexpr int tasks_followed = 100;  // more links than anybody reads

/// The tasks whose numbers a query gives.
std::vector<Task> by_number(Connection& db, std::string_view sql, Parameters parameters) {
  std::vector<Task> result;
  db.each(sql, parameters, [&](const Row& row) {
    if (auto task = find(db, row.integer(0))) result.push_back(*std::move(task));
  });
  return result;
}

}  // namespace

bool add_helper(Connection& db, std::int64_t id, std::int64_t person_id, std::chrono::sys_seconds now) {
  return db.run("INSERT INTO task_helpers (task_id, person_id, since) VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
                {id, person_id, now}) > 0;
}

bool remove_helper(Connection& db, std::int64_t id, std::int64_t person_id) {
  return db.run("DELETE FROM task_helpers WHERE task_id = ? AND person_id = ?", {id, person_id}) > 0;
}

std::vector<Person> helpers(Connection& db, std::int64_t id) {
  std::vector<Person> result;
  db.each("SELECT person_id FROM task_helpers WHERE task_id = ? ORDER BY since, person_id LIMIT ?",
          {id, tasks_followed}, [&](const Row& row) {
            if (auto person = people::find(db, row.integer(0))) result.push_back(*std::move(person));
          });
  return result;
}

std::vector<Task> helped_by(Connection& db, std::int64_t person_id, int limit) {
  return by_number(db,
                   "SELECT t.id FROM task_helpers h JOIN tasks t ON t.id = h.task_id "
                   "WHERE h.person_id = ? AND t.state NOT IN ('done', 'cancelled') ORDER BY t.id LIMIT ?",
                   {person_id, limit});
}

bool add_dependency(Connection& db, std::int64_t id, std::int64_t depends_on) {
  const bool circle =
      id == depends_on || db.number(
                              "WITH RECURSIVE before(id) AS (VALUES (?) UNION "
                              "SELECT d.depends_on FROM task_dependencies d JOIN before b ON d.task_id = b.id) "
                              "SELECT EXISTS (SELECT 1 FROM before WHERE id = ?)",
                              {depends_on, id}) != 0;
  if (circle) return false;
  db.run("INSERT INTO task_dependencies (task_id, depends_on) VALUES (?, ?) ON CONFLICT DO NOTHING", {id, depends_on});
  return true;
}

bool remove_dependency(Connection& db, std::int64_t id, std::int64_t depends_on) {
  return db.run("DELETE FROM task_dependencies WHERE task_id = ? AND depends_on = ?", {id, depends_on}) > 0;
}

std::vector<Task> waits_for(Connection& db, std::int64_t id) {
  return by_number(db,
                   "SELECT t.id FROM task_dependencies d JOIN tasks t ON t.id = d.depends_on "
                   "WHERE d.task_id = ? AND t.state NOT IN ('done', 'cancelled') ORDER BY d.depends_on LIMIT ?",
                   {id, tasks_followed});
}

std::vector<Task> awaited_by(Connection& db, std::int64_t id) {
  return by_number(db,
                   "SELECT t.id FROM task_dependencies d JOIN tasks t ON t.id = d.task_id "
                   "WHERE d.depends_on = ? AND t.state NOT IN ('done', 'cancelled') ORDER BY t.id LIMIT ?",
                   {id, tasks_followed});
}

}  // namespace osrbot::storage::tasks
