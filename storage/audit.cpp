#include "storage/audit.h"

namespace osrbot::storage::audit {
namespace {

constexpr int most_events_of_an_update = 2'000;  // 50 commands with 20 tasks each, with room to spare

std::string select_entries(std::string_view where) {
  std::string sql =
      "SELECT a.id, a.at, a.person_id, p.name, a.action, a.object, a.project_id, a.details, a.adapter, a.update_key, "
      "a.undoes, u.id FROM audit a LEFT JOIN people p ON p.id = a.person_id LEFT JOIN audit u ON u.undoes = a.id ";
  return sql += where;
}

Entry read_entry(const Row& row) {
  return {.id = row.integer(0),
          .at = row.time(1),
          .person_id = row.maybe_integer(2),
          .person_name = row.text(3),
          .action = row.text(4),
          .object = row.text(5),
          .project_id = row.maybe_integer(6),
          .details = row.text(7),
          .adapter = row.text(8),
          .update_key = row.text(9),
          .undoes = row.maybe_integer(10),
          .undone_by = row.maybe_integer(11)};
}

std::vector<Entry> entries_where(Connection& db, std::string_view where, Parameters parameters) {
  std::vector<Entry> entries;
  db.each(select_entries(where), parameters, [&](const Row& row) { entries.push_back(read_entry(row)); });
  return entries;
}

}  // namespace

std::int64_t append(Connection& db, const Event& event, std::chrono::sys_seconds now) {
  return db.insert(
      "INSERT INTO audit (at, person_id, action, object, project_id, details, adapter, update_key, undoes) "
      "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
      {now, event.person_id, event.action, event.object, event.project_id, event.details, event.adapter,
       event.update_key, event.undoes});
}

std::optional<Entry> find(Connection& db, std::int64_t id) {
  return db.one(select_entries("WHERE a.id = ?"), {id}, read_entry);
}

std::vector<Entry> of_project(Connection& db, std::int64_t project_id, std::int64_t before, int limit) {
  return entries_where(db, "WHERE a.project_id = ? AND a.id < ? ORDER BY a.id DESC LIMIT ?",
                       {project_id, before, limit});
}

std::vector<Entry> of_object(Connection& db, std::string_view object, std::int64_t before, int limit) {
  return entries_where(db, "WHERE a.object = ? AND a.id < ? ORDER BY a.id DESC LIMIT ?", {object, before, limit});
}

std::vector<Entry> of_person(Connection& db, std::int64_t project_id, std::int64_t person_id, std::int64_t before,
                             int limit) {
  return entries_where(db, "WHERE a.person_id = ? AND a.project_id = ? AND a.id < ? ORDER BY a.id DESC LIMIT ?",
                       {person_id, project_id, before, limit});
}

std::vector<Entry> last_of_person(Connection& db, std::int64_t person_id, std::chrono::sys_seconds since) {
  const auto last =
      db.one(select_entries("WHERE a.person_id = ? AND a.undoes IS NULL AND u.id IS NULL ORDER BY a.id DESC LIMIT 1"),
             {person_id}, read_entry);
  if (!last || last->at < since) return {};
  return entries_where(
      db,
      "WHERE a.person_id = ? AND a.id > ? AND a.adapter = ? AND a.update_key = ? AND a.undoes IS NULL AND "
      "u.id IS NULL ORDER BY a.id DESC",
      {person_id, last->id - most_events_of_an_update, last->adapter, last->update_key});
}

std::vector<Entry> of_run(Connection& db, std::string_view run) {
  return entries_where(
      db,
      "WHERE json_extract(a.details, '$.run') = ? AND json_extract(a.details, '$.run') IS NOT NULL AND u.id IS "
      "NULL ORDER BY a.id DESC",
      {run});
}

}  // namespace osrbot::storage::audit
