#include "storage/greetings.h"

namespace osrbot::storage::greetings {

bool greet(Connection& db, const conversations::Id& place, std::chrono::seconds pause, std::chrono::sys_seconds now) {
  const auto waiting = db.number(
      "INSERT INTO greetings (adapter, workspace, conversation, greeted_at) VALUES (?1, ?2, ?3, ?4) "
      "ON CONFLICT (adapter, workspace, conversation) DO UPDATE SET "
      "joined_since = CASE WHEN greeted_at <= ?5 AND joined_since = 0 THEN 0 ELSE joined_since + 1 END, "
      "greeted_at = CASE WHEN greeted_at <= ?5 AND joined_since = 0 THEN ?4 ELSE greeted_at END RETURNING joined_since",
      {place.adapter, place.workspace, place.conversation, now, now - pause});
  return waiting == 0;
}

std::int64_t take_waiting(Connection& db, const conversations::Id& place, std::chrono::sys_seconds now) {
  const auto waiting =
      db.one("SELECT joined_since FROM greetings WHERE adapter = ? AND workspace = ? AND conversation = ?",
             {place.adapter, place.workspace, place.conversation}, [](const Row& row) { return row.integer(0); });
  if (waiting.value_or(0) == 0) return 0;
  db.run(
      "UPDATE greetings SET joined_since = 0, greeted_at = ? WHERE adapter = ? AND workspace = ? AND conversation = ?",
      {now, place.adapter, place.workspace, place.conversation});
  return *waiting;
}

}  // namespace osrbot::storage::greetings
