// People who ask to join a project where a coordinator decides.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "storage/conversations.h"
#include "storage/sql.h"

namespace osrbot::storage {

struct JoinRequest {
  std::int64_t id = 0;
  std::int64_t project_id = 0;
  std::int64_t person_id = 0;
  std::optional<std::int64_t> need_id;
  std::string team_role;  ///< asked for; empty: none
  conversations::Home asked_in;
  std::chrono::sys_seconds asked_at{};
  std::string state;       ///< waiting, approved, declined, withdrawn
  std::string decided_by;  ///< name; empty while it waits
};

namespace join_requests {

/// Asks; a request that waits is replaced, and keeps its number. The number.
std::int64_t ask(Connection& db, const JoinRequest& request, std::chrono::sys_seconds now);

std::optional<JoinRequest> find(Connection& db, std::int64_t id);

/// What somebody waits for in a project.
std::optional<JoinRequest> waiting(Connection& db, std::int64_t project_id, std::int64_t person_id);

/// What somebody waits for in projects that `coordinator` coordinates, at most two.
std::vector<JoinRequest> waiting_for(Connection& db, std::int64_t coordinator, std::int64_t person_id);

/// waiting → approved, declined or withdrawn. False when it does not wait any more: somebody else was quicker.
bool decide(Connection& db, std::int64_t id, std::string_view state, std::int64_t by, std::string_view reason,
            std::chrono::sys_seconds now);

}  // namespace join_requests
}  // namespace osrbot::storage
