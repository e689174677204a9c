// How often Slack lets each method of the Web API be called.
#pragma once

#include <chrono>
#include <map>
#include <mutex>
#include <string>
#include <string_view>

#include "adapters/transport/token_bucket.h"

namespace osrbot::slack {

/// Tiers as Slack publishes them: 50 calls a minute (tier 3) or 100 (tier 4), per method and workspace, in bursts.
/// chat.postMessage has a limit per channel instead, which is the relay's; what is called once in a while has none
/// here. Whatever Slack itself says (429) wins. Thread-safe.
class MethodLimits {
 public:
  using Time = std::chrono::steady_clock::time_point;

  /// Zero: the method may be called now, and that is counted. Otherwise how long it is until it may be.
  /// @param who tells workspaces apart
  std::chrono::milliseconds take(std::string_view method, std::string_view who, Time now);

  /// Slack wants no more calls of the method before `until`.
  void block(std::string_view method, std::string_view who, Time until);

 private:
  struct Limit {
    TokenBucket bucket;
    Time blocked_until{};
  };

  std::mutex mutex_;
  std::map<std::string, Limit> limits_;  ///< by method and workspace
};

}  // namespace osrbot::slack
