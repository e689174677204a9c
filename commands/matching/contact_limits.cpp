#include "commands/matching/contact_limits.h"

#include <algorithm>

namespace osrbot::matching {

std::optional<std::chrono::sys_seconds> next_contact(const std::vector<Asked>& asked, const InvitationLimits& limits) {
  const auto unanswered = std::ranges::find(asked, true, &Asked::answered) - asked.begin();
  if (unanswered >= limits.unanswered) return std::nullopt;
  std::chrono::sys_seconds next{};
  const auto at_most = [&](int count, std::chrono::days within) {
    const auto index = static_cast<std::size_t>(count) - 1;
    if (index < asked.size()) next = std::max(next, asked[index].at + within);
  };
  at_most(limits.per_week, std::chrono::days(7));
  at_most(limits.per_month, std::chrono::days(30));
  return next;
}

int history_needed(const InvitationLimits& limits) {
  return std::max({limits.per_week, limits.per_month, limits.unanswered});
}

}  // namespace osrbot::matching
