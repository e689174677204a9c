#include "adapters/transport/backoff.h"

#include <algorithm>
#include <cmath>

namespace osrbot {

std::chrono::milliseconds Backoff::after(unsigned failures, double random) const {
  if (failures == 0) return std::chrono::milliseconds::zero();
  const double longest =
      std::min(static_cast<double>(limit.count()), static_cast<double>(first.count()) * std::pow(factor, failures - 1));
  return std::chrono::milliseconds(std::llround(longest * (0.5 + std::clamp(random, 0.0, 1.0) / 2)));
}

}  // namespace osrbot
