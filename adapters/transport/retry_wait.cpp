#include "adapters/transport/retry_wait.h"

#include <algorithm>
#include <condition_variable>
#include <mutex>

namespace osrbot {

bool pause(const std::stop_token& stop, std::chrono::milliseconds time) {
  std::mutex mutex;
  std::condition_variable_any woken;
  std::unique_lock lock(mutex);
  woken.wait_for(lock, stop, time, [] { return false; });
  return !stop.stop_requested();
}

bool RetryWait::failed(const std::stop_token& stop, std::chrono::milliseconds at_least) {
  const double random = std::uniform_real_distribution<double>(0, 1)(random_);
  return pause(stop, std::max(backoff_.after(++failures_, random), at_least));
}

}  // namespace osrbot
