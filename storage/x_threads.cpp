#include "storage/x_threads.h"

#include <algorithm>

namespace osrbot::storage::x_threads {

void summon(Connection& db, std::string_view key, std::chrono::sys_seconds now) {
  db.run("INSERT INTO x_summons (key, at) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET at = excluded.at", {key, now});
}

bool is_summoned(Connection& db, std::string_view key) {
  return db.one("SELECT 1 FROM x_summons WHERE key = ?", {key}, [](const Row&) { return true; }).has_value();
}

bool claim_answer(Connection& db, std::string_view key, std::int64_t message) {
  return db.run("UPDATE x_summons SET answered_by = ? WHERE key = ? AND (answered_by IS NULL OR answered_by = ?)",
                {message, key, message}) > 0;
}

void note_part(Connection& db, std::int64_t message, std::int64_t part, std::string_view post_id) {
  db.run(
      "INSERT INTO x_parts (message, part, post_id) VALUES (?, ?, ?) "
      "ON CONFLICT (message, part) DO UPDATE SET post_id = excluded.post_id",
      {message, part, post_id});
}

void forget_part(Connection& db, std::int64_t message, std::int64_t part) {
  db.run("DELETE FROM x_parts WHERE message = ? AND part = ?", {message, part});
}

void each_part(Connection& db, std::int64_t message,
               const std::function<void(std::int64_t part, const std::string& post_id)>& found) {
  db.each("SELECT part, post_id FROM x_parts WHERE message = ? ORDER BY part", {message},
          [&](const Row& row) { found(row.integer(0), row.text(1)); });
}

std::int64_t prune(Connection& db, std::chrono::sys_seconds before, int limit) {
  const auto summons =
      db.run("DELETE FROM x_summons WHERE key IN (SELECT key FROM x_summons WHERE at < ? LIMIT ?)", {before, limit});
  // The outbox gives numbers again once it has forgotten all of them.
  const auto parts = db.run(
      "DELETE FROM x_parts WHERE (message, part) IN (SELECT message, part FROM x_parts "
      "WHERE message < COALESCE((SELECT MIN(id) FROM outbox), 9223372036854775807) LIMIT ?)",
      {limit});
  return std::max(summons, parts);
}

}  // namespace osrbot::storage::x_threads
