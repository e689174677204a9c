// What the bot tells its operators over HTTP: whether it lives, whether it works, and what it counts.
#pragma once

#include <functional>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "adapters/transport/http_server.h"
#include "bot/metrics.h"

namespace osrbot {

/// Whether the bot can do its work, and if not, why. Each part reports for itself: the database, an adapter.
/// Thread-safe.
class Readiness {
 public:
  /// @param reason why `part` cannot work, in one line for an operator; nothing: it works
  void report(const std::string& part, std::optional<std::string> reason);

  /// "part: reason" of everything that does not work, by part; empty when all is well.
  std::vector<std::string> reasons() const;

 private:
  mutable std::mutex mutex_;
  std::map<std::string, std::string> reasons_;
};

/// Routes
///   /healthz   200 "ok" as long as the program can answer: what decides whether to restart it
///   /readyz    200 "ready", or 503 and one line per part that cannot work
///   /metrics   Prometheus text, with the process's own memory, processor time and start
/// to `server`, before it is started. `readiness` and `metrics` must outlive it.
/// @param collect called before each answer of /metrics, for what is counted elsewhere
void route_health(
    HttpServer& server, const Readiness& readiness, Metrics& metrics, std::function<void()> collect = [] {});

}  // namespace osrbot
