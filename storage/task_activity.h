// Tasks under way that nobody has touched for a while. Blocked tasks may be quiet.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <vector>

#include "storage/sql.h"
#include "storage/tasks.h"

namespace osrbot::storage::tasks {

/// Tasks without human activity since `before` whose owners have not been asked about it, the quietest first.
std::vector<Task> quiet_since(Connection& db, std::chrono::sys_seconds before, int limit);

/// Tasks whose owners have been asked, before `before` and did nothing since, the longest ago first.
std::vector<Task> unanswered_since(Connection& db, std::chrono::sys_seconds before, int limit);

/// The owner is to be asked; any activity takes the mark away again.
void mark_nudged(Connection& db, std::int64_t id, std::chrono::sys_seconds now);

/// Starts to count days without activity anew.
void forget_nudge(Connection& db, std::int64_t id, std::chrono::sys_seconds now);

/// Tasks of a person about which they are to be asked and have not been.
std::vector<Task> nudges_untold(Connection& db, std::int64_t person_id, int limit);

/// The owner has been asked.
void mark_nudge_told(Connection& db, std::int64_t id);

/// Unfinished tasks that a person holds and that are due from `from` to `to`.
std::vector<Task> due_between(Connection& db, std::int64_t person_id, std::chrono::year_month_day from,
                              std::chrono::year_month_day to, int limit);

/// The first day from `from` on on which a task of a person is due.
std::optional<std::chrono::year_month_day> next_due_day(Connection& db, std::int64_t person_id,
                                                        std::chrono::year_month_day from);

}  // namespace osrbot::storage::tasks
