// What X may cost, and what it did cost.
#pragma once

#include <atomic>
#include <chrono>
#include <functional>
#include <mutex>
#include <string>

#include "adapters/log.h"
#include "adapters/x/journal.h"
#include "config/billing.h"
#include "config/config.h"

namespace osrbot::x {

/// The price of one.
MicroDollars price_of(Charge charge, const XPrices& prices);

/// Counts every read and write against the month's budget. Thread-safe; members wait for the journal and throw what it
/// throws. Warns once a month at 80 %, and says once when nothing is left.
class Budget {
 public:
  using Now = std::function<std::chrono::sys_seconds()>;

  Budget(const XConfig& config, Journal& journal, Now now, Log log);

  /// Whether so many may be bought. What is read is known only when it has come, so the last read may go over the
  /// budget by what one answer holds.
  bool allows(Charge what, std::int64_t count = 1);

  /// Pays. A negative count gives back.
  void pay(Charge what, std::int64_t count = 1);

  MicroDollars limit() const { return limit_; }
  /// Of the month under way, as far as this process knows; for metrics. Waits for nothing.
  MicroDollars spent() const { return known_; }

 private:
  void look_up();
  void tell();

  const XPrices prices_;
  const MicroDollars limit_;
  Journal& journal_;
  const Now now_;
  const Log log_;
  std::mutex mutex_;  // guards what follows
  std::string month_;
  MicroDollars spent_ = 0;
  bool warned_ = false;
  bool stopped_ = false;
  std::atomic<MicroDollars> known_{0};
};

}  // namespace osrbot::x
