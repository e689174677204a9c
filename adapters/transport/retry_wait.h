// Waits between tries, in real time.
#pragma once

#include <chrono>
#include <random>
#include <stop_token>

#include "adapters/transport/backoff.h"

namespace osrbot {

/// Counts failures in a row and waits accordingly. Belongs to one thread.
class RetryWait {
 public:
  explicit RetryWait(Backoff backoff) : backoff_(backoff), random_(std::random_device{}()) {}

  void succeeded() { failures_ = 0; }

  /// Counts a failure and waits, at least as long as the other side asked for. False when `stop` ended the wait.
  bool failed(const std::stop_token& stop, std::chrono::milliseconds at_least = {});

 private:
  Backoff backoff_;
  std::minstd_rand random_;
  unsigned failures_ = 0;
};

/// Waits for `time`; false when `stop` ended it, or had been requested before.
bool pause(const std::stop_token& stop, std::chrono::milliseconds time);

}  // namespace osrbot
