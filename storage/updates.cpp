#include "storage/updates.h"

namespace osrbot::storage::updates {

bool remember(Connection& db, std::string_view adapter, std::string_view key, std::chrono::sys_seconds now) {
  return db.run(
             "INSERT INTO seen_updates (adapter, update_key, seen_at) VALUES (?, ?, ?) "
             "ON CONFLICT (adapter, update_key) DO NOTHING",
             {adapter, key, now}) > 0;
}

std::optional<std::string> commands_of(Connection& db, std::string_view adapter, std::string_view key) {
  return db.one("SELECT commands FROM seen_updates WHERE adapter = ? AND update_key = ?", {adapter, key},
                [](const Row& row) { return row.text(0); });
}

void remember_commands(Connection& db, std::string_view adapter, std::string_view key, std::string_view commands,
                       std::chrono::sys_seconds now) {
  // Mostly of the message that is being applied, which was noted a moment before.
  const auto noted =
      db.run("UPDATE seen_updates SET commands = ? WHERE adapter = ? AND update_key = ?", {commands, adapter, key});
  if (noted > 0) return;
  db.run("INSERT INTO seen_updates (adapter, update_key, seen_at, commands) VALUES (?, ?, ?, ?)",
         {adapter, key, now, commands});
}

std::string cursor(Connection& db, std::string_view adapter) {
  return db.one("SELECT cursor FROM cursors WHERE adapter = ?", {adapter}, [](const Row& row) { return row.text(0); })
      .value_or("");
}

void set_cursor(Connection& db, std::string_view adapter, std::string_view cursor) {
  db.run(
      "INSERT INTO cursors (adapter, cursor) VALUES (?, ?) ON CONFLICT (adapter) DO UPDATE SET cursor = "
      "excluded.cursor",
      {adapter, cursor});
}

void bury(Connection& db, std::string_view adapter, std::string_view key, std::string_view kind, std::string_view error,
          std::chrono::sys_seconds now) {
  db.run("INSERT INTO dead_letters (at, adapter, update_key, kind, error) VALUES (?, ?, ?, ?, ?)",
         {now, adapter, key, kind, error});
}

std::int64_t prune(Connection& db, std::chrono::sys_seconds before, int limit) {
  return db.run(
      "DELETE FROM seen_updates WHERE id IN (SELECT id FROM seen_updates ORDER BY id LIMIT ?) AND seen_at < ?",
      {limit, before});
}

}  // namespace osrbot::storage::updates
