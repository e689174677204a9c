// Seniors who keep first-timers company with their first task: asked first, at most two first-timers each.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "storage/people.h"
#include "storage/sql.h"

namespace osrbot::storage {

struct Mentorship {
  std::int64_t id = 0;
  std::int64_t person_id = 0;  ///< the first-timer
  std::int64_t mentor_id = 0;
  std::int64_t task_id = 0;
  std::string skill;  ///< that both have, id of the vocabulary; may be empty
  std::string state;  ///< "asked", "accepted", "declined", "ended"
};

namespace mentorships {

inline constexpr int most_per_mentor = 2;

/// Somebody of a project's team who can keep a first-timer company, with the skill if it is not empty: not new
/// themselves, not asked before for this person, not with two first-timers already, not paused or stopped. Who calls
/// themselves senior comes first, then coordinators.
std::optional<Person> find_mentor(Connection& db, std::int64_t project_id, std::int64_t person_id,
                                  std::string_view skill, std::chrono::sys_seconds now);

/// Notes that a senior is asked; the number of the question.
std::int64_t ask(Connection& db, const Mentorship& mentorship, std::chrono::sys_seconds now);

std::optional<Mentorship> find(Connection& db, std::int64_t id);

/// The mentorship of a first-timer that is asked for or goes on.
std::optional<Mentorship> of_person(Connection& db, std::int64_t person_id);

/// False when it is not in the state `from` (any more).
bool set_state(Connection& db, std::int64_t id, std::string_view from, std::string_view to,
               std::chrono::sys_seconds now);

}  // namespace mentorships
}  // namespace osrbot::storage
