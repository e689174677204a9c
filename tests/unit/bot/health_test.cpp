#include "bot/health.h"

#include <memory>

#include <doctest/doctest.h>

#include "adapters/transport/http_client.h"
#include "tests/fakes/http_fake.h"

using namespace osrbot;

namespace {

struct Running {
  Running() : port(fakes::free_port()), server({.port = port}, [](LogLevel, std::string_view) {}) {
    route_health(server, readiness, metrics);
    server.start();
  }

  HttpResponse get(const std::string& path) {
    HttpRequest request;
    request.method = HttpRequest::Method::get;
    request.url = "http://127.0.0.1:" + std::to_string(port) + path;
    auto result = client.fetch(request);
    REQUIRE(std::holds_alternative<HttpResponse>(result));
    return std::get<HttpResponse>(result);
  }

  std::uint16_t port;
  Readiness readiness;
  Metrics metrics;
  HttpServer server;
  HttpClient client;
};

}  // namespace

TEST_CASE("alive, and ready as long as no part complains") {
  Running bot;
  CHECK(bot.get("/healthz").body == "ok\n");
  CHECK(bot.get("/readyz").status == 200);
  CHECK(bot.get("/readyz").body == "ready\n");

  bot.readiness.report("telegram", "another program polls with this token");
  bot.readiness.report("database", "disk full");
  bot.readiness.report("database", "disk full: updates wait");
  CHECK(bot.get("/readyz").status == 503);
  CHECK(bot.get("/readyz").body ==
        "database: disk full: updates wait\n"
        "telegram: another program polls with this token\n");
  CHECK(bot.get("/healthz").status == 200);

  bot.readiness.report("database", std::nullopt);
  bot.readiness.report("telegram", std::nullopt);
  CHECK(bot.get("/readyz").status == 200);
}

TEST_CASE("metrics are served with those of the process") {
  Running bot;
  bot.metrics.counter("osrbot_updates_total", "Updates handled.").add(2);
  const auto answer = bot.get("/metrics");
  CHECK(answer.status == 200);
  CHECK(answer.body.find("osrbot_updates_total 2\n") != std::string::npos);
  for (const auto* name :
       {"process_cpu_seconds ", "process_resident_memory_bytes ", "process_open_fds ", "process_start_time_seconds "}) {
    CAPTURE(name);
    const auto at = answer.body.find(std::string("\n") + name);
    REQUIRE(at != std::string::npos);
    CHECK(std::stod(answer.body.substr(at + 1 + std::string_view(name).size())) > 0);
  }
}
