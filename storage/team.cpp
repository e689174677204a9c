#include "storage/team.h"

#include <algorithm>
#include <ranges>

namespace osrbot::storage::team {
namespace {

projects::Role role_from(const std::string& text) {
  return text == "coordinator" ? projects::Role::coordinator : projects::Role::contributor;
}

std::string roles_of(Connection& db, std::int64_t project_id, std::int64_t person_id) {
  std::string roles;
  db.each("SELECT team_role FROM team_roles WHERE project_id = ? AND person_id = ? ORDER BY since, team_role",
          {project_id, person_id}, [&](const Row& row) { roles += (roles.empty() ? "" : ", ") + row.text(0); });
  return roles;
}

Member read_member(const Row& row) {
  return {.person_id = row.integer(0),
          .name = row.text(1),
          .role = role_from(row.text(2)),
          .team_roles = {},
          .joined_at = row.time(3)};
}

}  // namespace

bool add_role(Connection& db, std::int64_t project_id, std::int64_t person_id, std::string_view role,
              std::chrono::sys_seconds now) {
  return db.run(
             "INSERT INTO team_roles (project_id, person_id, team_role, since) VALUES (?, ?, ?, ?) "
             "ON CONFLICT (project_id, team_role, person_id) DO NOTHING",
             {project_id, person_id, role, now}) > 0;
}

bool remove_role(Connection& db, std::int64_t project_id, std::int64_t person_id, std::string_view role) {
  return db.run("DELETE FROM team_roles WHERE project_id = ? AND person_id = ? AND team_role = ?",
                {project_id, person_id, role}) > 0;
}

std::optional<Member> member(Connection& db, std::int64_t project_id, std::int64_t person_id) {
  auto found = db.one(
      "SELECT p.id, p.name, m.role, m.joined_at FROM memberships m JOIN people p ON p.id = m.person_id "
      "WHERE m.project_id = ? AND m.person_id = ?",
      {project_id, person_id}, read_member);
  if (found) found->team_roles = roles_of(db, project_id, person_id);
  return found;
}

std::vector<Member> members(Connection& db, std::int64_t project_id, std::int64_t after, int limit) {
  std::vector<Member> result;
  db.each(
      "SELECT p.id, p.name, m.role, m.joined_at FROM memberships m JOIN people p ON p.id = m.person_id "
      "WHERE m.project_id = ? AND m.person_id > ? ORDER BY m.person_id LIMIT ?",
      {project_id, after, limit}, [&](const Row& row) { result.push_back(read_member(row)); });
  for (Member& one : result) one.team_roles = roles_of(db, project_id, one.person_id);
  return result;
}

std::vector<Holders> holders(Connection& db, std::int64_t project_id, std::size_t names_each) {
  std::vector<Holders> result;
  db.each(
      "SELECT t.team_role, p.name FROM team_roles t JOIN people p ON p.id = t.person_id "
      "WHERE t.project_id = ? ORDER BY t.team_role, t.person_id",
      {project_id}, [&](const Row& row) {
        const std::string role = row.text(0);
        if (result.empty() || result.back().role != role) result.push_back({.role = role, .count = 0, .names = {}});
        Holders& holders = result.back();
        ++holders.count;
        if (holders.names.size() < names_each) holders.names.push_back(row.text(1));
      });
  return result;
}

std::vector<Background> backgrounds(Connection& db, std::int64_t project_id, int limit) {
  std::vector<Background> result;
  db.each(
      "SELECT m.role = 'coordinator', o.time_zone, COALESCE(p.discipline, ''), COALESCE(p.country, ''), "
      "COALESCE((SELECT group_concat(l.language, ' ') FROM person_languages l WHERE l.person_id = m.person_id), "
      "o.language) FROM memberships m JOIN people o ON o.id = m.person_id LEFT JOIN profiles p ON "
      "p.person_id = m.person_id WHERE m.project_id = ? ORDER BY m.role = 'coordinator' DESC, m.person_id LIMIT ?",
      {project_id, limit}, [&](const Row& row) {
        Background& one = result.emplace_back(Background{.coordinates = row.boolean(0),
                                                         .time_zone = row.text(1),
                                                         .discipline = row.text(2),
                                                         .country = row.text(3),
                                                         .languages = {}});
        const std::string languages = row.text(4);
        for (const auto language : std::views::split(languages, ' '))
          one.languages.emplace_back(std::string_view(language));
      });
  return result;
}

void each_origin(Connection& db, std::int64_t project_id, int limit,
                 const std::function<void(std::string_view, std::string_view)>& found) {
  // CROSS: SQLite looks up the members' profiles and not the profiles' members.
  db.each(
      "SELECT p.discipline, p.country FROM memberships m CROSS JOIN profiles p ON p.person_id = m.person_id "
      "WHERE m.project_id = ? AND (p.discipline <> '' OR p.country <> '') LIMIT ?",
      {project_id, limit}, [&](const Row& row) { found(row.text(0), row.text(1)); });
}

void leave(Connection& db, std::int64_t project_id, std::int64_t person_id, std::string_view why,
           std::optional<std::int64_t> removed_by, std::chrono::sys_seconds now) {
  db.run(
      "INSERT INTO past_memberships (project_id, person_id, role, team_roles, joined_at, left_at, why, removed_by) "
      "SELECT project_id, person_id, role, ?, joined_at, ?, ?, ? FROM memberships WHERE project_id = ? AND person_id = "
      "?",
      {roles_of(db, project_id, person_id), now, why, removed_by, project_id, person_id});
  db.run("DELETE FROM team_roles WHERE project_id = ? AND person_id = ?", {project_id, person_id});
  db.run("DELETE FROM memberships WHERE project_id = ? AND person_id = ?", {project_id, person_id});
}

std::optional<Past> last_past(Connection& db, std::int64_t project_id, std::int64_t person_id) {
  return db.one(
      "SELECT role, team_roles, left_at, why, removed_by FROM past_memberships WHERE project_id = ? AND person_id = ? "
      "ORDER BY id DESC LIMIT 1",
      {project_id, person_id}, [](const Row& row) {
        return Past{.role = role_from(row.text(0)),
                    .team_roles = row.text(1),
                    .left_at = row.time(2),
                    .why = row.text(3),
                    .removed_by = row.maybe_integer(4)};
      });
}

}  // namespace osrbot::storage::team
