// Who did what to which object, when, and from which update.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "storage/sql.h"

namespace osrbot::storage::audit {

struct Event {
  std::optional<std::int64_t> person_id;  ///< nothing: the bot by itself
  std::string_view action;                ///< "task.claimed"
  std::string_view object;                ///< "T12"
  std::optional<std::int64_t> project_id;
  std::string_view details;  ///< JSON: what it takes to understand and to reverse the change
  std::string_view adapter;
  std::string_view update_key;
};

/// Appends an event; its number.
std::int64_t append(Connection& db, const Event& event, std::chrono::sys_seconds now);

}  // namespace osrbot::storage::audit
