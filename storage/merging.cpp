#include "storage/merging.h"

#include <string>
#include <vector>

#include <fmt/format.h>

#include "storage/needs.h"
#include "storage/people.h"
#include "storage/person_columns.h"

namespace osrbot::storage::merging {
namespace {

/// Copies the rows of one person as another's, where the other has none like them.
void copy(Connection& db, const PersonColumn& of, std::int64_t from, std::int64_t into) {
  std::string names;
  std::string values;
  for (const std::string& column : columns_of(db, of.table)) {
    names += (names.empty() ? "" : ", ") + column;
    values += (values.empty() ? "" : ", ") + (column == of.column ? "?2" : column);
  }
  db.run(fmt::format("INSERT OR IGNORE INTO {0} ({1}) SELECT {2} FROM {0} WHERE {3} = ?1", of.table, names, values,
                     of.column),
         {from, into});
}

/// Where both are members, the rights of both and the longer membership.
void join_memberships(Connection& db, std::int64_t from, std::int64_t into) {
  db.run(
      "UPDATE memberships SET joined_at = MIN(joined_at, o.joined), role = CASE WHEN o.role_there = 'coordinator' THEN "
      "'coordinator' ELSE role END FROM (SELECT project_id AS project, joined_at AS joined, role AS role_there FROM "
      "memberships WHERE person_id = ?1) AS o WHERE project_id = o.project AND person_id = ?2",
      {from, into});
}

/// What was told on either side counts; where both told something, the one who stays is right.
void join_profiles(Connection& db, std::int64_t from, std::int64_t into) {
  const auto text = [](const char* column) {
    return fmt::format("{0} = CASE {0} WHEN '' THEN o.{0}_ ELSE {0} END", column);
  };
  const auto value = [](const char* column) { return fmt::format("{0} = COALESCE({0}, o.{0}_)", column); };
  db.run(fmt::format(
             "UPDATE profiles SET {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, "
             "paused_until = MAX(COALESCE(paused_until, o.paused_until_), COALESCE(o.paused_until_, paused_until)), "
             "growth = MAX(growth, o.growth_), invitations_open = MIN(invitations_open, o.invitations_open_), "
             "last_active_at = MAX(COALESCE(last_active_at, 0), COALESCE(o.last_active_at_, 0)) "
             "FROM (SELECT country AS country_, hours AS hours_, career_stage AS career_stage_, discipline AS "
             "discipline_, orcid AS orcid_, task_limit AS task_limit_, quiet_from AS quiet_from_, quiet_until AS "
             "quiet_until_, paused_until AS paused_until_, stopped_at AS stopped_at_, growth AS growth_, "
             "consent_version AS consent_version_, consented_at AS consented_at_, consent_channel AS consent_channel_, "
             "invitations_open AS invitations_open_, last_active_at AS last_active_at_ FROM profiles WHERE person_id = "
             "?1) AS o WHERE person_id = ?2",
             text("country"), value("hours"), text("career_stage"), text("discipline"), text("orcid"),
             value("task_limit"), text("quiet_from"), text("quiet_until"), value("stopped_at"),
             value("consent_version"), value("consented_at")),
         {from, into});
}

}  // namespace

void merge(Connection& db, std::int64_t from, std::int64_t into) {
  const std::vector<PersonColumn> columns = person_columns(db);
  for (const PersonColumn& column : columns) {
    if (column.has_children) copy(db, column, from, into);
  }
  join_memberships(db, from, into);
  join_profiles(db, from, into);
  for (auto column = columns.rbegin(); column != columns.rend(); ++column) {
    if (!column->has_children) {
      db.run(fmt::format("UPDATE OR IGNORE {0} SET {1} = ?2 WHERE {1} = ?1", column->table, column->column),
             {from, into});
    }
    db.run(fmt::format("DELETE FROM {} WHERE {} = ?", column->table, column->column), {from});
  }
  // Nobody helps themselves with a task.
  db.run("DELETE FROM task_helpers WHERE person_id = ?1 AND task_id IN (SELECT id FROM tasks WHERE owner_id = ?1)",
         {into});
  std::vector<std::int64_t> needs_joined;
  db.each("SELECT need_id FROM need_people WHERE person_id = ?", {into},
          [&](const Row& row) { needs_joined.push_back(row.integer(0)); });
  for (const std::int64_t need : needs_joined) needs::recount(db, need);
  db.run(
      "UPDATE audit SET details = json_set(details, '$.person', ?2) WHERE json_extract(details, '$.person') IS NOT "
      "NULL AND json_extract(details, '$.person') = ?1",
      {from, into});
  db.run("DELETE FROM jobs WHERE json_valid(payload) AND json_extract(payload, '$.person') = ?", {from});
  db.run(
      "UPDATE people SET language = CASE language WHEN '' THEN o.l ELSE language END, time_zone = CASE time_zone WHEN "
      "'' THEN o.z ELSE time_zone END, first_timer = MIN(first_timer, o.f) FROM (SELECT language AS l, time_zone AS z, "
      "first_timer AS f FROM people WHERE id = ?1) AS o WHERE id = ?2",
      {from, into});
  people::remove(db, from);
}

std::optional<std::int64_t> split(Connection& db, std::int64_t person_id, std::string_view adapter,
                                  std::chrono::sys_seconds now) {
  const auto count = [&](std::string_view where) {
    return db.number(fmt::format("SELECT COUNT(*) FROM identities WHERE person_id = ?1 AND adapter {} ?2", where),
                     {person_id, adapter});
  };
  if (count("=") == 0 || count("<>") == 0) return std::nullopt;
  const std::int64_t id = people::add_copy(db, person_id, now);
  db.run("UPDATE identities SET person_id = ?3 WHERE person_id = ?1 AND adapter = ?2", {person_id, adapter, id});
  return id;
}

}  // namespace osrbot::storage::merging
