#include "bot/metrics.h"

#include <stdexcept>
#include <thread>

#include <doctest/doctest.h>

using namespace osrbot;

TEST_CASE("metrics are written as Prometheus reads them, sorted by name and labels") {
  Metrics metrics;
  metrics.counter("osrbot_updates_total", "Updates handled.", {{"adapter", "telegram"}, {"result", "applied"}}).add(3);
  metrics.counter("osrbot_updates_total", "Updates handled.", {{"adapter", "console"}, {"result", "applied"}}).add();
  metrics.gauge("osrbot_outbox_waiting", "Messages not sent yet.").set(2.5);
  CHECK(metrics.prometheus_text() ==
        "# HELP osrbot_outbox_waiting Messages not sent yet.\n"
        "# TYPE osrbot_outbox_waiting gauge\n"
        "osrbot_outbox_waiting 2.5\n"
        "# HELP osrbot_updates_total Updates handled.\n"
        "# TYPE osrbot_updates_total counter\n"
        "osrbot_updates_total{adapter=\"console\",result=\"applied\"} 1\n"
        "osrbot_updates_total{adapter=\"telegram\",result=\"applied\"} 3\n");
}

TEST_CASE("a histogram counts up to each bound, the bound included") {
  Metrics metrics;
  auto& seconds = metrics.histogram("osrbot_commit_seconds", "Time of a commit.", {{"kind", "batch"}}, {0.1, 1});
  for (const double value : {0.05, 0.1, 0.5, 7.0}) seconds.observe(value);
  CHECK(metrics.prometheus_text() ==
        "# HELP osrbot_commit_seconds Time of a commit.\n"
        "# TYPE osrbot_commit_seconds histogram\n"
        "osrbot_commit_seconds_bucket{kind=\"batch\",le=\"0.1\"} 2\n"
        "osrbot_commit_seconds_bucket{kind=\"batch\",le=\"1\"} 3\n"
        "osrbot_commit_seconds_bucket{kind=\"batch\",le=\"+Inf\"} 4\n"
        "osrbot_commit_seconds_sum{kind=\"batch\"} 7.65\n"
        "osrbot_commit_seconds_count{kind=\"batch\"} 4\n");
}

TEST_CASE("the same name and labels give the same metric") {
  Metrics metrics;
  auto& first = metrics.counter("a_total", "A.", {{"x", "1"}});
  CHECK(&metrics.counter("a_total", "A.", {{"x", "1"}}) == &first);
  CHECK(&metrics.counter("a_total", "A.", {{"x", "2"}}) != &first);
}

TEST_CASE("help and label values are escaped") {
  Metrics metrics;
  metrics.gauge("g", "one\ntwo \\ \"three\"", {{"path", "C:\\\"x\"\n"}}).set(1);
  CHECK(metrics.prometheus_text() ==
        "# HELP g one\\ntwo \\\\ \"three\"\n"
        "# TYPE g gauge\n"
        "g{path=\"C:\\\\\\\"x\\\"\\n\"} 1\n");
}

TEST_CASE("wrong names and mixed kinds are refused") {
  Metrics metrics;
  CHECK_THROWS_AS(metrics.counter("", ""), std::invalid_argument);
  CHECK_THROWS_AS(metrics.counter("1st", ""), std::invalid_argument);
  CHECK_THROWS_AS(metrics.counter("has space", ""), std::invalid_argument);
  CHECK_THROWS_AS(metrics.counter("a", "", {{"not a label", "x"}}), std::invalid_argument);
  metrics.counter("taken", "");
  CHECK_THROWS_AS(metrics.gauge("taken", ""), std::logic_error);
  CHECK_THROWS_AS(metrics.gauge("taken", "", {{"other", "labels"}}), std::logic_error);
  CHECK_THROWS_AS(metrics.histogram("h", "", {}, {2, 1}), std::invalid_argument);
  CHECK(metrics.prometheus_text().find("taken 0\n") != std::string::npos);
}

TEST_CASE("counting from many threads loses nothing") {
  Metrics metrics;
  {
    std::vector<std::jthread> threads;
    for (int i = 0; i < 4; ++i) {
      threads.emplace_back([&] {
        for (int n = 0; n < 1000; ++n) {
          metrics.counter("n_total", "N.").add();
          metrics.histogram("h", "H.", {}, {1}).observe(0.5);
          if (n % 100 == 0) (void)metrics.prometheus_text();
        }
      });
    }
  }
  CHECK(metrics.counter("n_total", "N.").value() == 4000);
  CHECK(metrics.histogram("h", "H.", {}, {1}).sum() == 2000);
}
