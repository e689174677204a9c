#include "adapters/slack/socket_mode.h"

#include <algorithm>
#include <stdexcept>
#include <utility>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "adapters/json_fields.h"
#include "adapters/json_text.h"

namespace osrbot::slack {

using nlohmann::json;
using std::chrono::steady_clock;

namespace {

constexpr std::chrono::milliseconds between_looks{500};
constexpr std::chrono::milliseconds between_looks_at_leaving{20};

std::string acknowledgement(const std::string& envelope, const std::string& payload) {
  std::string out = R"({"envelope_id":)" + json_text(envelope);
  if (!payload.empty()) out += R"(,"payload":)" + payload;
  return out + "}";
}

Reading read_envelope(const json& envelope, const std::string& type, const Workspaces& workspaces) {
  const auto now = std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
  const json* payload = field(envelope, "payload");
  if (payload == nullptr) throw Malformed("payload is missing");
  if (type == "events_api") return read_event(*payload, workspaces);
  if (type == "slash_commands") return read_slash_command(*payload, now);
  if (type == "interactive") return read_interaction(*payload, now);
  return {};
}

}  // namespace

struct SocketMode::Link {
  std::uint64_t id;
  std::unique_ptr<WebSocketClient> socket;
  Time begun;
  std::optional<Time> greeted = std::nullopt;
  bool leaving = false;      ///< Slack is about to end it
  Time until = Time::max();  ///< it is replaced, and closed then
};

SocketMode::SocketMode(Parts parts, Secret app_token, Log log, Options options)
    : api_(parts.api),
      workspaces_(parts.workspaces),
      inbox_(parts.inbox),
      counts_(parts.counts),
      app_token_(std::move(app_token)),
      log_(std::move(log)),
      options_(options),
      random_(std::random_device{}()) {}

SocketMode::~SocketMode() = default;

void SocketMode::run(const std::stop_token& stop) {
  struct CloseAtEnd {
    SocketMode& mode;
    ~CloseAtEnd() {
      // All begin to close at the same time, and then each waits for its end.
      for (auto& link : mode.links_) link.socket->close();
      mode.links_.clear();
      mode.leaving_.clear();
    }
  } const close_at_end{*this};
  while (!stop.stop_requested()) {
    const auto now = steady_clock::now();
    look_after(now);
    if (wants_connection(now)) connect(stop);
    std::list<Sign> signs;
    {
      std::unique_lock lock(mutex_);
      const auto look = leaving_.empty() ? between_looks : between_looks_at_leaving;
      auto until = now + look;
      if (wants_connection(Time::max())) until = std::min(until, std::max(now, next_try_));
      signed_.wait_until(lock, stop, until, [&] { return !signs_.empty(); });
      signs.swap(signs_);
    }
    for (const auto& one : signs) take(one);
  }
}

bool SocketMode::wants_connection(Time now) const {
  const auto staying = std::ranges::count_if(links_, [](const Link& link) { return !link.leaving; });
  return static_cast<std::size_t>(staying) < options_.connections && now >= next_try_;
}

void SocketMode::failed() {
  const double random = std::uniform_real_distribution<double>(0, 1)(random_);
  next_try_ = steady_clock::now() + options_.backoff.after(++failures_, random);
}

void SocketMode::connect(const std::stop_token& stop) {
  const auto outcome = api_.fetch("apps.connections.open", app_token_, {}, stop);
  if (stop.stop_requested()) return;
  std::string why = describe(outcome);
  if (const auto* result = std::get_if<ApiResult>(&outcome)) {
    try {
      return open(string(read_json(result->json), "url"));
    } catch (const Malformed& error) {
      why = error.what();
    } catch (const std::invalid_argument& error) {
      why = error.what();
    }
  }
  const auto* refusal = std::get_if<ApiRefusal>(&outcome);
  if (refusal != nullptr && refusal->is_wrong_token()) {
    throw std::runtime_error(fmt::format(
        "Slack refuses the app-level token ({}): mend slack.app_token, or OSRBOT_SLACK_APP_TOKEN; the app's page shows "
        "it under Basic Information, App-Level Tokens",
        why));
  }
  log_(LogLevel::warning, fmt::format("no socket from Slack: {}; trying again", why));
  failed();
  if (refusal != nullptr && refusal->retry_after) {
    next_try_ = std::max(next_try_, steady_clock::now() + *refusal->retry_after);
  }
}

void SocketMode::open(const std::string& url) {
  const auto id = ++last_link_;
  auto socket = std::make_unique<WebSocketClient>(
      WebSocketOptions{.url = url},
      WebSocketEvents{
          .message = [this, id](const std::string& frame, const WebSocketSend& answer) { hear(id, frame, answer); },
          .closed =
              [this, id](const std::string& why) {
                sign({id, Sign::Kind::closed, why});
              }});
  links_.push_back({.id = id, .socket = std::move(socket), .begun = steady_clock::now()});
}

void SocketMode::hear(std::uint64_t link, const std::string& frame, const WebSocketSend& answer) {
  try {
    const json envelope = read_json(frame);
    const auto type = string(envelope, "type");
    if (type == "hello") return sign({link, Sign::Kind::hello, {}});
    if (type == "disconnect") {
      auto reason = string(envelope, "reason");
      const auto kind = reason == "link_disabled" ? Sign::Kind::disabled : Sign::Kind::leave;
      return sign({link, kind, std::move(reason)});
    }
    const auto id = string(envelope, "envelope_id");
    if (id.empty()) return;
    ++counts_.envelopes;
    inbox_.put(read_envelope(envelope, type, workspaces_), [answer, id](bool durable, const std::string& payload) {
      if (durable) answer(acknowledgement(id, payload));
    });
  } catch (const Malformed& error) {
    ++counts_.unreadable;
    log_(LogLevel::warning, fmt::format("a frame from Slack cannot be read and is skipped: {}", error.what()));
  }
}

void SocketMode::sign(Sign sign) {
  const std::lock_guard lock(mutex_);
  signs_.push_back(std::move(sign));
  signed_.notify_one();
}

void SocketMode::take(const Sign& sign) {
  const auto link = std::ranges::find(links_, sign.link, &Link::id);
  if (link == links_.end()) return;
  switch (sign.kind) {
    case Sign::Kind::hello:
      if (link->greeted) return;
      link->greeted = steady_clock::now();
      ++counts_.connections;
      // The new one is there: those that Slack is about to end can go.
      for (auto& other : links_) {
        if (other.leaving) other.until = std::min(other.until, *link->greeted + options_.handover);
      }
      return;
    case Sign::Kind::leave:
      log_(LogLevel::debug, fmt::format("Slack is about to end a socket ({})", sign.why));
      if (!std::exchange(link->leaving, true) &&
          (!link->greeted || steady_clock::now() - *link->greeted < options_.lasting)) {
        failed();
      }
      return;
    case Sign::Kind::disabled:
      log_(LogLevel::error,
           "Slack says that Socket Mode is switched off for the app: switch it on under Socket Mode on "
           "the app's page, or set slack.mode to events");
      failed();
      next_try_ = std::max(next_try_, steady_clock::now() + options_.backoff.limit);
      break;
    case Sign::Kind::closed:
      if (!link->leaving && (!link->greeted || steady_clock::now() - *link->greeted < options_.lasting)) failed();
      break;
  }
  drop(*link, sign.why);
  links_.erase(link);
}

void SocketMode::look_after(Time now) {
  std::erase_if(leaving_, [](const auto& socket) { return socket->gone(); });
  for (auto& link : links_) {
    if (now >= link.until) {
      drop(link, "it is replaced");
    } else if (!link.greeted && now - link.begun > options_.greeting) {
      failed();
      drop(link, "Slack did not say hello");
    } else if (link.greeted && now - link.socket->last_heard() > options_.silence) {
      drop(link, "Slack fell silent");
    } else if (link.greeted && !link.leaving && now - *link.greeted >= options_.lasting) {
      failures_ = 0;
    }
  }
  std::erase_if(links_, [](const Link& one) { return !one.socket; });
}

void SocketMode::drop(Link& link, std::string_view why) {
  const bool expected = link.leaving;
  log_(expected ? LogLevel::debug : LogLevel::warning, fmt::format("a socket to Slack has ended: {}", why));
  link.socket->close();
  leaving_.push_back(std::move(link.socket));
}

}  // namespace osrbot::slack
