// Tasks: what is to be done, by whom, and how far it is. A task has one owner, or none.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
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
  std::optional<std::chrono::sys_seconds> last_activity;  ///< of a person, since it was claimed
  std::optional<std::chrono::sys_seconds> nudged_at;      ///< its owner was asked whether it goes on
  std::string handover;                                   ///< what the last owner left for the next one
  std::string evidence;
  std::string size;   ///< "30 min", "half a day", "days", "co-lead" or empty
  std::string skill;  ///< free words
  int progress = 0;   ///< percent
  std::optional<std::chrono::year_month_day> due;
  std::string block_reason;

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

/// A sign of life from whoever works on a task: it is not quiet any more. `progress`: percent.
void work(Connection& db, std::int64_t id, int progress, std::chrono::sys_seconds now);

/// A task under way cannot go on, and why; it may be quiet for as long as it is blocked.
void block(Connection& db, std::int64_t id, std::string_view reason, std::chrono::sys_seconds now);
void unblock(Connection& db, std::int64_t id, std::chrono::sys_seconds now);

/// Makes a held task open again; `handover` is kept for the next owner.
void release(Connection& db, std::int64_t id, std::string_view handover);

/// Finishes a task. `owner`: who did it.
void finish(Connection& db, std::int64_t id, std::int64_t owner, std::string_view evidence,
            std::chrono::sys_seconds now);

/// Makes a finished or cancelled task open again; a done one goes back to whoever did it.
void reopen(Connection& db, std::int64_t id, std::chrono::sys_seconds now);

void cancel(Connection& db, std::int64_t id);

void set_title(Connection& db, std::int64_t id, std::string_view title);
void set_size(Connection& db, std::int64_t id, std::string_view size);
void set_skill(Connection& db, std::int64_t id, std::string_view skill);
void set_due(Connection& db, std::int64_t id, std::optional<std::chrono::year_month_day> due);

/// Tasks of a project in any of `states`, in the order of their numbers, from after number `after` on.
std::vector<Task> list(Connection& db, std::int64_t project_id, std::initializer_list<TaskState> states,
                       std::int64_t after, int limit);

/// Unfinished tasks of a project that were due before `day`, in the order of their numbers.
std::vector<Task> overdue(Connection& db, std::int64_t project_id, std::chrono::year_month_day day, std::int64_t after,
                          int limit);

/// Open tasks in a person's projects that were added after `since`, the newest first.
std::vector<Task> fresh_for(Connection& db, std::int64_t person_id, std::chrono::sys_seconds since, int limit);

/// Unfinished tasks that a person holds, over all projects; in one project.
std::vector<Task> held_by(Connection& db, std::int64_t person_id, int limit, std::int64_t after = 0);
std::vector<Task> held_by_in(Connection& db, std::int64_t person_id, std::int64_t project_id, int limit);

/// A task of a project that is held by somebody who is not in its team: there must be none.
std::optional<Task> held_by_nonmember(Connection& db, std::int64_t project_id);

/// Open tasks of half an hour, in the order of their numbers: of all projects that are not archived, that `viewer` may
/// see, and where they have declared no conflict of interest.
std::vector<Task> small_open(Connection& db, std::int64_t viewer, int limit);

/// Whether a person has finished a task yet.
bool has_finished_any(Connection& db, std::int64_t person_id);

struct Counts {
  std::int64_t open = 0;
  std::int64_t under_way = 0;  ///< claimed, doing or blocked
  std::int64_t blocked = 0;
  std::int64_t done = 0;

  std::int64_t all() const { return open + under_way + done; }
};

/// Tasks of a project by state; cancelled ones do not count. `held` is told the owner of each task that is under way.
Counts count(Connection& db, std::int64_t project_id, const std::function<void(std::int64_t owner)>& held = {});

}  // namespace tasks
}  // namespace osrbot::storage
