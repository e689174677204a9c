#include "storage/needs.h"

#include <fmt/format.h>

#include "storage/days.h"

namespace osrbot::storage {
namespace {

constexpr std::string_view need_columns =
    "n.id, n.project_id, n.skill, n.count, n.filled, n.hours, n.deadline, n.credit, n.team_role, n.state, "
    "n.closed_why, "
    "n.skill_id";

NeedState need_state_from(const std::string& text) {
  if (text == "open") return NeedState::open;
  if (text == "filled") return NeedState::filled;
  return NeedState::closed;
}

Need read_need(const Row& row) {
  return {.id = row.integer(0),
          .project_id = row.integer(1),
          .skill = row.text(2),
          .skill_id = row.text(11),
          .count = row.integer(3),
          .filled = row.integer(4),
          .hours = row.is_null(5) ? std::nullopt : std::optional(row.real(5)),
          .deadline = row.is_null(6) ? std::nullopt : std::optional(day_from(row.text(6))),
          .credit = row.text(7),
          .team_role = row.text(8),
          .state = need_state_from(row.text(9)),
          .closed_why = row.text(10)};
}

std::optional<std::string> deadline_text(const Need& need) {
  return need.deadline ? std::optional(day_text(*need.deadline)) : std::nullopt;
}

/// The number of people who came changed: state and number go together, as the schema demands.
}  // namespace

std::string_view to_string(NeedState state) {
  switch (state) {
    case NeedState::open:
      return "open";
    case NeedState::filled:
      return "filled";
    case NeedState::closed:
      break;
  }
  return "closed";
}

namespace needs {

std::int64_t create(Connection& db, const Need& need, std::int64_t creator, std::chrono::sys_seconds now) {
  return db.insert(
      "INSERT INTO needs (project_id, skill, count, hours, deadline, credit, team_role, skill_id, created_by, "
      "created_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
      {need.project_id, need.skill, need.count, need.hours, deadline_text(need), need.credit, need.team_role,
       need.skill_id, creator, now});
}

std::optional<Need> find(Connection& db, std::int64_t id) {
  return db.one(fmt::format("SELECT {} FROM needs n WHERE n.id = ?", need_columns), {id}, read_need);
}

std::int64_t newest(Connection& db) {
  return db.number("SELECT COALESCE(MAX(id), 0) FROM needs");
}

void edit(Connection& db, const Need& need) {
  db.run(
      "UPDATE needs SET skill = ?1, count = ?2, hours = ?3, deadline = ?4, credit = ?5, team_role = ?6, "
      "skill_id = ?8, state = CASE WHEN state = 'closed' THEN 'closed' WHEN filled >= ?2 THEN 'filled' ELSE 'open' END "
      "WHERE id = ?7",
      {need.skill, need.count, need.hours, deadline_text(need), need.credit, need.team_role, need.id, need.skill_id});
}

void close(Connection& db, std::int64_t id, std::string_view why) {
  db.run("UPDATE needs SET state = 'closed', closed_why = ? WHERE id = ?", {why, id});
}

void reopen(Connection& db, std::int64_t id) {
  db.run(
      "UPDATE needs SET state = CASE WHEN filled >= count THEN 'filled' ELSE 'open' END, closed_why = '' "
      "WHERE id = ? AND state = 'closed'",
      {id});
}

void recount(Connection& db, std::int64_t id) {
  db.run(
      "UPDATE needs SET filled = c.people, "
      "state = CASE WHEN state = 'closed' THEN 'closed' WHEN c.people >= count THEN 'filled' ELSE 'open' END "
      "FROM (SELECT COUNT(*) AS people FROM need_people WHERE need_id = ?1) AS c WHERE id = ?1",
      {id});
}

bool add_person(Connection& db, std::int64_t id, std::int64_t person_id, std::chrono::sys_seconds now) {
  const bool added = db.run(
                         "INSERT INTO need_people (need_id, person_id, joined_at) VALUES (?, ?, ?) "
                         "ON CONFLICT (need_id, person_id) DO NOTHING",
                         {id, person_id, now}) > 0;
  if (added) recount(db, id);
  return added;
}

bool remove_person(Connection& db, std::int64_t id, std::int64_t person_id) {
  const bool removed = db.run("DELETE FROM need_people WHERE need_id = ? AND person_id = ?", {id, person_id}) > 0;
  if (removed) recount(db, id);
  return removed;
}

std::vector<std::int64_t> of_person(Connection& db, std::int64_t project_id, std::int64_t person_id) {
  std::vector<std::int64_t> result;
  db.each(
      "SELECT n.id FROM need_people p JOIN needs n ON n.id = p.need_id WHERE p.person_id = ? AND n.project_id = ? "
      "ORDER BY n.id",
      {person_id, project_id}, [&](const Row& row) { result.push_back(row.integer(0)); });
  return result;
}

std::vector<std::string> people(Connection& db, std::int64_t id, int limit) {
  std::vector<std::string> result;
  db.each(
      "SELECT p.name FROM need_people n JOIN people p ON p.id = n.person_id WHERE n.need_id = ? "
      "ORDER BY n.person_id LIMIT ?",
      {id, limit}, [&](const Row& row) { result.push_back(row.text(0)); });
  return result;
}

std::vector<Need> of_project(Connection& db, std::int64_t project_id, bool open_only, std::int64_t after, int limit) {
  std::vector<Need> result;
  db.each(fmt::format("SELECT {} FROM needs n WHERE n.project_id = ? AND n.id > ?{} ORDER BY n.id LIMIT ?",
                      need_columns, open_only ? " AND n.state = 'open'" : ""),
          {project_id, after, limit}, [&](const Row& row) { result.push_back(read_need(row)); });
  return result;
}

std::vector<Need> open_everywhere(Connection& db, std::int64_t viewer, std::int64_t after, int limit) {
  std::vector<Need> result;
  db.each(fmt::format("SELECT {} FROM needs n JOIN projects p ON p.id = n.project_id "
                      "WHERE n.state = 'open' AND n.id > ?1 AND p.archived_at IS NULL AND (p.team_only = 0 OR EXISTS "
                      "(SELECT 1 FROM memberships m WHERE m.project_id = p.id AND m.person_id = ?2)) "
                      "ORDER BY n.id LIMIT ?3",
                      need_columns),
          {after, viewer, limit}, [&](const Row& row) { result.push_back(read_need(row)); });
  return result;
}

std::vector<Need> open_for_skill(Connection& db, std::string_view skill_id, std::int64_t viewer, int limit) {
  std::vector<Need> result;
  db.each(fmt::format("SELECT {} FROM needs n JOIN projects p ON p.id = n.project_id "
                      "WHERE n.state = 'open' AND n.skill_id <> '' AND n.skill_id = ?1 AND p.archived_at IS NULL AND "
                      "p.team_only = 0 AND NOT EXISTS "
                      "(SELECT 1 FROM memberships m WHERE m.project_id = p.id AND m.person_id = ?2) AND NOT EXISTS "
                      "(SELECT 1 FROM conflicts_of_interest c WHERE c.project_id = p.id AND c.person_id = ?2) "
                      "ORDER BY n.id DESC LIMIT ?3",
                      need_columns),
          {skill_id, viewer, limit}, [&](const Row& row) { result.push_back(read_need(row)); });
  return result;
}

std::int64_t people_wanted(Connection& db, std::int64_t project_id) {
  return db.number("SELECT COALESCE(SUM(count - filled), 0) FROM needs WHERE project_id = ? AND state = 'open'",
                   {project_id});
}

}  // namespace needs
}  // namespace osrbot::storage
