#include "storage/secrets.h"

namespace osrbot::storage::secrets {

std::optional<Sealed> find(Connection& db, std::string_view name) {
  return db.one("SELECT key_id, sealed FROM secrets WHERE name = ?", {name},
                [](const Row& row) { return Sealed{.key_id = row.text(0), .text = row.text(1)}; });
}

void put(Connection& db, std::string_view name, const Sealed& sealed, std::chrono::sys_seconds now) {
  db.run(
      "INSERT INTO secrets (name, key_id, sealed, updated_at) VALUES (?, ?, ?, ?) "
      "ON CONFLICT (name) DO UPDATE SET key_id = excluded.key_id, sealed = excluded.sealed, "
      "updated_at = excluded.updated_at",
      {name, sealed.key_id, sealed.text, now});
}

void erase(Connection& db, std::string_view name) {
  db.run("DELETE FROM secrets WHERE name = ?", {name});
}

std::vector<std::string> not_sealed_by(Connection& db, std::string_view key_id) {
  std::vector<std::string> names;
  db.each("SELECT name FROM secrets WHERE key_id <> ? ORDER BY name", {key_id},
          [&](const Row& row) { names.push_back(row.text(0)); });
  return names;
}

}  // namespace osrbot::storage::secrets
