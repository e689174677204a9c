#include "storage/reminders.h"

namespace osrbot::storage::reminders {
namespace {

std::string select_reminders(std::string_view where) {
  std::string sql =
      "SELECT id, person_id, set_by, task_id, words, local_time, zone, due_at, adapter, workspace, conversation, "
      "thread "
      "FROM reminders ";
  return sql += where;
}

Reminder read_reminder(const Row& row) {
  return {.id = row.integer(0),
          .person_id = row.integer(1),
          .set_by = row.integer(2),
          .task_id = row.maybe_integer(3),
          .words = row.text(4),
          .local_time = std::chrono::local_seconds(std::chrono::seconds(row.integer(5))),
          .zone = row.text(6),
          .due_at = row.time(7),
          .asked_in = {
              .adapter = row.text(8), .workspace = row.text(9), .conversation = row.text(10), .thread = row.text(11)}};
}

std::vector<Reminder> all_of(Connection& db, std::string_view where, Parameters parameters) {
  std::vector<Reminder> result;
  db.each(select_reminders(where), parameters, [&](const Row& row) { result.push_back(read_reminder(row)); });
  return result;
}

}  // namespace

std::int64_t add(Connection& db, const Reminder& reminder) {
  return db.insert(
      "INSERT INTO reminders (person_id, set_by, task_id, words, local_time, zone, due_at, adapter, workspace, "
      "conversation, thread) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
      {reminder.person_id, reminder.set_by, reminder.task_id, reminder.words,
       reminder.local_time.time_since_epoch().count(), reminder.zone, reminder.due_at, reminder.asked_in.adapter,
       reminder.asked_in.workspace, reminder.asked_in.conversation, reminder.asked_in.thread});
}

std::optional<Reminder> find(Connection& db, std::int64_t id) {
  return db.one(select_reminders("WHERE id = ?"), {id}, read_reminder);
}

std::vector<Reminder> of_person(Connection& db, std::int64_t person_id, int limit) {
  return all_of(db, "WHERE person_id = ? ORDER BY due_at, id LIMIT ?", {person_id, limit});
}

std::vector<Reminder> due(Connection& db, std::int64_t person_id, std::chrono::sys_seconds now, int limit) {
  return all_of(db, "WHERE person_id = ? AND due_at <= ? ORDER BY due_at, id LIMIT ?", {person_id, now, limit});
}

std::optional<std::chrono::sys_seconds> next_due(Connection& db, std::int64_t person_id) {
  return db.one("SELECT due_at FROM reminders WHERE person_id = ? ORDER BY due_at LIMIT 1", {person_id},
                [](const Row& row) { return row.time(0); });
}

std::int64_t count(Connection& db, std::int64_t person_id) {
  return db.number("SELECT COUNT(*) FROM reminders WHERE person_id = ?", {person_id});
}

void move(Connection& db, std::int64_t id, std::string_view zone, std::chrono::sys_seconds due_at) {
  db.run("UPDATE reminders SET zone = ?, due_at = ? WHERE id = ?", {zone, due_at, id});
}

void remove(Connection& db, std::int64_t id) {
  db.run("DELETE FROM reminders WHERE id = ?", {id});
}

}  // namespace osrbot::storage::reminders
