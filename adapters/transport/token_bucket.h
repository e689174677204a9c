// A rate limit: tokens drip into a bucket, and each message takes one out.
#pragma once

#include <chrono>

namespace osrbot {

/// Holds up to `burst` tokens and gains `per_second` of them each second; it starts full. Reads no clock. Not
/// thread-safe: it belongs to the thread that sends.
class TokenBucket {
 public:
  using Time = std::chrono::steady_clock::time_point;
  using Wait = std::chrono::nanoseconds;

  /// @param per_second tokens gained a second; 0 or less: there is no limit and take() never waits.
  /// @param burst      how many may go at once after a quiet time; counts as 1 when less.
  TokenBucket(double per_second, double burst);

  /// Takes a token and returns zero; or takes nothing and returns how long it is until there is one.
  Wait take(Time now);

  /// How long it is until take() would succeed; takes nothing. Asked before tokens are taken from several buckets, of
  /// which all must have one.
  Wait wait(Time now) const;

  /// Nothing was taken for so long that a new bucket would behave the same: this one can be forgotten.
  bool full(Time now) const;

 private:
  double tokens_at(Time now) const;

  double per_second_;
  double burst_;
  double tokens_;
  Time filled_{Time::min()};  ///< when `tokens_` was true; min: never used
};

}  // namespace osrbot
