#include "storage/invitations.h"

#include <fmt/format.h>

#include "storage/jobs.h"

namespace osrbot::storage {
namespace {

using std::chrono::sys_seconds;

constexpr std::string_view invitation_columns =
    "i.id, i.need_id, i.person_id, p.name, i.wave, i.state, i.why_not, i.because, EXISTS (SELECT 1 FROM need_people c "
    "WHERE c.need_id = i.need_id AND c.person_id = i.person_id)";

Invitation read_invitation(const Row& row) {
  return {.id = row.integer(0),
          .need_id = row.integer(1),
          .person_id = row.integer(2),
          .person_name = row.text(3),
          .wave = row.integer(4),
          .state = row.text(5),
          .why_not = row.text(6),
          .because = row.text(7),
          .has_come = row.boolean(8)};
}

std::string job_key(std::int64_t need_id) {
  return fmt::format("{}:N{}", searches::job, need_id);
}

void plan(Connection& db, std::int64_t need_id, sys_seconds at) {
  jobs::plan(db, searches::job, job_key(need_id), at, fmt::format(R"({{"need":{}}})", need_id));
}

}  // namespace

namespace invitations {

void add(Connection& db, std::int64_t need_id, std::int64_t person_id, std::int64_t wave, std::string_view because,
         const std::optional<people::Direct>& to, sys_seconds now) {
  db.run(
      "INSERT INTO invitations (need_id, person_id, wave, state, because, sent_at, answered_at, adapter, workspace, "
      "conversation) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
      {need_id, person_id, wave, to ? "sent" : "unreachable", because, now, to ? std::nullopt : std::optional(now),
       to ? to->adapter : "", to ? to->workspace : "", to ? to->conversation : ""});
}

std::optional<Invitation> find(Connection& db, std::int64_t need_id, std::int64_t person_id) {
  return db.one(fmt::format("SELECT {} FROM invitations i JOIN people p ON p.id = i.person_id "
                            "WHERE i.need_id = ? AND i.person_id = ?",
                            invitation_columns),
                {need_id, person_id}, read_invitation);
}

std::vector<Invitation> of_need(Connection& db, std::int64_t need_id, std::int64_t after, int limit) {
  std::vector<Invitation> result;
  db.each(fmt::format("SELECT {} FROM invitations i JOIN people p ON p.id = i.person_id "
                      "WHERE i.need_id = ? AND i.id > ? ORDER BY i.id LIMIT ?",
                      invitation_columns),
          {need_id, after, limit}, [&](const Row& row) { result.push_back(read_invitation(row)); });
  return result;
}

void answer(Connection& db, std::int64_t id, std::string_view state, sys_seconds now) {
  db.run(
      "UPDATE invitations SET state = ?, answered_at = ?, why_not = '' "
      "WHERE id = ? AND state IN ('sent', 'yes', 'no', 'referred')",
      {state, now, id});
}

void set_why_not(Connection& db, std::int64_t id, std::string_view why) {
  db.run("UPDATE invitations SET why_not = ? WHERE id = ? AND state = 'no'", {why, id});
}

std::vector<Invitation> withdraw(Connection& db, std::int64_t need_id, sys_seconds now) {
  std::vector<Invitation> open;
  db.each(fmt::format("SELECT {} FROM invitations i JOIN people p ON p.id = i.person_id "
                      "WHERE i.need_id = ? AND i.state = 'sent'",
                      invitation_columns),
          {need_id}, [&](const Row& row) { open.push_back(read_invitation(row)); });
  db.run("UPDATE invitations SET state = 'withdrawn', answered_at = ? WHERE need_id = ? AND state = 'sent'",
         {now, need_id});
  return open;
}

void lose(Connection& db, const conversations::Id& conversation, sys_seconds now) {
  std::vector<std::int64_t> needs;
  db.each("SELECT need_id FROM invitations WHERE state = 'sent' AND adapter = ? AND workspace = ? AND conversation = ?",
          {conversation.adapter, conversation.workspace, conversation.conversation},
          [&](const Row& row) { needs.push_back(row.integer(0)); });
  if (needs.empty()) return;
  db.run(
      "UPDATE invitations SET state = 'unreachable', answered_at = ? "
      "WHERE state = 'sent' AND adapter = ? AND workspace = ? AND conversation = ?",
      {now, conversation.adapter, conversation.workspace, conversation.conversation});
  for (const std::int64_t need : needs) searches::hasten(db, need, now);
}

std::vector<std::string> tell_unreachable(Connection& db, std::int64_t need_id) {
  std::vector<std::string> names;
  db.each(
      "SELECT p.name FROM invitations i JOIN people p ON p.id = i.person_id "
      "WHERE i.need_id = ? AND i.state = 'unreachable' AND i.told = 0 ORDER BY i.id",
      {need_id}, [&](const Row& row) { names.push_back(row.text(0)); });
  if (!names.empty()) {
    db.run("UPDATE invitations SET told = 1 WHERE need_id = ? AND state = 'unreachable'", {need_id});
  }
  return names;
}

std::map<std::string, int> reasons(Connection& db, std::int64_t need_id) {
  std::map<std::string, int> counts;
  db.each("SELECT why_not, COUNT(*) FROM invitations WHERE need_id = ? AND state = 'no' GROUP BY why_not", {need_id},
          [&](const Row& row) { counts[row.text(0)] = static_cast<int>(row.integer(1)); });
  return counts;
}

std::int64_t open(Connection& db, std::int64_t need_id) {
  return db.number("SELECT COUNT(*) FROM invitations WHERE need_id = ? AND state = 'sent'", {need_id});
}

std::int64_t pending(Connection& db, std::int64_t need_id, std::int64_t wave) {
  return db.number(
      "SELECT COUNT(*) FROM invitations i JOIN needs n ON n.id = i.need_id WHERE i.need_id = ?1 AND "
      "((i.state = 'sent' AND i.wave = ?2) OR (i.state = 'yes' AND EXISTS (SELECT 1 FROM join_requests r WHERE "
      "r.project_id = n.project_id AND r.person_id = i.person_id AND r.state = 'waiting')))",
      {need_id, wave});
}

bool is_ruled_out(Connection& db, std::int64_t need_id, std::int64_t person_id) {
  return db
      .one(
          "SELECT 1 FROM needs n WHERE n.id = ?1 AND ("
          "EXISTS (SELECT 1 FROM invitations i WHERE i.need_id = n.id AND i.person_id = ?2) "
          "OR EXISTS (SELECT 1 FROM memberships m WHERE m.project_id = n.project_id AND m.person_id = ?2) "
          "OR EXISTS (SELECT 1 FROM past_memberships b WHERE b.project_id = n.project_id AND b.person_id = ?2 AND "
          "b.removed_by IS NOT NULL) "
          "OR EXISTS (SELECT 1 FROM join_requests r WHERE r.person_id = ?2 AND r.project_id = n.project_id AND "
          "r.state = 'waiting') "
          "OR EXISTS (SELECT 1 FROM conflicts_of_interest c WHERE c.project_id = n.project_id AND c.person_id = ?2) "
          "OR EXISTS (SELECT 1 FROM invitations i JOIN needs other ON other.id = i.need_id WHERE i.person_id = ?2 AND "
          "((i.why_not = 'skill' AND other.skill_id = n.skill_id) OR "
          "(i.why_not = 'topic' AND other.project_id = n.project_id))))",
          {need_id, person_id}, [](const Row&) { return true; })
      .has_value();
}

}  // namespace invitations

namespace searches {

void start(Connection& db, std::int64_t need_id, std::int64_t started_by, std::int64_t size, sys_seconds now) {
  db.run(
      "INSERT INTO searches (need_id, started_by, size, next_at) VALUES (?, ?, ?, ?) "
      "ON CONFLICT (need_id) DO UPDATE SET started_by = excluded.started_by, size = excluded.size, "
      "next_at = excluded.next_at, ended = ''",
      {need_id, started_by, size, now});
}

std::optional<Search> find(Connection& db, std::int64_t need_id) {
  return db.one("SELECT need_id, started_by, size, wave, next_at, ended FROM searches WHERE need_id = ?", {need_id},
                [](const Row& row) {
                  return Search{.need_id = row.integer(0),
                                .started_by = row.integer(1),
                                .size = row.integer(2),
                                .wave = row.integer(3),
                                .next_at = row.maybe_time(4),
                                .ended = row.text(5)};
                });
}

void go_on(Connection& db, std::int64_t need_id, std::int64_t wave, sys_seconds next_at) {
  db.run("UPDATE searches SET wave = ?, next_at = ? WHERE need_id = ? AND ended = ''", {wave, next_at, need_id});
  plan(db, need_id, next_at);
}

void hasten(Connection& db, std::int64_t need_id, sys_seconds now) {
  const auto search = find(db, need_id);
  // A second ahead: never twice at the same one, for a job's time is part of what tells its run from others.
  if (search && search->next_at) plan(db, need_id, now + std::chrono::seconds(1));
}

void end(Connection& db, std::int64_t need_id, std::string_view why) {
  db.run("UPDATE searches SET next_at = NULL, ended = ? WHERE need_id = ? AND ended = ''", {why, need_id});
  jobs::drop(db, job_key(need_id));
}

}  // namespace searches
}  // namespace osrbot::storage
