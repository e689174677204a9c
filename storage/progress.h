// How far a project is: read together, for overviews and reports. Nothing here writes.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "storage/sql.h"
#include "storage/tasks.h"

namespace osrbot::storage::progress {

/// A task as reports and tables show it. Dates are ISO days, empty when there is none.
struct Line {
  std::int64_t id = 0;
  std::string title;
  std::string state;
  std::string owner;  ///< name; empty: nobody
  std::string size;
  std::string skill;
  std::int64_t progress = 0;  ///< percent
  std::string due;
  std::string created;
  std::string claimed;
  std::string done;
  std::string evidence;
};

/// Tasks of one kind, with how many there are in all.
struct Lines {
  std::vector<Line> first;
  std::int64_t all = 0;
};

/// Half-open.
struct Period {
  std::chrono::sys_seconds from;
  std::chrono::sys_seconds to;
};

// Of a project, the earliest first, at most `limit` of them.
Lines finished(Connection& db, std::int64_t project_id, const Period& period, int limit);
Lines added(Connection& db, std::int64_t project_id, const Period& period, int limit);
Lines unowned(Connection& db, std::int64_t project_id, int limit);
Lines under_way(Connection& db, std::int64_t project_id, int limit);
Lines blocked(Connection& db, std::int64_t project_id, int limit);
Lines overdue(Connection& db, std::int64_t project_id, std::string_view today, int limit);

/// Every task of a project, in the order of their numbers.
void each_task(Connection& db, std::int64_t project_id, const std::function<void(const Line&)>& line);

struct Load {
  std::string person;
  std::int64_t tasks = 0;  ///< held, not finished
};
/// How far a project is.
struct Standing {
  tasks::Counts counts;
  std::vector<Load> busiest;  ///< who holds most tasks, at most as many people as asked for
  std::int64_t overdue = 0;   ///< tasks
};
Standing standing(Connection& db, std::int64_t project_id, std::string_view today, std::size_t people);

}  // namespace osrbot::storage::progress
