// How often somebody may be asked for help, over all platforms and projects together.
#pragma once

#include <chrono>
#include <optional>
#include <vector>

#include "config/config.h"

namespace osrbot::matching {

/// An invitation that reached somebody.
struct Asked {
  std::chrono::sys_seconds at{};
  bool answered = false;
};

/// When somebody may be asked next by the limits: so many in any 7 days, so many in any 30 days, and not at all after
/// so many in a row without an answer; nothing: not until they answer one. `asked`: the newest first, at least
/// history_needed(limits) of them if there are as many.
std::optional<std::chrono::sys_seconds> next_contact(const std::vector<Asked>& asked, const InvitationLimits& limits);

/// How many past invitations next_contact() looks at.
int history_needed(const InvitationLimits& limits);

}  // namespace osrbot::matching
