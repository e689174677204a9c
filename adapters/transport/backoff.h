// How long to wait before trying again.
#pragma once

#include <chrono>

namespace osrbot {

/// Exponential backoff with jitter. A rule, not a state: whoever tries counts the failures.
struct Backoff {
  std::chrono::milliseconds first{500};     ///< the longest wait after one failure
  std::chrono::milliseconds limit{60'000};  ///< the longest wait after many
  double factor = 2;                        ///< how much longer each failure makes it

  /// The wait after `failures` failures in a row, the last one included (0: none, no wait). It lies in the upper half
  /// of the longest wait, so that those who failed together do not come back together.
  /// @param random evenly spread over [0, 1)
  std::chrono::milliseconds after(unsigned failures, double random) const;
};

}  // namespace osrbot
