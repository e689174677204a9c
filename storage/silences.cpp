#include "storage/silences.h"

namespace osrbot::storage::silences {

std::vector<std::int64_t> silent_since(Connection& db, std::chrono::sys_seconds before, int limit) {
  std::vector<std::int64_t> people;
  db.each(
      "SELECT person_id FROM profiles p WHERE consent_version IS NOT NULL AND last_active_at < ? AND NOT EXISTS "
      "(SELECT 1 FROM silences s WHERE s.person_id = p.person_id) ORDER BY last_active_at LIMIT ?",
      {before, limit}, [&](const Row& row) { people.push_back(row.integer(0)); });
  return people;
}

void note_asked(Connection& db, std::int64_t person_id, std::chrono::sys_seconds now) {
  db.run("INSERT INTO silences (person_id, asked_at) VALUES (?, ?) ON CONFLICT (person_id) DO NOTHING",
         {person_id, now});
}

std::vector<std::int64_t> unanswered_since(Connection& db, std::chrono::sys_seconds before, int limit) {
  db.run(
      "DELETE FROM silences WHERE asked_at < ?1 AND EXISTS (SELECT 1 FROM profiles p WHERE p.person_id = "
      "silences.person_id AND p.last_active_at >= silences.asked_at)",
      {before});
  std::vector<std::int64_t> people;
  db.each("SELECT person_id FROM silences WHERE asked_at < ? ORDER BY asked_at LIMIT ?", {before, limit},
          [&](const Row& row) { people.push_back(row.integer(0)); });
  return people;
}

}  // namespace osrbot::storage::silences
