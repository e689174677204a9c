#include "bot/health.h"

#include <utility>

#include <fmt/format.h>

#include "bot/process_metrics.h"

namespace osrbot {

void Readiness::report(const std::string& part, std::optional<std::string> reason) {
  const std::scoped_lock lock(mutex_);
  if (reason) {
    reasons_[part] = *std::move(reason);
  } else {
    reasons_.erase(part);
  }
}

std::vector<std::string> Readiness::reasons() const {
  const std::scoped_lock lock(mutex_);
  std::vector<std::string> lines;
  for (const auto& [part, reason] : reasons_) lines.push_back(fmt::format("{}: {}", part, reason));
  return lines;
}

void route_health(HttpServer& server, const Readiness& readiness, Metrics& metrics, std::function<void()> collect) {
  server.route("/healthz",
               [](const ServerRequest&, const HttpServer::Reply& reply) { reply({.body = "ok\n", .headers = {}}); });
  server.route("/readyz", [&readiness](const ServerRequest&, const HttpServer::Reply& reply) {
    const auto reasons = readiness.reasons();
    if (reasons.empty()) return reply({.body = "ready\n", .headers = {}});
    std::string body;
    for (const auto& reason : reasons) body += reason + "\n";
    reply({.status = 503, .body = std::move(body), .headers = {}});
  });
  server.route("/metrics", [&metrics, collect = std::move(collect)](const ServerRequest&,
                                                                    const HttpServer::Reply& reply) {
    update_process_metrics(metrics);
    collect();
    reply(
        {.body = metrics.prometheus_text(), .content_type = "text/plain; version=0.0.4; charset=utf-8", .headers = {}});
  });
}

}  // namespace osrbot
