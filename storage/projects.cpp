#include "storage/projects.h"

#include <algorithm>

#include <fmt/format.h>

#include "storage/days.h"

namespace osrbot::storage::projects {
namespace {

constexpr std::string_view columns =
    "p.id, p.title, p.asks_approval, p.slug, p.aim, p.study_type, p.phase, p.team_only, p.archived_at, p.task_limit";

Project read_project(const Row& row) {
  const auto phase = phase_named(row.text(6));
  if (!phase) throw Error(Error::Kind::other, "the database has a phase that this program does not know");
  return {.id = row.integer(0),
          .title = row.text(1),
          .asks_approval = row.boolean(2),
          .slug = row.text(3),
          .aim = row.text(4),
          .study_type = row.text(5),
          .phase = *phase,
          .team_only = row.boolean(7),
          .archived_at = row.maybe_time(8),
          .task_limit = row.maybe_integer(9)};
}

Role read_role(const Row& row) {
  return row.text(0) == "coordinator" ? Role::coordinator : Role::contributor;
}

bool has_slug(Connection& db, std::string_view slug) {
  return db.number("SELECT EXISTS (SELECT 1 FROM projects WHERE slug = ? AND slug <> '')", {slug}) != 0;
}

}  // namespace

Project create(Connection& db, std::string_view title, std::int64_t creator, std::chrono::sys_seconds now) {
  Project project{.title = std::string(title)};
  project.id =
      db.insert("INSERT INTO projects (title, created_by, created_at) VALUES (?, ?, ?)", {title, creator, now});
  set_role(db, project.id, creator, Role::coordinator, now);
  return project;
}

std::string take_slug(Connection& db, std::int64_t id, std::string_view wished) {
  std::string slug(wished);
  for (int i = 0; has_slug(db, slug); ++i) {
    slug = i == 0 ? fmt::format("{}-{}", wished, id) : fmt::format("{}-{}-{}", wished, id, i);
  }
  db.run("UPDATE projects SET slug = ? WHERE id = ?", {slug, id});
  return slug;
}

std::optional<Project> find(Connection& db, std::int64_t id) {
  static const std::string sql = fmt::format("SELECT {} FROM projects p WHERE p.id = ?", columns);
  return db.one(sql, {id}, read_project);
}

std::optional<Project> find_by_name(Connection& db, std::string_view key) {
  if (const auto id = project_with_tag(db, key)) return find(db, *id);
  return db.one(fmt::format("SELECT {} FROM projects p WHERE p.slug = ? AND p.slug <> ''", columns), {key},
                read_project);
}

std::vector<Project> namesakes(Connection& db, const Project& project, int limit) {
  const std::string begin = project.slug + "-";
  const std::string end = project.slug + ".";  // '.' comes right behind '-': the range is answered from the index
  std::vector<Project> result;
  db.each(fmt::format("SELECT {} FROM projects p WHERE p.slug > ?1 AND p.slug < ?2 AND p.slug <> '' AND p.slug = ?1 || "
                      "p.id AND p.archived_at IS NULL LIMIT ?3",
                      columns),
          {begin, end, limit}, [&](const Row& row) { result.push_back(read_project(row)); });
  std::ranges::sort(result, {}, &Project::id);
  return result;
}

std::vector<Project> list(Connection& db, const Filter& filter, std::int64_t after, int limit) {
  // Every condition is always bound, so that the statements differ in their words alone; a list of one's own starts
  // from the person, all others from an index that holds the projects in order.
  std::string where = filter.archived ? "p.archived_at IS NOT NULL" : "p.archived_at IS NULL";
  if (filter.mine)
    where += " AND p.id IN (SELECT project_id FROM memberships WHERE person_id = ?2 AND project_id > ?1)";
  if (!filter.mine && !filter.sees_all) {
    where +=
        " AND (p.team_only = 0 OR EXISTS (SELECT 1 FROM memberships m WHERE m.project_id = p.id AND m.person_id = ?2))";
  }
  if (filter.phase) where += " AND p.phase = ?3";
  if (!filter.study_type.empty()) where += " AND p.study_type = ?4";
  if (filter.needs_open)
    where += " AND p.id IN (SELECT project_id FROM needs WHERE state = 'open' AND project_id > ?1)";
  std::vector<Project> result;
  db.each(
      fmt::format("SELECT {} FROM projects p WHERE p.id > ?1 AND {} ORDER BY p.id LIMIT ?5", columns, where),
      {after, filter.viewer, filter.phase ? to_string(*filter.phase) : std::string_view(), filter.study_type, limit},
      [&](const Row& row) { result.push_back(read_project(row)); });
  return result;
}

std::vector<Project> of_person(Connection& db, std::int64_t person_id, int limit) {
  return list(db, {.viewer = person_id, .mine = true, .phase = {}, .study_type = {}}, 0, limit);
}

void set_title(Connection& db, std::int64_t id, std::string_view title) {
  db.run("UPDATE projects SET title = ? WHERE id = ?", {title, id});
}

void set_aim(Connection& db, std::int64_t id, std::string_view aim) {
  db.run("UPDATE projects SET aim = ? WHERE id = ?", {aim, id});
}

void set_study_type(Connection& db, std::int64_t id, std::string_view study_type) {
  db.run("UPDATE projects SET study_type = ? WHERE id = ?", {study_type, id});
}

void set_team_only(Connection& db, std::int64_t id, bool team_only) {
  db.run("UPDATE projects SET team_only = ? WHERE id = ?", {team_only, id});
}

void set_asks_approval(Connection& db, std::int64_t id, bool asks) {
  db.run("UPDATE projects SET asks_approval = ? WHERE id = ?", {asks, id});
}

void set_phase(Connection& db, std::int64_t id, Phase phase) {
  db.run("UPDATE projects SET phase = ? WHERE id = ?", {to_string(phase), id});
}

void set_task_limit(Connection& db, std::int64_t id, std::optional<std::int64_t> limit) {
  db.run("UPDATE projects SET task_limit = ? WHERE id = ?", {limit, id});
}

void set_archived(Connection& db, std::int64_t id, std::optional<std::chrono::sys_seconds> when) {
  db.run("UPDATE projects SET archived_at = ? WHERE id = ?", {when, id});
}

std::optional<std::chrono::year_month_day> phase_due(Connection& db, std::int64_t id, Phase phase) {
  return db.one("SELECT due FROM phase_dues WHERE project_id = ? AND phase = ?", {id, to_string(phase)},
                [](const Row& row) { return day_from(row.text(0)); });
}

void set_phase_due(Connection& db, std::int64_t id, Phase phase, std::optional<std::chrono::year_month_day> due) {
  if (!due) {
    db.run("DELETE FROM phase_dues WHERE project_id = ? AND phase = ?", {id, to_string(phase)});
    return;
  }
  db.run(
      "INSERT INTO phase_dues (project_id, phase, due) VALUES (?, ?, ?) "
      "ON CONFLICT (project_id, phase) DO UPDATE SET due = excluded.due",
      {id, to_string(phase), day_text(*due)});
}

std::optional<std::int64_t> project_with_tag(Connection& db, std::string_view key) {
  return db.one("SELECT project_id FROM project_tags WHERE tag_key = ?", {key},
                [](const Row& row) { return row.integer(0); });
}

void add_tag(Connection& db, std::int64_t id, std::string_view key, std::string_view tag,
             std::chrono::sys_seconds now) {
  db.run("INSERT INTO project_tags (tag_key, tag, project_id, added_at) VALUES (?, ?, ?, ?)", {key, tag, id, now});
}

bool remove_tag(Connection& db, std::int64_t id, std::string_view key) {
  return db.run("DELETE FROM project_tags WHERE tag_key = ? AND project_id = ?", {key, id}) > 0;
}

std::vector<std::string> tags(Connection& db, std::int64_t id) {
  std::vector<std::string> result;
  db.each("SELECT tag FROM project_tags WHERE project_id = ? ORDER BY added_at, tag_key", {id},
          [&](const Row& row) { result.push_back(row.text(0)); });
  return result;
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
