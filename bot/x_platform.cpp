#include "bot/x_platform.h"

#include "commands/post_rules.h"

namespace osrbot {
std::unique_ptr<Adapter> XPlatform::make_adapter(const Config& config, Log log) {
  auto adapter = std::make_unique<x::XAdapter>(config.x, config.posts.tags,
                                               x::XAdapter::Surroundings{.secrets = secrets_,
                                                                         .journal = journal_,
                                                                         .rules = post_rules(),
                                                                         .now = [this] { return clock_.now(); },
                                                                         .log = std::move(log)});
  adapter_ = adapter.get();
  return adapter;
}

void XPlatform::collect(Metrics& metrics) const {
  if (adapter_ == nullptr) return;
  const x::Counts& counts = adapter_->counts();
  const auto set = [&](const char* name, const char* help, std::uint64_t count) {
    metrics.counter(name, help).set(count);
  };
  set("osrbot_x_posts_total", "Posts that came in.", counts.posts);
  set("osrbot_x_unreadable_total", "Lines of the stream that were no post.", counts.unreadable);
  set("osrbot_x_connections_total", "Streams that began.", counts.connections);
  set("osrbot_x_failures_total", "Calls that were refused or not answered.", counts.failures);
  constexpr double micro = 1e6;
  metrics.gauge("osrbot_x_spent_dollars", "What X cost in this calendar month.")
      .set(static_cast<double>(adapter_->budget().spent()) / micro);
  metrics.gauge("osrbot_x_budget_dollars", "What X may cost in a calendar month.")
      .set(static_cast<double>(adapter_->budget().limit()) / micro);
}

}  // namespace osrbot
