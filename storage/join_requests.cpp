#include "storage/join_requests.h"

#include <fmt/format.h>

namespace osrbot::storage::join_requests {
namespace {

constexpr std::string_view select =
    "SELECT r.id, r.project_id, r.person_id, r.need_id, r.team_role, r.adapter, r.workspace, r.conversation, r.thread, "
    "r.asked_at, r.state, COALESCE(d.name, '') FROM join_requests r LEFT JOIN people d ON d.id = r.decided_by";

JoinRequest read_request(const Row& row) {
  return {.id = row.integer(0),
          .project_id = row.integer(1),
          .person_id = row.integer(2),
          .need_id = row.maybe_integer(3),
          .team_role = row.text(4),
          .asked_in = {.adapter = row.text(5),
                       .workspace = row.text(6),
                       .conversation = row.text(7),
                       .thread = row.text(8)},
          .asked_at = row.time(9),
          .state = row.text(10),
          .decided_by = row.text(11)};
}

}  // namespace

std::int64_t ask(Connection& db, const JoinRequest& request, std::chrono::sys_seconds now) {
  const conversations::Home& place = request.asked_in;
  return db.number(
      "INSERT INTO join_requests (project_id, person_id, need_id, team_role, adapter, workspace, conversation, thread, "
      "asked_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) "
      "ON CONFLICT (project_id, person_id) WHERE state = 'waiting' DO UPDATE SET need_id = excluded.need_id, "
      "team_role = excluded.team_role, adapter = excluded.adapter, workspace = excluded.workspace, "
      "conversation = excluded.conversation, thread = excluded.thread RETURNING id",
      {request.project_id, request.person_id, request.need_id, request.team_role, place.adapter, place.workspace,
       place.conversation, place.thread, now});
}

std::optional<JoinRequest> find(Connection& db, std::int64_t id) {
  return db.one(fmt::format("{} WHERE r.id = ?", select), {id}, read_request);
}

std::optional<JoinRequest> waiting(Connection& db, std::int64_t project_id, std::int64_t person_id) {
  return db.one(fmt::format("{} WHERE r.project_id = ? AND r.person_id = ? AND r.state = 'waiting'", select),
                {project_id, person_id}, read_request);
}

std::vector<JoinRequest> waiting_for(Connection& db, std::int64_t coordinator, std::int64_t person_id) {
  std::vector<JoinRequest> result;
  db.each(fmt::format("{} WHERE r.person_id = ? AND r.state = 'waiting' AND EXISTS (SELECT 1 FROM memberships m "
                      "WHERE m.project_id = r.project_id AND m.person_id = ? AND m.role = 'coordinator') "
                      "ORDER BY r.id LIMIT 2",
                      select),
          {person_id, coordinator}, [&](const Row& row) { result.push_back(read_request(row)); });
  return result;
}

bool decide(Connection& db, std::int64_t id, std::string_view state, std::int64_t by, std::string_view reason,
            std::chrono::sys_seconds now) {
  return db.run(
             "UPDATE join_requests SET state = ?, decided_by = ?, decided_at = ?, reason = ? "
             "WHERE id = ? AND state = 'waiting'",
             {state, by, now, reason, id}) > 0;
}

}  // namespace osrbot::storage::join_requests
