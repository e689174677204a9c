// Two people who turn out to be one: everything that one of them had becomes the other's.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string_view>

#include "storage/sql.h"

namespace osrbot::storage::merging {

/// Makes `from` part of `into`, by every column that refers to a person; `from` is gone afterwards. Where both have a
/// row that one person has once only, `into`'s stays: with the higher role of a membership, with what `from` told where
/// `into` told nothing, and stopped if either had stopped the bot. One transaction of the caller's.
void merge(Connection& db, std::int64_t from, std::int64_t into);

/// Makes a new person of somebody's accounts on a platform; everything else stays. Their number; nothing when the
/// person has no account there, or no other.
std::optional<std::int64_t> split(Connection& db, std::int64_t person_id, std::string_view adapter,
                                  std::chrono::sys_seconds now);

}  // namespace osrbot::storage::merging
