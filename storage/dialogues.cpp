#include "storage/dialogues.h"

namespace osrbot::storage::dialogues {

void open(Connection& db, std::int64_t person_id, const conversations::Id& place, std::string_view kind,
          std::string_view payload, std::chrono::sys_seconds expires) {
  db.run(
      "INSERT INTO dialogues (person_id, adapter, workspace, conversation, kind, payload, expires_at) "
      "VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (person_id, adapter, workspace, conversation) DO UPDATE SET "
      "kind = excluded.kind, payload = excluded.payload, expires_at = excluded.expires_at",
      {person_id, place.adapter, place.workspace, place.conversation, kind, payload, expires});
}

std::optional<Dialogue> find(Connection& db, std::int64_t person_id, const conversations::Id& place,
                             std::chrono::sys_seconds now) {
  return db.one(
      "SELECT kind, payload FROM dialogues WHERE person_id = ? AND adapter = ? AND workspace = ? AND conversation = ? "
      "AND expires_at > ?",
      {person_id, place.adapter, place.workspace, place.conversation, now},
      [](const Row& row) { return Dialogue{.kind = row.text(0), .payload = row.text(1)}; });
}

void close(Connection& db, std::int64_t person_id, const conversations::Id& place) {
  db.run("DELETE FROM dialogues WHERE person_id = ? AND adapter = ? AND workspace = ? AND conversation = ?",
         {person_id, place.adapter, place.workspace, place.conversation});
}

std::int64_t prune(Connection& db, std::chrono::sys_seconds now) {
  return db.run("DELETE FROM dialogues WHERE expires_at <= ?", {now});
}

}  // namespace osrbot::storage::dialogues
