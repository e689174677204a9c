// What a project did in a week or a month: as a message fit for forwarding, and as a file.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "adapters/message.h"
#include "commands/catalogue.h"
#include "commands/command.h"
#include "commands/vocabulary.h"
#include "storage/credits.h"
#include "storage/needs.h"
#include "storage/progress.h"
#include "storage/projects.h"
#include "storage/tasks.h"

namespace osrbot {

Command report();

struct Report {
  storage::Project project;
  storage::progress::Period period;
  storage::tasks::Counts counts;
  storage::progress::Lines done;
  storage::progress::Lines added;
  storage::progress::Lines under_way;
  storage::progress::Lines blocked;
  storage::progress::Lines late;  ///< at the end of the period, in UTC
  storage::progress::Lines open;
  std::int64_t people_wanted = 0;
  std::vector<storage::Need> needs;  ///< the first that are open
  storage::credits::Waiting credit;
  std::int64_t approvals = 0;  ///< of the manuscript that are missing
};

/// The last 7 or 30 days, whole days in UTC up to now.
storage::progress::Period last_week(std::chrono::sys_seconds now);
storage::progress::Period last_month(std::chrono::sys_seconds now);

/// @param lines how many of each kind are listed; the others are counted
Report report_on(storage::Connection& db, const storage::Project& project, const storage::progress::Period& period,
                 int lines);

std::vector<Block> report_blocks(const Report& report, const Catalogue& words, const Vocabulary& vocabulary,
                                 std::string_view language);

/// One row for each task that the report names; a late one is in two sections: section, task, title, state, person,
/// date, due, evidence.
std::string report_csv(const Report& report);

/// One row for each task of a project.
std::string tasks_csv(storage::Connection& db, std::int64_t project_id);

/// "▓▓▓░░░░░░░": how much of all is done. Full only when everything is.
std::string progress_bar(std::int64_t done, std::int64_t all);

}  // namespace osrbot
