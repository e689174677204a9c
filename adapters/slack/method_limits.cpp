#include "adapters/slack/method_limits.h"

#include <algorithm>
#include <array>
#include <utility>

namespace osrbot::slack {

namespace {

constexpr double minute = 60;

/// Calls a minute; 0: not limited here.
double tier(std::string_view method) {
  constexpr std::array<std::pair<std::string_view, double>, 9> tiers = {{
      {"chat.update", 50},
      {"conversations.open", 50},
      {"chat.postEphemeral", 100},
      {"files.completeUploadExternal", 100},
      {"files.getUploadURLExternal", 100},
      {"users.info", 100},
      {"views.open", 100},
      {"views.publish", 100},
      {"views.update", 100},
  }};
  const auto* found = std::ranges::find(tiers, method, [](const auto& entry) { return entry.first; });
  return found == tiers.end() ? 0 : found->second;
}

std::string key_of(std::string_view method, std::string_view who) {
  return std::string(method) + "\n" + std::string(who);
}

}  // namespace

std::chrono::milliseconds MethodLimits::take(std::string_view method, std::string_view who, Time now) {
  const double calls = tier(method);
  const std::lock_guard lock(mutex_);
  auto found = limits_.find(key_of(method, who));
  if (found == limits_.end()) {
    if (calls <= 0) return {};
    // Slack counts over a minute, so that half a minute's worth at once is well inside.
    found = limits_.emplace(key_of(method, who), Limit{TokenBucket(calls / minute, calls / 2)}).first;
  }
  auto& [bucket, blocked_until] = found->second;
  if (now < blocked_until) return std::chrono::ceil<std::chrono::milliseconds>(blocked_until - now);
  return std::chrono::ceil<std::chrono::milliseconds>(bucket.take(now));
}

void MethodLimits::block(std::string_view method, std::string_view who, Time until) {
  const double calls = tier(method);
  if (calls <= 0) return;  // a limit per channel, or of a method that is seldom called: not everybody's
  const std::lock_guard lock(mutex_);
  auto& limit = limits_.try_emplace(key_of(method, who), Limit{TokenBucket(calls / minute, calls / 2)}).first->second;
  limit.blocked_until = std::max(limit.blocked_until, until);
}

}  // namespace osrbot::slack
