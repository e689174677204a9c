#include "adapters/x/x_adapter.h"

#include <stdexcept>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "adapters/json_fields.h"
#include "adapters/transport/retry_wait.h"
#include "adapters/x/calls.h"

namespace osrbot::x {

Self self_from(const std::string& answer) {
  const auto body = read_json(answer);
  const auto* data = field(body, "data");
  if (data == nullptr) throw Malformed("X does not say who the account is");
  Self self{.id = string(*data, "id"), .handle = string(*data, "username")};
  if (to_id(self.id) == 0 || self.handle.empty()) throw Malformed("X does not say who the account is");
  return self;
}

XAdapter::XAdapter(const XConfig& config, std::vector<std::string> tags, Surroundings surroundings, Pace pace)
    : config_(config),
      tags_(std::move(tags)),
      around_(std::move(surroundings)),
      pace_(pace),
      client_(4),
      authorization_(config_, client_, around_.secrets, around_.now),
      api_(config_, client_, authorization_, around_.now),
      budget_(config_, around_.journal, around_.now, around_.log),
      sender_(config_, {api_, budget_, around_.journal, account_, counts_, around_.log}, around_.rules, pace_) {}

XAdapter::~XAdapter() = default;

Capabilities XAdapter::capabilities() const {
  return {.is_public = true,
          .publishes = true,
          .pictures = true,
          .reply_page = "https://x.com/intent/post?in_reply_to={post}&text={text}",
          .sends_in_flight = 8,
          .merge_bytes = 4'000};
}

void XAdapter::publish(const Menus&) {}

void XAdapter::receive(std::stop_token stop, const std::string& cursor, const Deliver& deliver) {
  const auto self = identify(stop);
  if (!self) return;
  account_.set(*self);
  around_.log(LogLevel::info, fmt::format("this is @{} ({})", self->handle, self->id));
  const PostReader reader(*self, around_.rules);
  Hearing hearing(config_, tags_, {api_, budget_, around_.journal, look_ups_, counts_, around_.log}, reader, pace_);
  hearing.run(stop, cursor, deliver);
}

void XAdapter::send(OutboundMessage message, std::function<void(Delivery)> done) {
  sender_.send(std::move(message), std::move(done));
}

std::optional<Self> XAdapter::identify(const std::stop_token& stop) {
  RetryWait retry(pace_.refused);
  for (;;) {
    const auto outcome = api_.fetch(calls::me(), stop);
    if (stop.stop_requested()) return std::nullopt;
    if (const auto* failure = std::get_if<Failure>(&outcome); failure != nullptr && failure->login_needed) {
      throw std::runtime_error(failure->why);
    }
    const auto* refusal = std::get_if<Refusal>(&outcome);
    if (refusal != nullptr && (refusal->status == 401 || refusal->status == 403)) {
      throw std::runtime_error(fmt::format(
          "X refuses the account ({}): mend the keys of OAuth 1.0a, or run `osrbot x login` again", describe(outcome)));
    }
    std::string why = describe(outcome);
    if (const auto* answer = std::get_if<Answer>(&outcome)) {
      try {
        return self_from(answer->json);
      } catch (const Malformed& error) {
        why = error.what();
      }
    }
    around_.log(LogLevel::warning, fmt::format("who the bot is on X is not known yet: {}; trying again", why));
    std::chrono::milliseconds wait{0};
    if (refusal != nullptr && refusal->wait_until) wait = *refusal->wait_until - api_.now();
    if (!retry.failed(stop, wait)) return std::nullopt;
  }
}

}  // namespace osrbot::x
