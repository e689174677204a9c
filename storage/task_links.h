// What binds tasks to people who help, and to each other.
#pragma once

#include <chrono>
#include <cstdint>
#include <vector>

#include "storage/people.h"
#include "storage/sql.h"
#include "storage/tasks.h"

namespace osrbot::storage::tasks {

/// Makes somebody a helper of a task. False when they are one already.
bool add_helper(Connection& db, std::int64_t id, std::int64_t person_id, std::chrono::sys_seconds now);

/// False when they are none.
bool remove_helper(Connection& db, std::int64_t id, std::int64_t person_id);

/// Who helps with a task, the longest first.
std::vector<Person> helpers(Connection& db, std::int64_t id);

/// Unfinished tasks that a person helps with.
std::vector<Task> helped_by(Connection& db, std::int64_t person_id, int limit);

/// Says that a task can only be finished after another one. False when that would close a circle.
bool add_dependency(Connection& db, std::int64_t id, std::int64_t depends_on);

/// False when there was none.
bool remove_dependency(Connection& db, std::int64_t id, std::int64_t depends_on);

/// Unfinished tasks that have to be finished first.
std::vector<Task> waits_for(Connection& db, std::int64_t id);

/// Unfinished tasks that wait for this one.
std::vector<Task> awaited_by(Connection& db, std::int64_t id);

}  // namespace osrbot::storage::tasks
