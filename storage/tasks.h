// Tasks: what is to be done, by whom, and how far it is. A task has one owner, or none.
#pragma once

#include <chrono>
#include <cstdint>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "storage/sql.h"

namespace osrbot::storage {

enum class TaskState { open, claimed, doing, blocked, done, cancelled };

std::string_view to_string(TaskState state);

struct Task {
  std::int64_t id = 0;
  std::int64_t project_id = 0;
  std::string title;
  TaskState state = TaskState::open;
  std::optional<std::int64_t> owner_id;
  std::string owner_name;  ///< empty when there is no owner
  std::optional<std::chrono::sys_seconds> claimed_at;
  std::string handover;  ///< what the last owner left for the next one
  std::string evidence;

  bool is_held() const { return owner_id && state != TaskState::done && state != TaskState::cancelled; }
};

namespace tasks {

std::int64_t create(Connection& db, std::int64_t project_id, std::string_view title, std::int64_t creator,
                    std::chrono::sys_seconds now);

std::optional<Task> find(Connection& db, std::int64_t id);

/// Gives an open task to a person. False when it is not open (any more): somebody else was quicker.
bool claim(Connection& db, std::int64_t id, std::int64_t person_id, std::chrono::sys_seconds now);

/// Gives a task that is not finished to a person, whoever had it.
void assign(Connection& db, std::int64_t id, std::int64_t person_id, std::chrono::sys_seconds now);

/// Makes a held task open again; `handover` is kept for the next owner.
void release(Connection& db, std::int64_t id, std::string_view handover);

/// Finishes a task. `owner`: who did it.
void finish(Connection& db, std::int64_t id, std::int64_t owner, std::string_view evidence,
            std::chrono::sys_seconds now);

/// Tasks of a project in any of `states`, in the order of their numbers, from after number `after` on.
std::vector<Task> list(Connection& db, std::int64_t project_id, std::initializer_list<TaskState> states,
                       std::int64_t after, int limit);

/// Unfinished tasks that a person holds, over all projects.
std::vector<Task> held_by(Connection& db, std::int64_t person_id, int limit);

/// A task of a project that is held by somebody who is not in its team: there must be none.
std::optional<Task> held_by_nonmember(Connection& db, std::int64_t project_id);

/// Whether a person has finished a task yet.
bool has_finished_any(Connection& db, std::int64_t person_id);

struct Counts {
  std::int64_t open = 0;
  std::int64_t under_way = 0;  ///< claimed, doing or blocked
  std::int64_t blocked = 0;
  std::int64_t done = 0;

  std::int64_t all() const { return open + under_way + done; }
};
/// Tasks of a project by state; cancelled ones do not count.
Counts count(Connection& db, std::int64_t project_id);

}  // namespace tasks
}  // namespace osrbot::storage
