// What the X adapter did, for metrics.
#pragma once

#include <atomic>
#include <cstdint>

namespace osrbot::x {

struct Counts {
  std::atomic<std::uint64_t> posts{0};        ///< that came, by stream or by asking
  std::atomic<std::uint64_t> unreadable{0};   ///< lines of the stream that were no post
  std::atomic<std::uint64_t> connections{0};  ///< streams that began
  std::atomic<std::uint64_t> failures{0};     ///< refused or unanswered calls
};

}  // namespace osrbot::x
