// X as the bot runs it.
#pragma once

#include <memory>

#include "adapters/log.h"
#include "adapters/x/x_adapter.h"
#include "bot/clock.h"
#include "bot/metrics.h"
#include "bot/secrets.h"
#include "bot/x_journal.h"
#include "config/config.h"

namespace osrbot {

/// The adapter's durable memory stands apart from it: it must outlive the adapter.
class XPlatform {
 public:
  XPlatform(SealedSecrets::Database database, SecretStore& secrets, const Clock& clock)
      : journal_(std::move(database), clock), secrets_(secrets), clock_(clock) {}

  /// Once.
  std::unique_ptr<Adapter> make_adapter(const Config& config, Log log);

  /// Fills in the metrics of the adapter, if it was made.
  void collect(Metrics& metrics) const;

 private:
  XJournal journal_;
  SecretStore& secrets_;
  const Clock& clock_;
  const x::XAdapter* adapter_ = nullptr;
};

}  // namespace osrbot
