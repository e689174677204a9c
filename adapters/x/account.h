// Who the bot is on X, told by the thread that receives to the one that sends.
#pragma once

#include <mutex>
#include <optional>

#include "adapters/x/post_reader.h"

namespace osrbot::x {

/// Thread-safe.
class Account {
 public:
  void set(Self self) {
    const std::lock_guard lock(mutex_);
    self_ = std::move(self);
  }
  /// Nothing before X has told.
  std::optional<Self> self() const {
    const std::lock_guard lock(mutex_);
    return self_;
  }

 private:
  mutable std::mutex mutex_;
  std::optional<Self> self_;
};

}  // namespace osrbot::x
