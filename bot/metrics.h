// What the bot counts and measures, for Prometheus. Counting is one atomic operation and never waits.
#pragma once

#include <atomic>
#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace osrbot {

/// Only ever goes up.
class Counter {
 public:
  void add(std::uint64_t n = 1) noexcept { value_.fetch_add(n, std::memory_order_relaxed); }
  /// For what is counted elsewhere: the count so far.
  void set(std::uint64_t n) noexcept { value_.store(n, std::memory_order_relaxed); }
  std::uint64_t value() const noexcept { return value_.load(std::memory_order_relaxed); }

 private:
  std::atomic<std::uint64_t> value_{0};
};

/// Goes up and down.
class Gauge {
 public:
  void set(double value) noexcept { value_.store(value, std::memory_order_relaxed); }
  void add(double delta) noexcept { value_.fetch_add(delta, std::memory_order_relaxed); }
  double value() const noexcept { return value_.load(std::memory_order_relaxed); }

 private:
  std::atomic<double> value_{0};
};

/// How often a value fell into each of some ranges; durations are in seconds.
class Histogram {
 public:
  /// @param bounds upper ends of the ranges, ascending; a last one up to infinity is added
  explicit Histogram(std::vector<double> bounds);

  void observe(double value) noexcept;

  const std::vector<double>& bounds() const noexcept { return bounds_; }
  /// How many observations fell into range `i` alone; `i` = bounds().size() is the last range.
  std::uint64_t count(std::size_t i) const noexcept { return counts_[i].load(std::memory_order_relaxed); }
  double sum() const noexcept { return sum_.load(std::memory_order_relaxed); }

  /// Ranges for the time that an answer takes: 0.5 ms to 10 s.
  static std::vector<double> latency_bounds();

 private:
  std::vector<double> bounds_;
  std::unique_ptr<std::atomic<std::uint64_t>[]> counts_;
  std::atomic<double> sum_{0};
};

using Labels = std::vector<std::pair<std::string, std::string>>;

/// All metrics of one bot. The first call for a name and its labels makes the metric, later ones find it: keep the
/// reference, it lives as long as the registry. Label values must come from a small fixed set (an adapter, a command),
/// never from what people write. Thread-safe.
///
/// Throws std::invalid_argument for a name that Prometheus does not allow, and std::logic_error when the name is taken
/// by another kind of metric.
class Metrics {
 public:
  Counter& counter(const std::string& name, std::string_view help, const Labels& labels = {});
  Gauge& gauge(const std::string& name, std::string_view help, const Labels& labels = {});
  Histogram& histogram(const std::string& name, std::string_view help, const Labels& labels = {},
                       const std::vector<double>& bounds = Histogram::latency_bounds());

  /// The text exposition format 0.0.4, sorted by name:
  /// https://prometheus.io/docs/instrumenting/exposition_formats/#text-based-format
  std::string prometheus_text() const;

 private:
  using Metric = std::variant<std::unique_ptr<Counter>, std::unique_ptr<Gauge>, std::unique_ptr<Histogram>>;
  struct Family {
    std::string help;
    std::map<std::string, Metric> by_labels;  ///< key: the labels as they are written, without braces
  };

  template <typename Kind, typename... Arguments>
  Kind& find_or_make(const std::string& name, std::string_view help, const Labels& labels,
                     const Arguments&... arguments);

  mutable std::mutex mutex_;  ///< guards the maps, not the values
  std::map<std::string, Family> families_;
};

}  // namespace osrbot
