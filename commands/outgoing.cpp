#include "commands/outgoing.h"

#include <utility>

namespace osrbot {
namespace {

// Words to a whole platform's people, and pictures, wait in the database only.
constexpr std::size_t most_kept = 1000;
constexpr std::size_t most_bytes = std::size_t{16} * 1024;

}  // namespace

void Outgoing::keep(std::int64_t id, Kept kept) {
  if (kept_.size() < most_kept && kept.bytes <= most_bytes) {
    kept_.insert_or_assign(id, std::move(kept));
  } else {
    kept_.erase(id);
  }
}

std::optional<Outgoing::Kept> Outgoing::take(std::int64_t id) {
  auto found = kept_.extract(id);
  if (found.empty()) return std::nullopt;
  return std::move(found.mapped());
}

}  // namespace osrbot
