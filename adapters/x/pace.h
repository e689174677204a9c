// The waits of the X adapter, in real time, as X wants them; tests shorten them.
#pragma once

#include <algorithm>
#include <chrono>

#include "adapters/transport/backoff.h"

namespace osrbot::x {

/// Waits that grow with each failure in a row by the same step, the first being none at all.
struct Steps {
  std::chrono::milliseconds step{250};
  std::chrono::milliseconds limit{16'000};

  std::chrono::milliseconds after(unsigned failures) const {
    return failures == 0 ? std::chrono::milliseconds(0) : std::min(limit, step * (failures - 1));
  }
};

/// https://docs.x.com/x-api/posts/filtered-stream/integrate/handling-disconnections
struct Pace {
  Steps network = {};                                                       ///< the connection broke
  Backoff refused{std::chrono::seconds(5), std::chrono::seconds(320), 2};   ///< X said no
  Backoff limited{std::chrono::seconds(60), std::chrono::seconds(960), 2};  ///< X said: too often
  std::chrono::milliseconds longest_silence{20'000};                        ///< of the stream
  std::chrono::milliseconds login{std::chrono::minutes(10)};                ///< until a send is tried again
  std::chrono::milliseconds budget{std::chrono::hours(1)};                  ///< until it is looked at again
};

}  // namespace osrbot::x
