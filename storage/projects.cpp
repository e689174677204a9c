#include "storage/projects.h"

namespace osrbot::storage::projects {
namespace {

Project read_project(const Row& row) {
  return {.id = row.integer(0), .title = row.text(1), .asks_approval = row.boolean(2)};
}

Role read_role(const Row& row) {
  return row.text(0) == "coordinator" ? Role::coordinator : Role::contributor;
}

}  // namespace

Project create(Connection& db, std::string_view title, std::int64_t creator, std::chrono::sys_seconds now) {
  Project project{.title = std::string(title)};
  project.id = db.number("INSERT INTO projects (title, created_by, created_at) VALUES (?, ?, ?) RETURNING id",
                         {title, creator, now});
  set_role(db, project.id, creator, Role::coordinator, now);
  return project;
}

std::optional<Project> find(Connection& db, std::int64_t id) {
  return db.one("SELECT id, title, asks_approval FROM projects WHERE id = ?", {id}, read_project);
}

std::vector<Project> list(Connection& db, std::int64_t after, int limit) {
  std::vector<Project> result;
  db.each("SELECT id, title, asks_approval FROM projects WHERE id > ? ORDER BY id LIMIT ?", {after, limit},
          [&](const Row& row) { result.push_back(read_project(row)); });
  return result;
}

std::vector<Project> of_person(Connection& db, std::int64_t person_id, int limit) {
  std::vector<Project> result;
  db.each(
      "SELECT p.id, p.title, p.asks_approval FROM memberships m JOIN projects p ON p.id = m.project_id "
      "WHERE m.person_id = ? ORDER BY p.id LIMIT ?",
      {person_id, limit}, [&](const Row& row) { result.push_back(read_project(row)); });
  return result;
}

void set_asks_approval(Connection& db, std::int64_t id, bool asks) {
  db.run("UPDATE projects SET asks_approval = ? WHERE id = ?", {asks, id});
}

std::optional<Role> role_of(Connection& db, std::int64_t project_id, std::int64_t person_id) {
  return db.one("SELECT role FROM memberships WHERE project_id = ? AND person_id = ?", {project_id, person_id},
                read_role);
}

std::optional<Role> highest_role_of(Connection& db, std::int64_t person_id) {
  // 'coordinator' sorts after 'contributor'.
  return db.one("SELECT role FROM memberships WHERE person_id = ? ORDER BY role DESC LIMIT 1", {person_id}, read_role);
}

void set_role(Connection& db, std::int64_t project_id, std::int64_t person_id, Role role,
              std::chrono::sys_seconds now) {
  db.run(
      "INSERT INTO memberships (project_id, person_id, role, joined_at) VALUES (?, ?, ?, ?) "
      "ON CONFLICT (project_id, person_id) DO UPDATE SET role = excluded.role",
      {project_id, person_id, role == Role::coordinator ? "coordinator" : "contributor", now});
}

std::vector<Person> coordinators(Connection& db, std::int64_t project_id) {
  std::vector<Person> result;
  db.each(
      "SELECT p.id, p.name, p.language, p.time_zone, p.first_timer FROM memberships m JOIN people p ON p.id = "
      "m.person_id "
      "WHERE m.project_id = ? AND m.role = 'coordinator' ORDER BY m.joined_at, p.id",
      {project_id}, [&](const Row& row) {
        result.push_back({.id = row.integer(0),
                          .name = row.text(1),
                          .language = row.text(2),
                          .time_zone = row.text(3),
                          .first_timer = row.boolean(4)});
      });
  return result;
}

std::int64_t member_count(Connection& db, std::int64_t project_id) {
  return db.number("SELECT COUNT(*) FROM memberships WHERE project_id = ?", {project_id});
}

}  // namespace osrbot::storage::projects
