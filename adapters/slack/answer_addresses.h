// Where else an answer can go when the channel does not take it: to the address that Slack gave with a command or
// press.
#pragma once

#include <chrono>
#include <cstddef>
#include <list>
#include <mutex>
#include <optional>
#include <string>

#include "adapters/update.h"

namespace osrbot::slack {

/// Slack: a response_url works 5 times within 30 minutes, also in channels of which the bot is no member. Remembers the
/// last one of each place, bounded and in memory only. Thread-safe.
class AnswerAddresses {
 public:
  using Time = std::chrono::steady_clock::time_point;

  void remember(const Place& place, std::string url, Time now);

  /// Uses the address of the place once.
  std::optional<std::string> take(const Place& place, Time now);

 private:
  struct Address {
    std::string place;
    std::string url;
    Time until;
    int uses;
  };

  std::mutex mutex_;
  std::list<Address> addresses_;  ///< the oldest first
};

}  // namespace osrbot::slack
