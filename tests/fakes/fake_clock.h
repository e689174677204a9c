// A clock whose hands a test turns.
#pragma once

#include "bot/clock.h"

namespace osrbot::fakes {

class FakeClock final : public Clock {
 public:
  explicit FakeClock(std::chrono::sys_seconds start = std::chrono::sys_days(std::chrono::year(2026) / 3 / 2) +
                                                      std::chrono::hours(9))
      : now_(start) {}

  std::chrono::sys_seconds now() const override { return std::chrono::floor<std::chrono::seconds>(now_); }
  std::chrono::steady_clock::time_point steady() const override { return steady_ += tick; }

  void advance(std::chrono::milliseconds by) {
    now_ += by;
    steady_ += by;
  }

  std::chrono::nanoseconds tick{0};  ///< passes at each look: no real clock shows the same twice

 private:
  std::chrono::sys_time<std::chrono::milliseconds> now_;
  mutable std::chrono::steady_clock::time_point steady_{std::chrono::hours(1)};
};

}  // namespace osrbot::fakes
