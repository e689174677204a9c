#include "storage/profiles.h"

namespace osrbot::storage {

std::string_view to_string(SkillKind kind) {
  return kind == SkillKind::has ? "has" : "wants";
}

namespace profiles {
namespace {

using std::chrono::sys_seconds;

constexpr std::chrono::days activity_grain{1};

Profile read_profile(const Row& row) {
  return {.person_id = row.integer(0),
          .country = row.text(1),
          .hours = row.is_null(2) ? std::nullopt : std::optional(row.real(2)),
          .career_stage = row.text(3),
          .discipline = row.text(4),
          .orcid = row.text(5),
          .task_limit = row.maybe_integer(6),
          .quiet_from = row.text(7),
          .quiet_until = row.text(8),
          .paused_until = row.maybe_time(9),
          .stopped_at = row.maybe_time(10),
          .growth = row.boolean(11),
          .consent_version = row.maybe_integer(12),
          .consented_at = row.maybe_time(13),
          .consent_channel = row.text(14),
          .invitations_open = row.boolean(15),
          .last_active_at = row.maybe_time(16)};
}

/// There is no telling without consent: the schema refuses it for a profile's own row, and this for what hangs on it.
void demand_consent(Connection& db, std::int64_t person_id) {
  const auto given = db.one("SELECT 1 FROM profiles WHERE person_id = ? AND consent_version IS NOT NULL", {person_id},
                            [](const Row&) { return true; });
  if (!given) throw Error(Error::Kind::constraint, "a profile is kept of people who have consented only");
}

}  // namespace

std::optional<Profile> find(Connection& db, std::int64_t person_id) {
  return db.one(
      "SELECT person_id, country, hours, career_stage, discipline, orcid, task_limit, quiet_from, quiet_until, "
      "paused_until, stopped_at, growth, consent_version, consented_at, consent_channel, invitations_open, "
      "last_active_at FROM profiles WHERE person_id = ?",
      {person_id}, read_profile);
}

void consent(Connection& db, std::int64_t person_id, std::int64_t version, std::string_view channel, sys_seconds now) {
  db.run(
      "INSERT INTO profiles (person_id, consent_version, consented_at, consent_channel, last_active_at) "
      "VALUES (?, ?, ?, ?, ?) ON CONFLICT (person_id) DO UPDATE SET consent_version = excluded.consent_version, "
      "consented_at = excluded.consented_at, consent_channel = excluded.consent_channel, "
      "last_active_at = excluded.last_active_at",
      {person_id, version, now, channel, now});
}

void describe(Connection& db, const Profile& profile) {
  demand_consent(db, profile.person_id);
  db.run(
      "UPDATE profiles SET country = ?, hours = ?, career_stage = ?, discipline = ?, orcid = ?, task_limit = ?, "
      "quiet_from = ?, quiet_until = ?, growth = ? WHERE person_id = ?",
      {profile.country, profile.hours, profile.career_stage, profile.discipline, profile.orcid, profile.task_limit,
       profile.quiet_from, profile.quiet_until, profile.growth, profile.person_id});
}

void set_paused_until(Connection& db, std::int64_t person_id, std::optional<sys_seconds> until) {
  db.run(
      "INSERT INTO profiles (person_id, paused_until) VALUES (?, ?) "
      "ON CONFLICT (person_id) DO UPDATE SET paused_until = excluded.paused_until",
      {person_id, until});
}

void set_stopped_at(Connection& db, std::int64_t person_id, std::optional<sys_seconds> at) {
  db.run(
      "INSERT INTO profiles (person_id, stopped_at) VALUES (?, ?) "
      "ON CONFLICT (person_id) DO UPDATE SET stopped_at = excluded.stopped_at",
      {person_id, at});
}

void set_quiet_hours(Connection& db, std::int64_t person_id, std::string_view from, std::string_view until) {
  db.run(
      "INSERT INTO profiles (person_id, quiet_from, quiet_until) VALUES (?, ?, ?) "
      "ON CONFLICT (person_id) DO UPDATE SET quiet_from = excluded.quiet_from, quiet_until = excluded.quiet_until",
      {person_id, from, until});
}

void set_invitations_open(Connection& db, std::int64_t person_id, bool open) {
  db.run(
      "INSERT INTO profiles (person_id, invitations_open) VALUES (?, ?) "
      "ON CONFLICT (person_id) DO UPDATE SET invitations_open = excluded.invitations_open",
      {person_id, open ? 1 : 0});
}

void note_activity(Connection& db, std::int64_t person_id, sys_seconds now) {
  db.run("UPDATE profiles SET last_active_at = ?1 WHERE person_id = ?2 AND COALESCE(last_active_at, 0) <= ?3",
         {now, person_id, now - activity_grain});
}

std::vector<PersonSkill> skills(Connection& db, std::int64_t person_id) {
  std::vector<PersonSkill> result;
  db.each("SELECT skill, kind = 'wants' FROM person_skills WHERE person_id = ? ORDER BY skill", {person_id},
          [&](const Row& row) {
            result.push_back({row.text(0), row.boolean(1) ? SkillKind::wants : SkillKind::has});
          });
  return result;
}

void set_skill(Connection& db, std::int64_t person_id, std::string_view skill, SkillKind kind) {
  demand_consent(db, person_id);
  db.run(
      "INSERT INTO person_skills (person_id, skill, kind) VALUES (?, ?, ?) "
      "ON CONFLICT (person_id, skill) DO UPDATE SET kind = excluded.kind",
      {person_id, skill, to_string(kind)});
}

void remove_skill(Connection& db, std::int64_t person_id, std::string_view skill) {
  db.run("DELETE FROM person_skills WHERE person_id = ? AND skill = ?", {person_id, skill});
}

void remove_skills(Connection& db, std::int64_t person_id, SkillKind kind) {
  db.run("DELETE FROM person_skills WHERE person_id = ? AND kind = ?", {person_id, to_string(kind)});
}

std::vector<std::string> languages(Connection& db, std::int64_t person_id) {
  std::vector<std::string> result;
  db.each("SELECT language FROM person_languages WHERE person_id = ? ORDER BY language", {person_id},
          [&](const Row& row) { result.push_back(row.text(0)); });
  return result;
}

void set_languages(Connection& db, std::int64_t person_id, const std::vector<std::string>& languages) {
  demand_consent(db, person_id);
  db.run("DELETE FROM person_languages WHERE person_id = ?", {person_id});
  for (const std::string& language : languages) {
    db.run("INSERT INTO person_languages (person_id, language) VALUES (?, ?) ON CONFLICT DO NOTHING",
           {person_id, language});
  }
}

bool declare_conflict(Connection& db, std::int64_t person_id, std::int64_t project_id, sys_seconds now) {
  demand_consent(db, person_id);
  return db.run(
             "INSERT INTO conflicts_of_interest (person_id, project_id, declared_at) VALUES (?, ?, ?) "
             "ON CONFLICT (person_id, project_id) DO NOTHING",
             {person_id, project_id, now}) > 0;
}

bool withdraw_conflict(Connection& db, std::int64_t person_id, std::int64_t project_id) {
  return db.run("DELETE FROM conflicts_of_interest WHERE person_id = ? AND project_id = ?", {person_id, project_id}) >
         0;
}

std::vector<std::int64_t> conflicts(Connection& db, std::int64_t person_id) {
  std::vector<std::int64_t> result;
  db.each("SELECT project_id FROM conflicts_of_interest WHERE person_id = ? ORDER BY project_id", {person_id},
          [&](const Row& row) { result.push_back(row.integer(0)); });
  return result;
}

}  // namespace profiles
}  // namespace osrbot::storage
