#include "bot/metrics.h"

#include <algorithm>
#include <cctype>
#include <stdexcept>

#include <fmt/format.h>

namespace osrbot {
namespace {

bool is_name(std::string_view text) {
  return !text.empty() && !std::isdigit(static_cast<unsigned char>(text.front())) &&
         std::ranges::all_of(text, [](unsigned char c) { return std::isalnum(c) || c == '_'; });
}

std::string escaped(std::string_view text, bool quotes) {
  std::string out;
  for (const char c : text) {
    if (c == '\n') {
      out += "\\n";
    } else {
      if (c == '\\' || (quotes && c == '"')) out += '\\';
      out += c;
    }
  }
  return out;
}

std::string written(const Labels& labels) {
  std::string out;
  for (const auto& [name, value] : labels) {
    if (!is_name(name)) throw std::invalid_argument("not a name of a label: " + name);
    out += fmt::format("{}{}=\"{}\"", out.empty() ? "" : ",", name, escaped(value, true));
  }
  return out;
}

void line(std::string& out, const std::string& name, const std::string& labels, const auto& value) {
  out += labels.empty() ? fmt::format("{} {}\n", name, value) : fmt::format("{}{{{}}} {}\n", name, labels, value);
}

struct TypeName {
  std::string_view operator()(const std::unique_ptr<Counter>&) const { return "counter"; }
  std::string_view operator()(const std::unique_ptr<Gauge>&) const { return "gauge"; }
  std::string_view operator()(const std::unique_ptr<Histogram>&) const { return "histogram"; }
};

struct Write {
  std::string& out;
  const std::string& name;
  const std::string& labels;

  void operator()(const std::unique_ptr<Counter>& counter) const { line(out, name, labels, counter->value()); }
  void operator()(const std::unique_ptr<Gauge>& gauge) const { line(out, name, labels, gauge->value()); }
  void operator()(const std::unique_ptr<Histogram>& histogram) const {
    const auto prefix = labels.empty() ? "" : labels + ",";
    std::uint64_t count = 0;
    for (std::size_t i = 0; i <= histogram->bounds().size(); ++i) {
      count += histogram->count(i);
      const auto bound = i < histogram->bounds().size() ? fmt::format("{}", histogram->bounds()[i]) : "+Inf";
      line(out, name + "_bucket", fmt::format("{}le=\"{}\"", prefix, bound), count);
    }
    line(out, name + "_sum", labels, histogram->sum());
    line(out, name + "_count", labels, count);
  }
};

}  // namespace

Histogram::Histogram(std::vector<double> bounds)
    : bounds_(std::move(bounds)), counts_(std::make_unique<std::atomic<std::uint64_t>[]>(bounds_.size() + 1)) {
  if (!std::ranges::is_sorted(bounds_)) throw std::invalid_argument("bounds of a histogram must ascend");
}

void Histogram::observe(double value) noexcept {
  const auto range = std::ranges::lower_bound(bounds_, value) - bounds_.begin();
  counts_[static_cast<std::size_t>(range)].fetch_add(1, std::memory_order_relaxed);
  sum_.fetch_add(value, std::memory_order_relaxed);
}

std::vector<double> Histogram::latency_bounds() {
  return {0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10};
}

template <typename Kind, typename... Arguments>
Kind& Metrics::find_or_make(const std::string& name, std::string_view help, const Labels& labels,
                            const Arguments&... arguments) {
  if (!is_name(name)) throw std::invalid_argument("not a name of a metric: " + name);
  const auto key = written(labels);
  const std::scoped_lock lock(mutex_);
  if (const auto family = families_.find(name); family != families_.end()) {
    auto& by_labels = family->second.by_labels;
    if (!std::holds_alternative<std::unique_ptr<Kind>>(by_labels.begin()->second)) {
      throw std::logic_error("two kinds of metric are named " + name);
    }
    if (const auto found = by_labels.find(key); found != by_labels.end()) {
      return *std::get<std::unique_ptr<Kind>>(found->second);
    }
  }
  auto made = std::make_unique<Kind>(arguments...);
  auto& metric = *made;
  auto& family = families_.try_emplace(name, Family{std::string(help), {}}).first->second;
  family.by_labels.emplace(key, std::move(made));
  return metric;
}

Counter& Metrics::counter(const std::string& name, std::string_view help, const Labels& labels) {
  return find_or_make<Counter>(name, help, labels);
}

Gauge& Metrics::gauge(const std::string& name, std::string_view help, const Labels& labels) {
  return find_or_make<Gauge>(name, help, labels);
}

Histogram& Metrics::histogram(const std::string& name, std::string_view help, const Labels& labels,
                              const std::vector<double>& bounds) {
  return find_or_make<Histogram>(name, help, labels, bounds);
}

std::string Metrics::prometheus_text() const {
  const std::scoped_lock lock(mutex_);
  std::string out;
  for (const auto& [name, family] : families_) {
    const auto type = std::visit(TypeName{}, family.by_labels.begin()->second);
    out += fmt::format("# HELP {} {}\n# TYPE {} {}\n", name, escaped(family.help, false), name, type);
    for (const auto& [labels, metric] : family.by_labels) std::visit(Write{out, name, labels}, metric);
  }
  return out;
}

}  // namespace osrbot
