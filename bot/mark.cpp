#include "bot/mark.h"

#include <cstdint>

#include <fmt/format.h>

namespace osrbot {

std::string mark_of(std::string_view text) {
  std::uint64_t hash = 0xcbf29ce484222325;  // FNV-1a: small, and nobody gains by a collision
  for (const char c : text) hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001b3;
  return fmt::format("{:016x}", hash);
}

}  // namespace osrbot
