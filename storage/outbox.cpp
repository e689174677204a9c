#include "storage/outbox.h"

namespace osrbot::storage::outbox {

std::int64_t enqueue(Connection& db, const Destination& to, std::string_view reply_to, std::string_view message,
                     std::string_view update_key, std::chrono::sys_seconds now) {
  return db.insert(
      "INSERT INTO outbox (adapter, workspace, conversation, thread, is_private, reply_to, message, update_key, "
      "created_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
      {to.adapter, to.workspace, to.conversation, to.thread, to.is_private, reply_to, message, update_key, now});
}

void each_waiting(Connection& db, std::string_view adapter, std::int64_t after,
                  const std::function<void(const Waiting&)>& found) {
  db.each(
      "SELECT id, workspace, conversation, is_private, state = 'sending' FROM outbox "
      "WHERE adapter = ? AND state IN ('queued', 'sending') AND id > ? ORDER BY id",
      {adapter, after}, [&](const Row& row) {
        found({.id = row.integer(0),
               .workspace = row.text(1),
               .conversation = row.text(2),
               .is_private = row.boolean(3),
               .is_sending = row.boolean(4)});
      });
}

bool claim(Connection& db, std::int64_t id) {
  return db.run("UPDATE outbox SET state = 'sending', attempts = attempts + 1 WHERE id = ? AND state = 'queued'",
                {id}) > 0;
}

Queued read(Connection& db, std::int64_t id) {
  const auto queued = [](const Row& row) {
    return Queued{.thread = row.text(0),
                  .is_private = row.boolean(1),
                  .reply_to = row.text(2),
                  .message = row.text(3),
                  .queued_at = row.time(4)};
  };
  auto found =
      db.one("SELECT thread, is_private, reply_to, message, created_at FROM outbox WHERE id = ?", {id}, queued);
  if (!found) throw Error(Error::Kind::other, "the outbox has no such message");
  return std::move(*found);
}

void mark_sent(Connection& db, std::int64_t id, std::string_view message_id, std::chrono::sys_seconds now) {
  db.run(
      "UPDATE outbox SET state = 'sent', finished_at = ?, message_id = ?, message = '', error = '', "
      "conversation = CASE WHEN is_private THEN '' ELSE conversation END WHERE id = ? AND state = 'sending'",
      {now, message_id, id});
}

void mark_waiting(Connection& db, std::int64_t id, std::string_view why) {
  db.run("UPDATE outbox SET state = 'queued', error = ? WHERE id = ? AND state = 'sending'", {why, id});
}

void mark_failed(Connection& db, std::int64_t id, std::string_view why, std::chrono::sys_seconds now) {
  db.run(
      "UPDATE outbox SET state = 'failed', finished_at = ?, error = ?, message = '', "
      "conversation = CASE WHEN is_private THEN '' ELSE conversation END WHERE id = ? AND state = 'sending'",
      {now, why, id});
}

std::int64_t cancel_conversation(Connection& db, const conversations::Id& to, std::string_view why,
                                 std::chrono::sys_seconds now) {
  return db.run(
      "UPDATE outbox SET state = 'cancelled', finished_at = ?, error = ?, message = '', "
      "conversation = CASE WHEN is_private THEN '' ELSE conversation END WHERE adapter = ? AND state IN ('queued', "
      "'sending') AND state = 'queued' AND workspace = ? AND conversation = "
      "?",
      {now, why, to.adapter, to.workspace, to.conversation});
}

std::int64_t newest(Connection& db) {
  return db.number("SELECT COALESCE(MAX(id), 0) FROM outbox");
}

std::optional<Outcome> outcome(Connection& db, std::int64_t id) {
  return db.one("SELECT state, message_id, error FROM outbox WHERE id = ?", {id}, [](const Row& row) {
    return Outcome{.state = row.text(0), .message_id = row.text(1), .why = row.text(2)};
  });
}

std::int64_t prune(Connection& db, std::chrono::sys_seconds before, int limit) {
  return db.run(
      "DELETE FROM outbox WHERE id IN (SELECT id FROM outbox ORDER BY id LIMIT ?) AND finished_at < ? "
      "AND id < (SELECT MAX(id) FROM outbox)",
      {limit, before});
}

}  // namespace osrbot::storage::outbox
