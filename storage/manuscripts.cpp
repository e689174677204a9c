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

void publish(Connection& db, std::int64_t project_id, std::chrono::sys_seconds now) {
  db.run(
      "INSERT INTO published_credits (credit_id, version, published_at) "
      "SELECT c.id, (SELECT MAX(m.version) FROM manuscripts m WHERE m.project_id = c.project_id), ?2 FROM credits c "
      "JOIN contributions l ON l.id = (SELECT MAX(id) FROM contributions WHERE credit_id = c.id) "
      "LEFT JOIN tasks t ON t.id = c.task_id "
      "WHERE c.project_id = ?1 AND l.confirmed_by_person = 1 AND l.is_lead_sure = 1 AND l.dispute = '' AND "
      "l.is_withdrawn = 0 AND (t.id IS NULL OR t.state = 'done') "
      "ON CONFLICT (credit_id) DO UPDATE SET version = excluded.version, published_at = excluded.published_at",
      {project_id, now});
}

std::vector<Paper> published_with(Connection& db, std::int64_t person_id, int limit) {
  std::vector<Paper> papers;
  db.each(
      "SELECT c.project_id, COALESCE(MAX(p.version), 0) FROM credits c JOIN published_credits p ON p.credit_id = c.id "
      "WHERE c.person_id = ? GROUP BY c.project_id ORDER BY c.project_id LIMIT ?",
      {person_id, limit},
      [&](const Row& row) { papers.push_back({.project_id = row.integer(0), .version = row.integer(1)}); });
  return papers;
}

}  // namespace osrbot::storage::manuscripts
