// What is to happen at a time.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "storage/sql.h"

namespace osrbot::storage::jobs {

struct Job {
  std::int64_t id = 0;
  std::string kind;        ///< "outbox.prune": who handles it
  std::string unique_key;  ///< "reminder:T12:7"
  std::chrono::sys_seconds due_at{};
  std::string payload;  ///< JSON
};

/// Plans a job, or moves the one with the same key.
void plan(Connection& db, std::string_view kind, std::string_view unique_key, std::chrono::sys_seconds due_at,
          std::string_view payload = "{}");

/// Plans a job unless there is one with that key.
void plan_once(Connection& db, std::string_view kind, std::string_view unique_key, std::chrono::sys_seconds due_at,
               std::string_view payload = "{}");

/// Drops the job with that key, if there is one.
void drop(Connection& db, std::string_view unique_key);

/// Drops all jobs whose keys begin with `prefix`, which ends in ':'.
void drop_all(Connection& db, std::string_view prefix);

/// A number that no job has: for keys of jobs that must not take each other's place.
std::int64_t next_id(Connection& db);

/// Jobs that are due, the oldest first, at most `limit`.
std::vector<Job> due(Connection& db, std::chrono::sys_seconds now, int limit);

/// When the next job is due.
std::optional<std::chrono::sys_seconds> next_due(Connection& db);

}  // namespace osrbot::storage::jobs
