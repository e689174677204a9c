// Time, as the bot is told it. Everything that depends on time takes a Clock, so that tests turn the hands themselves.
#pragma once

#include <chrono>

namespace osrbot {

class Clock {
 public:
  virtual ~Clock() = default;

  /// The time of day, in UTC.
  virtual std::chrono::sys_seconds now() const = 0;

  /// A clock that never jumps, for waits and rates.
  virtual std::chrono::steady_clock::time_point steady() const = 0;
};

class SystemClock final : public Clock {
 public:
  std::chrono::sys_seconds now() const override {
    return std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
  }
  std::chrono::steady_clock::time_point steady() const override { return std::chrono::steady_clock::now(); }
};

}  // namespace osrbot
