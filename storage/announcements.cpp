#include "storage/announcements.h"

#include <fmt/format.h>

namespace osrbot::storage {
namespace {

constexpr std::string_view announcement_columns =
    "a.id, a.need_id, a.adapter, a.language, a.outbox_id, a.message_id, a.person_id, a.asked_adapter, "
    "a.asked_workspace, a.asked_conversation, a.asked_thread, a.asked_in_private";

// What readers of a call know; how many have come already is not among it.
constexpr std::string_view knowledge = "json_array(n.state, n.skill, n.count, n.hours, n.deadline, n.credit)";

Announcement read(const Row& row) {
  return {.id = row.integer(0),
          .need_id = row.integer(1),
          .adapter = row.text(2),
          .language = row.text(3),
          .outbox_id = row.integer(4),
          .message_id = row.text(5),
          .person_id = row.maybe_integer(6),
          .asked_adapter = row.text(7),
          .asked_workspace = row.text(8),
          .asked_conversation = row.text(9),
          .asked_thread = row.text(10),
          .asked_in_private = row.boolean(11)};
}

std::vector<Announcement> announcements_from(Connection& db, const std::string& sql, Parameters parameters) {
  std::vector<Announcement> result;
  db.each(sql, parameters, [&](const Row& row) { result.push_back(read(row)); });
  return result;
}

}  // namespace

namespace calls {

std::optional<std::string> find(Connection& db, std::int64_t need_id, std::string_view language) {
  return db.one("SELECT text FROM calls WHERE need_id = ? AND language = ?", {need_id, language},
                [](const Row& row) { return row.text(0); });
}

void write(Connection& db, std::int64_t need_id, std::string_view language, std::string_view text, std::int64_t by,
           std::chrono::sys_seconds now) {
  db.run(
      "INSERT INTO calls (need_id, language, text, written_by, written_at) VALUES (?, ?, ?, ?, ?) "
      "ON CONFLICT (need_id, language) DO UPDATE SET text = excluded.text, written_by = excluded.written_by, "
      "written_at = excluded.written_at",
      {need_id, language, text, by, now});
}

std::vector<std::string> languages(Connection& db, std::int64_t need_id) {
  std::vector<std::string> result;
  db.each("SELECT language FROM calls WHERE need_id = ? ORDER BY language", {need_id},
          [&](const Row& row) { result.push_back(row.text(0)); });
  return result;
}

std::optional<std::string> picture_alt(Connection& db, std::int64_t need_id, std::string_view language) {
  return db.one("SELECT alt FROM call_pictures WHERE need_id = ? AND language = ?", {need_id, language},
                [](const Row& row) { return row.text(0); });
}

std::optional<Picture> picture(Connection& db, std::int64_t need_id, std::string_view language) {
  return db.one(
      "SELECT media_type, content, alt FROM call_pictures WHERE need_id = ? AND language = ?", {need_id, language},
      [](const Row& row) { return Picture{.media_type = row.text(0), .content = row.text(1), .alt = row.text(2)}; });
}

void give_picture(Connection& db, std::int64_t need_id, std::string_view language, const Picture& picture,
                  std::chrono::sys_seconds now) {
  db.run(
      "INSERT OR REPLACE INTO call_pictures (need_id, language, media_type, content, alt, given_at) "
      "VALUES (?, ?, ?, ?, ?, ?)",
      {need_id, language, picture.media_type, picture.content, picture.alt, now});
}

void set_picture_alt(Connection& db, std::int64_t need_id, std::string_view language, std::string_view alt) {
  db.run("UPDATE call_pictures SET alt = ? WHERE need_id = ? AND language = ?", {alt, need_id, language});
}

void drop_picture(Connection& db, std::int64_t need_id, std::string_view language) {
  db.run("DELETE FROM call_pictures WHERE need_id = ? AND language = ?", {need_id, language});
}

std::int64_t prune_pictures(Connection& db, std::chrono::sys_seconds before, int limit) {
  return db.run(
      "DELETE FROM call_pictures WHERE (need_id, language) IN (SELECT need_id, language FROM call_pictures "
      "WHERE given_at < ? ORDER BY given_at LIMIT ?)",
      {before, limit});
}

}  // namespace calls

namespace announcements {

std::int64_t add(Connection& db, const Announcement& one, std::chrono::sys_seconds now) {
  return db.number(
      fmt::format("INSERT INTO announcements (need_id, adapter, language, outbox_id, said, person_id, asked_adapter, "
                  "asked_workspace, asked_conversation, asked_thread, asked_in_private, created_at) "
                  "SELECT n.id, ?2, ?3, ?4, {}, ?5, ?6, ?7, ?8, ?9, ?10, ?11 FROM needs n WHERE n.id = ?1 RETURNING id",
                  knowledge),
      {one.need_id, one.adapter, one.language, one.outbox_id, one.person_id, one.asked_adapter, one.asked_workspace,
       one.asked_conversation, one.asked_thread, one.asked_in_private, now});
}

std::vector<Announcement> on_their_way(Connection& db) {
  return announcements_from(
      db, fmt::format("SELECT {} FROM announcements a WHERE a.state = 'sending' ORDER BY a.id", announcement_columns),
      {});
}

void set_posted(Connection& db, std::int64_t id, std::string_view message_id) {
  db.run("UPDATE announcements SET state = 'posted', message_id = ? WHERE id = ?", {message_id, id});
}

void set_refused(Connection& db, std::int64_t id) {
  db.run("UPDATE announcements SET state = 'refused' WHERE id = ?", {id});
}

std::vector<Announcement> outdated(Connection& db, int limit) {
  return announcements_from(
      db,
      fmt::format("SELECT {} FROM announcements a JOIN needs n ON n.id = a.need_id WHERE a.state = 'posted' "
                  "AND a.said <> {} ORDER BY a.id LIMIT ?",
                  announcement_columns, knowledge),
      {limit});
}

void set_told(Connection& db, std::int64_t id) {
  db.run(fmt::format("UPDATE announcements SET said = (SELECT {} FROM needs n WHERE n.id = need_id) WHERE id = ?",
                     knowledge),
         {id});
}

void end_old(Connection& db, std::chrono::sys_seconds before) {
  db.run("UPDATE announcements SET state = 'over' WHERE state = 'posted' AND created_at < ?", {before});
}

void end_deleted(Connection& db, std::string_view adapter, std::string_view message_id) {
  db.run("UPDATE announcements SET state = 'over' WHERE adapter = ? AND message_id = ? AND message_id <> ''",
         {adapter, message_id});
}

bool any_live(Connection& db) {
  return db.number("SELECT EXISTS (SELECT 1 FROM announcements WHERE state IN ('sending', 'posted'))") != 0;
}

std::vector<Where> of_need(Connection& db, std::int64_t need_id) {
  std::vector<Where> result;
  db.each("SELECT adapter, language FROM announcements WHERE need_id = ? AND state <> 'refused' ORDER BY id", {need_id},
          [&](const Row& row) {
            result.push_back({row.text(0), row.text(1)});
          });
  return result;
}

}  // namespace announcements
}  // namespace osrbot::storage
