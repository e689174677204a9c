// Needs: whom a project looks for, and who has come.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "storage/sql.h"

namespace osrbot::storage {

enum class NeedState { open, filled, closed };

std::string_view to_string(NeedState state);

struct Need {
  std::int64_t id = 0;
  std::int64_t project_id = 0;
  std::string skill;            ///< in the coordinator's words
  std::string skill_id = {};    ///< what they mean in the vocabulary of skills; empty: nothing in it
  std::int64_t count = 1;       ///< how many people, 1 to 100
  std::int64_t filled = 0;      ///< how many have come
  std::optional<double> hours;  ///< a week
  std::optional<std::chrono::year_month_day> deadline;
  std::string credit;     ///< "", "authorship", "group authorship" or "acknowledgement"
  std::string team_role;  ///< which whoever comes takes on; empty: none
  NeedState state = NeedState::open;
  std::string closed_why;

  std::int64_t wanted() const { return count > filled ? count - filled : 0; }
};

namespace needs {

/// Creates a need from all but its `id`, `filled`, `state` and `closed_why`; its number.
std::int64_t create(Connection& db, const Need& need, std::int64_t creator, std::chrono::sys_seconds now);

std::optional<Need> find(Connection& db, std::int64_t id);

/// The number of the need that was created last; 0: there is none.
std::int64_t newest(Connection& db);

/// Writes skill and its id, count, hours, deadline, credit and team role; a need that is not closed opens or is filled
/// by it.
void edit(Connection& db, const Need& need);

void close(Connection& db, std::int64_t id, std::string_view why);

/// Opens a closed need again; filled if enough people have come.
void reopen(Connection& db, std::int64_t id);

/// Notes that somebody came for a need; it is filled by the last one. False when they had come already.
bool add_person(Connection& db, std::int64_t id, std::int64_t person_id, std::chrono::sys_seconds now);

/// Notes that somebody is gone; a filled need opens again. False when they were not there.
bool remove_person(Connection& db, std::int64_t id, std::int64_t person_id);

/// Makes a need say how many have come, after its people were changed by other ways than these.
void recount(Connection& db, std::int64_t id);

/// Needs of a project that somebody came for.
std::vector<std::int64_t> of_person(Connection& db, std::int64_t project_id, std::int64_t person_id);

/// Names of those who came, at most `limit`.
std::vector<std::string> people(Connection& db, std::int64_t id, int limit);

/// Needs from after number `after` on, in the order of their numbers, at most `limit`: of a project, or of all projects
/// that are not archived and that `viewer` may see.
std::vector<Need> of_project(Connection& db, std::int64_t project_id, bool open_only, std::int64_t after, int limit);
std::vector<Need> open_everywhere(Connection& db, std::int64_t viewer, std::int64_t after, int limit);

/// Open needs for a skill of the vocabulary in projects that somebody may see, is not part of and has declared no
/// conflict of interest in, the newest first, at most `limit`.
std::vector<Need> open_for_skill(Connection& db, std::string_view skill_id, std::int64_t viewer, int limit);

/// How many people a project still looks for.
std::int64_t people_wanted(Connection& db, std::int64_t project_id);

}  // namespace needs
}  // namespace osrbot::storage
