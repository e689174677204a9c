// Forgetting people: afterwards no row holds anything of theirs. What goes, what stays and why: docs/privacy.md.
#pragma once

#include <chrono>
#include <cstdint>
#include <string>
#include <vector>

#include "storage/manuscripts.h"
#include "storage/people.h"
#include "storage/sql.h"

namespace osrbot::storage::forgetting {

/// What is going to happen, for the person to see before it does.
struct Consequences {
  std::vector<people::Account> accounts;
  std::vector<std::int64_t> projects;       ///< that they are in
  std::vector<std::int64_t> uncoordinated;  ///< those of them that nobody will coordinate any more
  std::vector<std::int64_t> tasks;          ///< that are open again
  std::vector<manuscripts::Paper> papers;   ///< that have gone out with their credit
  std::int64_t reminders = 0;
  std::int64_t finished_tasks = 0;  ///< which stay with their projects
};

/// At most `limit` of each list.
Consequences consequences(Connection& db, std::int64_t person_id, int limit);

/// Erases a person over all platforms: their own rows go, what belongs to projects stays without them, tasks that they
/// held are open again, their audit events name nobody. Their accounts are noted as keyed hashes, for restored backups.
/// One transaction of the caller's.
void forget(Connection& db, std::int64_t person_id, std::chrono::sys_seconds now);

/// The person to whom rows refer that have to refer to somebody and whose somebody was forgotten: nameless, number 0.
inline constexpr std::int64_t nobody = 0;

/// Takes over from another database whom it has forgotten, and forgets those again who are in this one since before.
/// For a backup that takes the place of `newer`. How many people that were.
std::int64_t forget_again(Connection& db, Connection& newer, std::chrono::sys_seconds now);

/// Deletes hashes of those who were forgotten before `before`, at most `limit`; how many.
std::int64_t prune(Connection& db, std::chrono::sys_seconds before, int limit);

}  // namespace osrbot::storage::forgetting
