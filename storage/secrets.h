// Encrypted values by name. What they hold is known above (bot/secrets.h); the database sees sealed texts only.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "storage/sql.h"

namespace osrbot::storage::secrets {

struct Sealed {
  std::string key_id;
  std::string text;
};

std::optional<Sealed> find(Connection& db, std::string_view name);
void put(Connection& db, std::string_view name, const Sealed& sealed, std::chrono::sys_seconds now);
void erase(Connection& db, std::string_view name);

/// The names of what any key but this one sealed.
std::vector<std::string> not_sealed_by(Connection& db, std::string_view key_id);

}  // namespace osrbot::storage::secrets
