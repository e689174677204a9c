#include "adapters/transport/token_bucket.h"

#include <algorithm>
#include <cmath>

namespace osrbot {

TokenBucket::TokenBucket(double per_second, double burst)
    : per_second_(per_second), burst_(std::max(burst, 1.0)), tokens_(burst_) {}

double TokenBucket::tokens_at(Time now) const {
  if (filled_ == Time::min() || now <= filled_) return tokens_;
  const double seconds = std::chrono::duration<double>(now - filled_).count();
  return std::min(burst_, tokens_ + seconds * per_second_);
}

TokenBucket::Wait TokenBucket::wait(Time now) const {
  if (per_second_ <= 0) return Wait::zero();
  // Whoever comes back after exactly the time told must find the token, whatever was lost in rounding.
  constexpr double rounding = 1e-6;
  const double missing = 1 - tokens_at(now);
  if (missing <= rounding) return Wait::zero();
  return Wait(static_cast<Wait::rep>(std::ceil(missing / per_second_ * 1e9)));
}

TokenBucket::Wait TokenBucket::take(Time now) {
  const Wait wanted = wait(now);
  if (wanted == Wait::zero() && per_second_ > 0) {
    tokens_ = std::max(0.0, tokens_at(now) - 1);
    filled_ = filled_ == Time::min() ? now : std::max(filled_, now);
  }
  return wanted;
}

bool TokenBucket::full(Time now) const {
  return per_second_ <= 0 || tokens_at(now) >= burst_;
}

}  // namespace osrbot
