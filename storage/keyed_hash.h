// Hashes that say nothing to anybody without the database: HMAC-SHA-256 with a random key that is made once.
#pragma once

#include <string>
#include <string_view>

#include "storage/sql.h"

namespace osrbot::storage {

/// 64 hexadecimal digits. Hashes for different purposes have nothing to do with each other. The key is made when there
/// is none yet, on a connection that may write.
std::string keyed_hash(Connection& db, std::string_view purpose, std::string_view text);

/// Whether two texts are the same, in a time that tells nothing about where they differ.
bool same_in_constant_time(std::string_view one, std::string_view other);

}  // namespace osrbot::storage
