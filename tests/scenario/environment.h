// What the tests over whole conversations take from outside.
#pragma once

#include <cstdint>
#include <cstdlib>
#include <filesystem>

namespace osrbot::scenario {

inline const std::filesystem::path source_folder = OSRBOT_SOURCE_DIR;

/// A number that whoever looks for rare mistakes sets to look further: OSRBOT_RANDOM_SEED, OSRBOT_RANDOM_STEPS.
inline std::uint64_t from_environment(const char* name, std::uint64_t otherwise) {
  const char* value = std::getenv(name);
  return value != nullptr ? std::strtoull(value, nullptr, 10) : otherwise;
}

}  // namespace osrbot::scenario
