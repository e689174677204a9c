// How a task stands in the database: the columns that every query over tasks reads.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "storage/sql.h"
#include "storage/tasks.h"

namespace osrbot::storage {

/// A due day as the database has it (days.h); empty: no day.
std::string due_text(std::optional<std::chrono::year_month_day> day);

/// The reverse.
std::optional<std::chrono::year_month_day> due_from(const std::string& text);

/// The state of that name. Throws Error when there is none.
TaskState task_state_from(std::string_view name);

/// The tasks (`t` in `where`, which begins with WHERE) that a query finds.
std::vector<Task> tasks_where(Connection& db, std::string_view where, Parameters parameters);

}  // namespace osrbot::storage
