// What people tell of themselves, so that they are offered work that fits. Nothing of it is kept before consent.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "storage/sql.h"

namespace osrbot::storage {

/// Empty members were not told.
struct Profile {
  std::int64_t person_id = 0;
  std::string country;          ///< ISO 3166-1 alpha-2
  std::optional<double> hours;  ///< a week
  std::string career_stage;
  std::string discipline;
  std::string orcid;                       ///< 0000-0002-1825-0097
  std::optional<std::int64_t> task_limit;  ///< tasks at a time that the person wants at most
  std::string quiet_from;                  ///< HH:MM of the person's clock; later than `quiet_until`: over midnight
  std::string quiet_until;
  std::optional<std::chrono::sys_seconds> paused_until;
  std::optional<std::chrono::sys_seconds> stopped_at;
  bool growth = false;                          ///< says to be a student, or new; where they live counts by itself
  std::optional<std::int64_t> consent_version;  ///< of the text that was agreed to; nothing: no consent
  std::optional<std::chrono::sys_seconds> consented_at;
  std::string consent_channel;  ///< the adapter where consent was given
  bool invitations_open = true;
  std::optional<std::chrono::sys_seconds> last_active_at;

  bool has_consent() const { return consent_version.has_value(); }
};

enum class SkillKind : std::uint8_t {
  has,    ///< can do it
  wants,  ///< wants to learn it
};

std::string_view to_string(SkillKind kind);

struct PersonSkill {
  std::string skill;  ///< id of the vocabulary
  SkillKind kind = SkillKind::has;

  bool operator==(const PersonSkill&) const = default;
};

/// Functions that store what a person told throw Error::Kind::constraint for somebody who has not consented.
namespace profiles {

/// What is known of a person; nothing for somebody who neither consented nor asked to be left alone.
std::optional<Profile> find(Connection& db, std::int64_t person_id);

/// Notes that a person agreed to a version of the consent text.
void consent(Connection& db, std::int64_t person_id, std::int64_t version, std::string_view channel,
             std::chrono::sys_seconds now);

/// Writes what the person tells: country, hours, career stage, discipline, ORCID, task limit, quiet hours, growth.
void describe(Connection& db, const Profile& profile);

/// To be left alone for a time, or until further notice; nothing: no more. Needs no consent.
void set_paused_until(Connection& db, std::int64_t person_id, std::optional<std::chrono::sys_seconds> until);
void set_stopped_at(Connection& db, std::int64_t person_id, std::optional<std::chrono::sys_seconds> at);
void set_quiet_hours(Connection& db, std::int64_t person_id, std::string_view from, std::string_view until);
void set_invitations_open(Connection& db, std::int64_t person_id, bool open);

/// Notes that the person did something, to the day: most calls write nothing.
void note_activity(Connection& db, std::int64_t person_id, std::chrono::sys_seconds now);

/// In the order of their ids.
std::vector<PersonSkill> skills(Connection& db, std::int64_t person_id);
/// A skill that the person had in the other way is turned.
void set_skill(Connection& db, std::int64_t person_id, std::string_view skill, SkillKind kind);
void remove_skill(Connection& db, std::int64_t person_id, std::string_view skill);
void remove_skills(Connection& db, std::int64_t person_id, SkillKind kind);

/// BCP-47, in their order.
std::vector<std::string> languages(Connection& db, std::int64_t person_id);
void set_languages(Connection& db, std::int64_t person_id, const std::vector<std::string>& languages);

/// Projects whose work the person may have an interest in. False when it was so already.
bool declare_conflict(Connection& db, std::int64_t person_id, std::int64_t project_id, std::chrono::sys_seconds now);
bool withdraw_conflict(Connection& db, std::int64_t person_id, std::int64_t project_id);
std::vector<std::int64_t> conflicts(Connection& db, std::int64_t person_id);

}  // namespace profiles
}  // namespace osrbot::storage
