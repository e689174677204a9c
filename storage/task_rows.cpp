#include "storage/task_rows.h"

#include <array>
#include <utility>

#include "storage/days.h"

namespace osrbot::storage {
namespace {

using std::chrono::year_month_day;

constexpr std::array<std::pair<TaskState, std::string_view>, 6> state_names{{
    {TaskState::open, "open"},
    {TaskState::claimed, "claimed"},
    {TaskState::doing, "doing"},
    {TaskState::blocked, "blocked"},
    {TaskState::done, "done"},
    {TaskState::cancelled, "cancelled"},
}};

std::string select_tasks(std::string_view where) {
  std::string sql =
      "SELECT t.id, t.project_id, t.title, t.state, t.owner_id, p.name, t.claimed_at, t.handover, t.evidence, "
      "t.last_activity, t.nudged_at, t.size, t.skill, t.progress, t.due_on, t.block_reason "
      "FROM tasks t LEFT JOIN people p ON p.id = t.owner_id ";
  return sql += where;
}

Task read_task(const Row& row) {
  return {.id = row.integer(0),
          .project_id = row.integer(1),
          .title = row.text(2),
          .state = task_state_from(row.text(3)),
          .owner_id = row.maybe_integer(4),
          .owner_name = row.text(5),
          .claimed_at = row.maybe_time(6),
          .last_activity = row.maybe_time(9),
          .nudged_at = row.maybe_time(10),
          .handover = row.text(7),
          .evidence = row.text(8),
          .size = row.text(11),
          .skill = row.text(12),
          .progress = static_cast<int>(row.integer(13)),
          .due = due_from(row.text(14)),
          .block_reason = row.text(15)};
}

}  // namespace

std::string_view to_string(TaskState state) {
  for (const auto& [its_state, name] : state_names) {
    if (its_state == state) return name;
  }
  std::unreachable();
}

TaskState task_state_from(std::string_view name) {
  for (const auto& [state, its_name] : state_names) {
    if (its_name == name) return state;
  }
  throw Error(Error::Kind::other, "unknown task state in the database: " + std::string(name));
}

std::string due_text(std::optional<year_month_day> day) {
  return day ? day_text(*day) : "";
}

std::optional<year_month_day> due_from(const std::string& text) {
  return text.empty() ? std::nullopt : std::optional(day_from(text));
}

std::vector<Task> tasks_where(Connection& db, std::string_view where, Parameters parameters) {
  std::vector<Task> result;
  db.each(select_tasks(where), parameters, [&](const Row& row) { result.push_back(read_task(row)); });
  return result;
}

std::optional<Task> tasks::find(Connection& db, std::int64_t id) {
  return db.one(select_tasks("WHERE t.id = ?"), {id}, read_task);
}

}  // namespace osrbot::storage
