#include "storage/conversations.h"

namespace osrbot::storage::conversations {

void bind(Connection& db, const Id& id, std::string_view thread, std::int64_t project_id,
          std::chrono::sys_seconds now) {
  db.run(
      "INSERT INTO homes (adapter, workspace, conversation, thread, project_id, bound_at) VALUES (?, ?, ?, ?, ?, ?) "
      "ON CONFLICT (adapter, workspace, conversation, thread) DO UPDATE SET project_id = excluded.project_id, "
      "bound_at = excluded.bound_at",
      {id.adapter, id.workspace, id.conversation, thread, project_id, now});
}

void unbind(Connection& db, const Id& id, std::string_view thread) {
  db.run("DELETE FROM homes WHERE adapter = ? AND workspace = ? AND conversation = ? AND thread = ?",
         {id.adapter, id.workspace, id.conversation, thread});
}

std::optional<std::int64_t> bound_to(Connection& db, const Id& id, std::string_view thread) {
  return db.one("SELECT project_id FROM homes WHERE adapter = ? AND workspace = ? AND conversation = ? AND thread = ?",
                {id.adapter, id.workspace, id.conversation, thread}, [](const Row& row) { return row.integer(0); });
}

std::optional<std::int64_t> project_of(Connection& db, const Id& id, std::string_view thread) {
  const auto of_thread = bound_to(db, id, thread);
  return of_thread || thread.empty() ? of_thread : bound_to(db, id, "");
}

std::vector<Home> homes_of(Connection& db, std::int64_t project_id) {
  std::vector<Home> result;
  db.each(
      "SELECT adapter, workspace, conversation, thread FROM homes WHERE project_id = ? "
      "ORDER BY adapter, workspace, conversation, thread",
      {project_id}, [&](const Row& row) {
        result.push_back(
            {.adapter = row.text(0), .workspace = row.text(1), .conversation = row.text(2), .thread = row.text(3)});
      });
  return result;
}

std::vector<std::int64_t> projects_at(Connection& db, const Id& id) {
  std::vector<std::int64_t> result;
  db.each(
      "SELECT DISTINCT project_id FROM homes WHERE adapter = ? AND workspace = ? AND conversation = ? "
      "ORDER BY project_id",
      {id.adapter, id.workspace, id.conversation}, [&](const Row& row) { result.push_back(row.integer(0)); });
  return result;
}

void move(Connection& db, const Id& from, std::string_view to) {
  db.run(
      "UPDATE outbox SET conversation = ? WHERE adapter = ? AND state IN ('queued', 'sending') AND workspace = ? AND "
      "conversation = ?",
      {to, from.adapter, from.workspace, from.conversation});
  // The platform may have told of the move already, or the new conversation have been bound by hand: that stays.
  db.run(
      "INSERT INTO homes (adapter, workspace, conversation, thread, project_id, bound_at) "
      "SELECT adapter, workspace, ?, thread, project_id, bound_at FROM homes "
      "WHERE adapter = ? AND workspace = ? AND conversation = ? "
      "ON CONFLICT (adapter, workspace, conversation, thread) DO NOTHING",
      {to, from.adapter, from.workspace, from.conversation});
  db.run("DELETE FROM homes WHERE adapter = ? AND workspace = ? AND conversation = ?",
         {from.adapter, from.workspace, from.conversation});
}

void lose(Connection& db, const Id& id) {
  db.run("UPDATE identities SET direct = '' WHERE adapter = ? AND workspace = ? AND direct = ?",
         {id.adapter, id.workspace, id.conversation});
}

}  // namespace osrbot::storage::conversations
