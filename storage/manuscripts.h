// Versions of a project's manuscript, and what its authors say to each: ICMJE asks for approval of the version to be
// published, so an approval holds for one version only.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "storage/sql.h"

namespace osrbot::storage {

struct Manuscript {
  std::int64_t project_id = 0;
  std::int64_t version = 0;  ///< from 1 on
  std::string link;
  std::int64_t added_by = 0;
  std::chrono::sys_seconds added_at{};
};

/// What somebody said to a version. Silence is not among them: it is no row, and no approval.
struct Approval {
  std::int64_t person_id = 0;
  bool approved = false;  ///< false: objects
  std::string reason;     ///< of an objection
  std::chrono::sys_seconds at{};
};

namespace manuscripts {

void add(Connection& db, const Manuscript& manuscript);
std::optional<Manuscript> latest(Connection& db, std::int64_t project_id);

/// What somebody says to a version now, in place of what they said before.
void answer(Connection& db, std::int64_t project_id, std::int64_t version, const Approval& approval);
std::vector<Approval> answers(Connection& db, std::int64_t project_id, std::int64_t version);

/// Notes that a project's credit goes out with the latest version: of each credit that counts now.
void publish(Connection& db, std::int64_t project_id, std::chrono::sys_seconds now);

/// A paper that has gone out with somebody's credit.
struct Paper {
  std::int64_t project_id = 0;
  std::int64_t version = 0;  ///< the last that went out; 0: the bot was shown none
};
std::vector<Paper> published_with(Connection& db, std::int64_t person_id, int limit);

}  // namespace manuscripts
}  // namespace osrbot::storage
