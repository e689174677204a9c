#include "storage/manuscripts.h"

namespace osrbot::storage::manuscripts {

void add(Connection& db, const Manuscript& manuscript) {
  db.run("INSERT INTO manuscripts (project_id, version, link, added_by, added_at) VALUES (?, ?, ?, ?, ?)",
         {manuscript.project_id, manuscript.version, manuscript.link, manuscript.added_by, manuscript.added_at});
}

std::optional<Manuscript> latest(Connection& db, std::int64_t project_id) {
  return db.one(
      "SELECT project_id, version, link, added_by, added_at FROM manuscripts WHERE project_id = ? "
      "ORDER BY version DESC LIMIT 1",
      {project_id}, [](const Row& row) {
        return Manuscript{.project_id = row.integer(0),
                          .version = row.integer(1),
                          .link = row.text(2),
                          .added_by = row.integer(3),
                          .added_at = row.time(4)};
      });
}

void answer(Connection& db, std::int64_t project_id, std::int64_t version, const Approval& approval) {
  db.run(
      "INSERT INTO approvals (project_id, version, person_id, answer, reason, at) VALUES (?, ?, ?, ?, ?, ?) "
      "ON CONFLICT (project_id, version, person_id) DO UPDATE SET answer = excluded.answer, reason = excluded.reason, "
      "at = excluded.at",
      {project_id, version, approval.person_id, approval.approved ? "approved" : "objected", approval.reason,
       approval.at});
}

std::vector<Approval> answers(Connection& db, std::int64_t project_id, std::int64_t version) {
  std::vector<Approval> result;
  db.each(
      "SELECT person_id, answer = 'approved', reason, at FROM approvals WHERE project_id = ? AND version = ? "
      "ORDER BY person_id",
      {project_id, version}, [&](const Row& row) {
        result.push_back(
            {.person_id = row.integer(0), .approved = row.boolean(1), .reason = row.text(2), .at = row.time(3)});
      });
  return result;
}

}  // namespace osrbot::storage::manuscripts
