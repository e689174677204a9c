#include "storage/tasks.h"

#include <utility>

#include "storage/task_rows.h"

namespace osrbot::storage::tasks {

std::int64_t create(Connection& db, std::int64_t project_id, std::string_view title, std::int64_t creator,
                    std::chrono::sys_seconds now) {
  return db.insert("INSERT INTO tasks (project_id, title, created_by, created_at) VALUES (?, ?, ?, ?)",
                   {project_id, title, creator, now});
}

bool claim(Connection& db, std::int64_t id, std::int64_t person_id, std::chrono::sys_seconds now) {
  return db.run(
             "UPDATE tasks SET state = 'claimed', owner_id = ?, claimed_at = ?, last_activity = ? "
             "WHERE id = ? AND state = 'open'",
             {person_id, now, now, id}) > 0;
}

void assign(Connection& db, std::int64_t id, std::int64_t person_id, std::chrono::sys_seconds now) {
  db.run(
      "UPDATE tasks SET state = 'claimed', owner_id = ?, claimed_at = ?, last_activity = ?, nudged_at = NULL, "
      "block_reason = '' WHERE id = ? AND state NOT IN ('done', 'cancelled')",
      {person_id, now, now, id});
}

void work(Connection& db, std::int64_t id, int progress, std::chrono::sys_seconds now) {
  db.run(
      "UPDATE tasks SET state = 'doing', progress = ?, last_activity = ?, nudged_at = NULL, block_reason = '' "
      "WHERE id = ? AND state IN ('claimed', 'doing', 'blocked')",
      {progress, now, id});
}

void block(Connection& db, std::int64_t id, std::string_view reason, std::chrono::sys_seconds now) {
  db.run(
      "UPDATE tasks SET state = 'blocked', block_reason = ?, last_activity = ?, nudged_at = NULL "
      "WHERE id = ? AND state IN ('claimed', 'doing', 'blocked')",
      {reason, now, id});
}

void unblock(Connection& db, std::int64_t id, std::chrono::sys_seconds now) {
  db.run(
      "UPDATE tasks SET state = 'doing', block_reason = '', last_activity = ?, nudged_at = NULL "
      "WHERE id = ? AND state = 'blocked'",
      {now, id});
}

void release(Connection& db, std::int64_t id, std::string_view handover) {
  db.run(
      "UPDATE tasks SET state = 'open', owner_id = NULL, claimed_at = NULL, last_activity = NULL, nudged_at = NULL, "
      "block_reason = '', handover = ? WHERE id = ? AND state IN ('claimed', 'doing', 'blocked')",
      {handover, id});
}

void finish(Connection& db, std::int64_t id, std::int64_t owner, std::string_view evidence,
            std::chrono::sys_seconds now) {
  db.run(
      "UPDATE tasks SET state = 'done', owner_id = ?, evidence = ?, done_at = ?, last_activity = ? "
      "WHERE id = ? AND state NOT IN ('done', 'cancelled')",
      {owner, evidence, now, now, id});
}

void reopen(Connection& db, std::int64_t id, std::chrono::sys_seconds now) {
  // Who did it goes on with it; a task that was cancelled, or whose owner was forgotten, has nobody to go back to.
  db.run(
      "UPDATE tasks SET state = 'doing', done_at = NULL, claimed_at = ?, last_activity = ?, nudged_at = NULL "
      "WHERE id = ? AND state = 'done' AND owner_id IS NOT NULL",
      {now, now, id});
  db.run("UPDATE tasks SET state = 'open', done_at = NULL WHERE id = ? AND state IN ('cancelled', 'done')", {id});
}

void cancel(Connection& db, std::int64_t id) {
  db.run(
      "UPDATE tasks SET state = 'cancelled', owner_id = NULL, claimed_at = NULL, last_activity = NULL, nudged_at = "
      "NULL, block_reason = '' WHERE id = ? AND state NOT IN ('done', 'cancelled')",
      {id});
}

void set_title(Connection& db, std::int64_t id, std::string_view title) {
  db.run("UPDATE tasks SET title = ? WHERE id = ?", {title, id});
}

void set_size(Connection& db, std::int64_t id, std::string_view size) {
  db.run("UPDATE tasks SET size = ? WHERE id = ?", {size, id});
}

void set_skill(Connection& db, std::int64_t id, std::string_view skill) {
  db.run("UPDATE tasks SET skill = ? WHERE id = ?", {skill, id});
}

void set_due(Connection& db, std::int64_t id, std::optional<std::chrono::year_month_day> due) {
  db.run("UPDATE tasks SET due_on = ? WHERE id = ?", {due_text(due), id});
}

std::optional<Task> held_by_nonmember(Connection& db, std::int64_t project_id) {
  auto found = tasks_where(db,
                           "WHERE t.project_id = ?1 AND t.state IN ('claimed', 'doing', 'blocked') AND NOT EXISTS "
                           "(SELECT 1 FROM memberships m WHERE m.project_id = ?1 AND m.person_id = t.owner_id) "
                           "LIMIT 1",
                           {project_id});
  if (found.empty()) return std::nullopt;
  return std::move(found.front());
}

bool has_finished_any(Connection& db, std::int64_t person_id) {
  return db.number("SELECT EXISTS (SELECT 1 FROM tasks WHERE owner_id = ? AND state = 'done')", {person_id}) != 0;
}

}  // namespace osrbot::storage::tasks
