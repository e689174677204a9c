#include "storage/jobs.h"

namespace osrbot::storage::jobs {

void plan(Connection& db, std::string_view kind, std::string_view unique_key, std::chrono::sys_seconds due_at,
          std::string_view payload) {
  db.run(
      "INSERT INTO jobs (kind, unique_key, due_at, payload) VALUES (?, ?, ?, ?) ON CONFLICT (unique_key) DO UPDATE SET "
      "kind = excluded.kind, due_at = excluded.due_at, payload = excluded.payload",
      {kind, unique_key, due_at, payload});
}

void plan_once(Connection& db, std::string_view kind, std::string_view unique_key, std::chrono::sys_seconds due_at,
               std::string_view payload) {
  db.run("INSERT INTO jobs (kind, unique_key, due_at, payload) VALUES (?, ?, ?, ?) ON CONFLICT (unique_key) DO NOTHING",
         {kind, unique_key, due_at, payload});
}

void drop(Connection& db, std::string_view unique_key) {
  db.run("DELETE FROM jobs WHERE unique_key = ?", {unique_key});
}

void drop_all(Connection& db, std::string_view prefix) {
  std::string end(prefix);
  if (end.empty() || end.back() != ':') throw Error(Error::Kind::other, "a prefix of jobs' keys ends in ':'");
  end.back() = ':' + 1;
  db.run("DELETE FROM jobs WHERE unique_key >= ? AND unique_key < ?", {prefix, end});
}

std::int64_t next_id(Connection& db) {
  return db.number("SELECT COALESCE(MAX(id), 0) + 1 FROM jobs");
}

std::vector<Job> due(Connection& db, std::chrono::sys_seconds now, int limit) {
  std::vector<Job> result;
  db.each("SELECT id, kind, unique_key, due_at, payload FROM jobs WHERE due_at <= ? ORDER BY due_at, id LIMIT ?",
          {now, limit}, [&](const Row& row) {
            result.push_back({.id = row.integer(0),
                              .kind = row.text(1),
                              .unique_key = row.text(2),
                              .due_at = row.time(3),
                              .payload = row.text(4)});
          });
  return result;
}

std::optional<std::chrono::sys_seconds> next_due(Connection& db) {
  return db.one("SELECT due_at FROM jobs ORDER BY due_at LIMIT 1", {}, [](const Row& row) { return row.time(0); });
}

}  // namespace osrbot::storage::jobs
