// How people find somebody on the platforms.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "storage/sql.h"

namespace osrbot::storage::people {

struct Handle {
  std::string adapter;
  std::string handle;  ///< without '@'
};

/// Those that the platforms told last, by platform; platforms without a handle are left out.
std::vector<Handle> handles(Connection& db, std::int64_t person_id);

}  // namespace osrbot::storage::people
