#include "storage/mentorships.h"

namespace osrbot::storage::mentorships {
namespace {

Mentorship read_mentorship(const Row& row) {
  return {.id = row.integer(0),
          .person_id = row.integer(1),
          .mentor_id = row.integer(2),
          .task_id = row.integer(3),
          .skill = row.text(4),
          .state = row.text(5)};
}

}  // namespace

std::optional<Person> find_mentor(Connection& db, std::int64_t project_id, std::int64_t person_id,
                                  std::string_view skill, std::chrono::sys_seconds now) {
  return db.one(
      "SELECT p.id, p.name, p.language, p.time_zone, p.first_timer FROM memberships m "
      "JOIN people p ON p.id = m.person_id LEFT JOIN profiles f ON f.person_id = m.person_id "
      "WHERE m.project_id = ?1 AND m.person_id <> ?2 AND p.first_timer = 0 AND f.stopped_at IS NULL "
      "AND COALESCE(f.paused_until, 0) <= ?4 AND COALESCE(f.career_stage, '') <> 'student' "
      "AND (?3 = '' OR EXISTS (SELECT 1 FROM person_skills s WHERE s.person_id = m.person_id AND s.skill = ?3 "
      "AND s.kind = 'has')) "
      "AND NOT EXISTS (SELECT 1 FROM mentorships a WHERE a.person_id = ?2 AND a.mentor_id = m.person_id) "
      "AND (SELECT COUNT(*) FROM mentorships b WHERE b.mentor_id = m.person_id AND b.state IN ('asked', 'accepted')) "
      "< ?5 ORDER BY f.career_stage = 'senior' DESC, m.role = 'coordinator' DESC, m.joined_at, m.person_id LIMIT 1",
      {project_id, person_id, skill, now, most_per_mentor}, [](const Row& row) {
        return Person{.id = row.integer(0),
                      .name = row.text(1),
                      .language = row.text(2),
                      .time_zone = row.text(3),
                      .first_timer = row.boolean(4)};
      });
}

std::int64_t ask(Connection& db, const Mentorship& mentorship, std::chrono::sys_seconds now) {
  return db.number(
      "INSERT INTO mentorships (person_id, mentor_id, task_id, skill, asked_at) VALUES (?, ?, ?, ?, ?) RETURNING id",
      {mentorship.person_id, mentorship.mentor_id, mentorship.task_id, mentorship.skill, now});
}

std::optional<Mentorship> find(Connection& db, std::int64_t id) {
  return db.one("SELECT id, person_id, mentor_id, task_id, skill, state FROM mentorships WHERE id = ?", {id},
                read_mentorship);
}

std::optional<Mentorship> of_person(Connection& db, std::int64_t person_id) {
  return db.one(
      "SELECT id, person_id, mentor_id, task_id, skill, state FROM mentorships "
      "WHERE person_id = ? AND state IN ('asked', 'accepted')",
      {person_id}, read_mentorship);
}

bool set_state(Connection& db, std::int64_t id, std::string_view from, std::string_view to,
               std::chrono::sys_seconds now) {
  return db.run("UPDATE mentorships SET state = ?, decided_at = ? WHERE id = ? AND state = ?", {to, now, id, from}) > 0;
}

}  // namespace osrbot::storage::mentorships
