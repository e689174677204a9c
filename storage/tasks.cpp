#include "storage/tasks.h"

#include <array>
#include <utility>

#include <fmt/format.h>

namespace osrbot::storage {
namespace {

constexpr std::array<std::pair<TaskState, std::string_view>, 6> state_names{{
    {TaskState::open, "open"},
    {TaskState::claimed, "claimed"},
    {TaskState::doing, "doing"},
    {TaskState::blocked, "blocked"},
    {TaskState::done, "done"},
    {TaskState::cancelled, "cancelled"},
}};

TaskState state_from(std::string_view name) {
  for (const auto& [state, its_name] : state_names) {
    if (its_name == name) return state;
  }
  throw Error(Error::Kind::other, "unknown task state in the database: " + std::string(name));
}

std::string select_tasks(std::string_view where) {
  std::string sql =
      "SELECT t.id, t.project_id, t.title, t.state, t.owner_id, p.name, t.claimed_at, t.handover, t.evidence "
      "FROM tasks t LEFT JOIN people p ON p.id = t.owner_id ";
  return sql += where;
}

Task read_task(const Row& row) {
  return {.id = row.integer(0),
          .project_id = row.integer(1),
          .title = row.text(2),
          .state = state_from(row.text(3)),
          .owner_id = row.maybe_integer(4),
          .owner_name = row.text(5),
          .claimed_at = row.maybe_time(6),
          .handover = row.text(7),
          .evidence = row.text(8)};
}

}  // namespace

std::string_view to_string(TaskState state) {
  for (const auto& [its_state, name] : state_names) {
    if (its_state == state) return name;
  }
  std::unreachable();
}

namespace tasks {

std::int64_t create(Connection& db, std::int64_t project_id, std::string_view title, std::int64_t creator,
                    std::chrono::sys_seconds now) {
  return db.number("INSERT INTO tasks (project_id, title, created_by, created_at) VALUES (?, ?, ?, ?) RETURNING id",
                   {project_id, title, creator, now});
}

std::optional<Task> find(Connection& db, std::int64_t id) {
  return db.one(select_tasks("WHERE t.id = ?"), {id}, read_task);
}

bool claim(Connection& db, std::int64_t id, std::int64_t person_id, std::chrono::sys_seconds now) {
  return db.run(
             "UPDATE tasks SET state = 'claimed', owner_id = ?, claimed_at = ?, last_activity = ? "
             "WHERE id = ? AND state = 'open'",
             {person_id, now, now, id}) > 0;
}

void assign(Connection& db, std::int64_t id, std::int64_t person_id, std::chrono::sys_seconds now) {
  db.run(
      "UPDATE tasks SET state = 'claimed', owner_id = ?, claimed_at = ?, last_activity = ? "
      "WHERE id = ? AND state NOT IN ('done', 'cancelled')",
      {person_id, now, now, id});
}

void release(Connection& db, std::int64_t id, std::string_view handover) {
  db.run(
      "UPDATE tasks SET state = 'open', owner_id = NULL, claimed_at = NULL, last_activity = NULL, handover = ? "
      "WHERE id = ? AND state IN ('claimed', 'doing', 'blocked')",
      {handover, id});
}

void finish(Connection& db, std::int64_t id, std::int64_t owner, std::string_view evidence,
            std::chrono::sys_seconds now) {
  db.run(
      "UPDATE tasks SET state = 'done', owner_id = ?, evidence = ?, done_at = ?, last_activity = ? "
      "WHERE id = ? AND state NOT IN ('done', 'cancelled')",
      {owner, evidence, now, now, id});
}

std::vector<Task> list(Connection& db, std::int64_t project_id, std::initializer_list<TaskState> states,
                       std::int64_t after, int limit) {
  std::string among;  // of our own words only, so that the statements are few and stay prepared
  for (const TaskState state : states) among += fmt::format("{}'{}'", among.empty() ? "" : ", ", to_string(state));
  std::vector<Task> result;
  db.each(
      select_tasks(fmt::format("WHERE t.project_id = ? AND t.state IN ({}) AND t.id > ? ORDER BY t.id LIMIT ?", among)),
      {project_id, after, limit}, [&](const Row& row) { result.push_back(read_task(row)); });
  return result;
}

std::vector<Task> held_by(Connection& db, std::int64_t person_id, int limit) {
  std::vector<Task> result;
  db.each(select_tasks("WHERE t.owner_id = ? AND t.state IN ('claimed', 'doing', 'blocked') ORDER BY t.id LIMIT ?"),
          {person_id, limit}, [&](const Row& row) { result.push_back(read_task(row)); });
  return result;
}

std::optional<Task> held_by_nonmember(Connection& db, std::int64_t project_id) {
  return db.one(select_tasks("WHERE t.project_id = ?1 AND t.state IN ('claimed', 'doing', 'blocked') AND NOT EXISTS "
                             "(SELECT 1 FROM memberships m WHERE m.project_id = ?1 AND m.person_id = t.owner_id) "
                             "LIMIT 1"),
                {project_id}, read_task);
}

bool has_finished_any(Connection& db, std::int64_t person_id) {
  return db.number("SELECT EXISTS (SELECT 1 FROM tasks WHERE owner_id = ? AND state = 'done')", {person_id}) != 0;
}

Counts count(Connection& db, std::int64_t project_id) {
  Counts counts;
  db.each("SELECT state, COUNT(*) FROM tasks WHERE project_id = ? GROUP BY state", {project_id}, [&](const Row& row) {
    const std::int64_t number = row.integer(1);
    switch (state_from(row.text(0))) {
      case TaskState::open:
        counts.open = number;
        break;
      case TaskState::blocked:
        counts.blocked = number;
        [[fallthrough]];
      case TaskState::claimed:
      case TaskState::doing:
        counts.under_way += number;
        break;
      case TaskState::done:
        counts.done = number;
        break;
      case TaskState::cancelled:
        break;
    }
  });
  return counts;
}

}  // namespace tasks
}  // namespace osrbot::storage
