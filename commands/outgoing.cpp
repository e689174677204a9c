#include "commands/outgoing.h"

#include <utility>

namespace osrbot {
namespace {

constexpr std::size_t most_kept = 256;
constexpr std::int64_t oldest = 4096;     // messages ago
constexpr std::size_t most_bytes = 4096;  // what is longer, as files and pictures are, waits in the database only

}  // namespace

void Outgoing::keep(std::int64_t id, Kept kept) {
  kept_.erase(id);
  if (kept.bytes > most_bytes) return;
  // What nobody has asked for while many more were said is of a conversation that was lost.
  while (!kept_.empty() && kept_.begin()->first + oldest < id) kept_.erase(kept_.begin());
  // When a crowd waits, the relays ask for what has been here for longest, and find the rest in the database.
  if (kept_.size() < most_kept) kept_.emplace(id, std::move(kept));
}

std::optional<Outgoing::Kept> Outgoing::take(std::int64_t id) {
  auto found = kept_.extract(id);
  if (found.empty()) return std::nullopt;
  return std::move(found.mapped());
}

}  // namespace osrbot
