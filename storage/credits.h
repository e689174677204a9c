// The ledger of contributions: who did what in a project, in the 14 roles of CRediT (https://credit.niso.org). It is
// only added to: what is said of a credit holds until something else is said of it, and nothing is overwritten.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "storage/sql.h"

namespace osrbot::storage {

/// What is said of a credit at one time.
struct Contribution {
  std::string role;      ///< CRediT's slug: "formal-analysis"
  std::string degree;    ///< "lead", "equal", "supporting"
  std::string evidence;  ///< a link or words; may be empty
  bool confirmed_by_person = false;
  std::optional<std::int64_t> confirmed_by_lead;  ///< a coordinator; 0: one who was forgotten since
  std::string dispute;                            ///< why it is said not to be so; empty: nobody says that
  bool is_withdrawn = false;

  bool is_confirmed() const { return confirmed_by_person && confirmed_by_lead && dispute.empty() && !is_withdrawn; }
  bool operator==(const Contribution&) const = default;
};

/// A credit as it stands.
struct Credit {
  std::int64_t id = 0;
  std::int64_t project_id = 0;
  std::int64_t person_id = 0;
  std::string person_name;
  std::optional<std::int64_t> task_id;
  std::string task_title;     ///< empty: no single task
  bool is_work_done = true;   ///< there is no task, or it is done: before that nothing can be confirmed
  std::string task_evidence;  ///< what was given when the task was done
  Contribution standing;
  std::int64_t written_by = 0;
  std::chrono::sys_seconds at{};

  bool counts() const { return standing.is_confirmed() && is_work_done; }
};

namespace credits {

enum class Kind { claimed, evidenced, confirmed, corrected, disputed, withdrawn, restored };
std::string_view to_string(Kind kind);

/// Opens a credit; its number.
std::int64_t open(Connection& db, std::int64_t project_id, std::int64_t person_id, std::optional<std::int64_t> task_id,
                  const Contribution& first, std::int64_t written_by, std::chrono::sys_seconds now);

/// Adds what is said of a credit now; it supersedes what was said before.
void add(Connection& db, std::int64_t credit_id, Kind kind, const Contribution& said, std::int64_t written_by,
         std::chrono::sys_seconds now);

/// A credit as it stands, also one that was withdrawn.
std::optional<Credit> find(Connection& db, std::int64_t id);

/// The number of the ledger's last line about a credit.
std::int64_t last_line(Connection& db, std::int64_t credit_id);

/// What was said of a credit before the last thing; nothing when there was only one.
std::optional<Contribution> before_last(Connection& db, std::int64_t credit_id);

// Credits that were not withdrawn, in the order of their numbers.
std::vector<Credit> of_person(Connection& db, std::int64_t project_id, std::int64_t person_id, int limit);
std::vector<Credit> of_task(Connection& db, std::int64_t task_id, int limit);

/// Over all projects, from after number `after` on.
std::vector<Credit> everywhere_of(Connection& db, std::int64_t person_id, std::int64_t after, int limit);

/// Calls `found` for each credit of a project that was not withdrawn, person by person.
void each(Connection& db, std::int64_t project_id, const std::function<void(const Credit&)>& found);

/// People with credits in a project, from after person `after` on.
std::vector<std::int64_t> people(Connection& db, std::int64_t project_id, std::int64_t after, int limit);

/// A line of the ledger.
struct Line {
  std::int64_t credit_id = 0;
  std::int64_t person_id = 0;
  std::optional<std::int64_t> task_id;
  std::string kind;
  Contribution said;
  std::int64_t written_by = 0;
  std::chrono::sys_seconds at{};
};
/// The whole ledger of a project as it was written.
void replay(Connection& db, std::int64_t project_id, const std::function<void(const Line&)>& line);

/// What waits for people: claims for finished work that are not confirmed by both, and finished tasks for which nobody
/// has a credit.
struct Waiting {
  std::int64_t unconfirmed = 0;
  std::int64_t tasks_without = 0;
};
Waiting waiting(Connection& db, std::int64_t project_id);
/// The first of these alone: it takes as long as there are credits, the other as there are finished tasks.
std::int64_t unconfirmed(Connection& db, std::int64_t project_id);

/// Credits that wait for a confirmation: by the person themself; by a lead.
std::vector<Credit> unconfirmed_by_person(Connection& db, std::int64_t person_id, int limit);
std::vector<Credit> unconfirmed_by_lead(Connection& db, std::int64_t project_id, int limit);

/// A finished task for which nobody has a credit.
struct Uncredited {
  std::int64_t task_id = 0;
  std::string title;
  std::optional<std::int64_t> person_id;  ///< who did it
  std::string person_name;
};
std::vector<Uncredited> without_credit(Connection& db, std::int64_t project_id, int limit);

}  // namespace credits
}  // namespace osrbot::storage
