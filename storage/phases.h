// The phases of a study, in their order. What each asks for before the next begins: `phase.check` in the catalogue.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>

namespace osrbot::storage {

enum class Phase : std::uint8_t {
  idea,
  triage,
  team,
  protocol,
  approvals,  ///< ethics, sites, data protection
  pilot,
  collection,
  validation,
  analysis,
  writing,
  coauthors,  ///< every author approves the manuscript
  submitted,
  published,
  closed,
};

inline constexpr std::array<std::string_view, 14> phase_names = {
    "idea",       "triage",   "team",    "protocol",  "approvals", "pilot",     "collection",
    "validation", "analysis", "writing", "coauthors", "submitted", "published", "closed"};

constexpr std::string_view to_string(Phase phase) {
  return phase_names[static_cast<std::size_t>(phase)];
}

/// The phase of that name, as the database and the catalogue have it.
constexpr std::optional<Phase> phase_named(std::string_view name) {
  for (std::size_t i = 0; i < phase_names.size(); ++i) {
    if (phase_names[i] == name) return static_cast<Phase>(i);
  }
  return std::nullopt;
}

/// The phase after one; nothing after the last.
constexpr std::optional<Phase> phase_after(Phase phase) {
  if (phase == Phase::closed) return std::nullopt;
  return static_cast<Phase>(static_cast<std::uint8_t>(phase) + 1);
}

}  // namespace osrbot::storage
