// A Slack adapter that talks with a fake Slack, and an engine that only takes notes.
#pragma once

#include <algorithm>
#include <chrono>
#include <exception>
#include <functional>
#include <future>
#include <map>
#include <mutex>
#include <optional>
#include <stop_token>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "adapters/slack/app_needs.h"
#include "adapters/slack/request_signature.h"
#include "adapters/slack/slack_adapter.h"
#include "tests/fakes/fake_slack.h"
#include "tests/fakes/server_threads.h"
#include "tests/fakes/slack_events.h"

namespace osrbot::slack {

/// Keeps secrets in the clear, and can refuse to.
class PlainSecrets : public SecretStore {
 public:
  std::optional<std::string> find(const std::string& name) override {
    const std::lock_guard lock(mutex_);
    if (broken) throw std::runtime_error("secret.key is wrong");
    const auto found = values.find(name);
    return found == values.end() ? std::nullopt : std::optional(found->second);
  }
  void put(const std::string& name, const std::string& value) override {
    const std::lock_guard lock(mutex_);
    if (broken) throw std::runtime_error("secret.key is wrong");
    values[name] = value;
  }
  void erase(const std::string& name) override {
    const std::lock_guard lock(mutex_);
    values.erase(name);
  }
  std::map<std::string, std::string> kept() const {
    const std::lock_guard lock(mutex_);
    return values;
  }

  std::map<std::string, std::string> values;
  bool broken = false;

 private:
  mutable std::mutex mutex_;
};

inline SocketMode::Options quick() {
  SocketMode::Options options;
  options.lasting = std::chrono::milliseconds(0);
  options.handover = std::chrono::milliseconds(0);
  options.backoff = {.first = std::chrono::milliseconds(2), .limit = std::chrono::milliseconds(10)};
  return options;
}

inline constexpr const char* signing_secret = "8f742231b10e8888abcd99";

class RunningSlack {
 public:
  explicit RunningSlack(fakes::FakeSlack& slack, SlackConfig chosen = {}, SocketMode::Options socket = quick())
      : config(at(slack, std::move(chosen))),
        adapter(
            config, &secrets, [this](LogLevel, std::string_view text) { note(text); }, socket) {
    fakes::share_four_threads();
    for (auto& [path, handler] : adapter.routes()) routes.emplace(path, std::move(handler));
  }
  ~RunningSlack() { stop(); }

  /// Receives on a thread of its own. `accept` is asked for every batch and says whether it is committed.
  void start(std::function<bool(const Batch&)> accept = [](const Batch&) { return true; }) {
    receiver = std::jthread([this, accept = std::move(accept)](std::stop_token token) {
      try {
        adapter.receive(token, "", [&](Batch batch) {
          const bool accepted = accept(batch);
          const std::lock_guard lock(mutex);
          if (accepted) std::ranges::move(batch.updates, std::back_inserter(taken));
          return accepted;
        });
      } catch (const std::exception& error) {
        const std::lock_guard lock(mutex);
        failure = error.what();
      }
    });
  }
  void stop() {
    receiver.request_stop();
    if (receiver.joinable()) receiver.join();
  }
  void wait_for_end() { receiver.join(); }

  std::vector<Update> updates() const {
    const std::lock_guard lock(mutex);
    return taken;
  }
  /// What the engine would apply: nothing twice.
  std::vector<std::string> texts() const {
    std::vector<std::string> keys;
    std::vector<std::string> out;
    for (const auto& update : updates()) {
      if (std::ranges::find(keys, update.key) != keys.end()) continue;
      keys.push_back(update.key);
      out.push_back(update.text);
    }
    return out;
  }
  bool has_logged(std::string_view words) const {
    const std::lock_guard lock(mutex);
    return std::ranges::any_of(logged, [&](const auto& line) { return line.find(words) != std::string::npos; });
  }
  std::string failed_with() const {
    const std::lock_guard lock(mutex);
    return failure;
  }

  Delivery send(OutboundMessage message) {
    std::promise<Delivery> result;
    adapter.send(std::move(message), [&](Delivery delivery) { result.set_value(std::move(delivery)); });
    return result.get_future().get();
  }

  /// Calls a handler as the HTTP server does. The future is ready when it has answered.
  std::future<ServerResponse> call(const std::string& path, ServerRequest request) {
    const auto answered = std::make_shared<std::promise<ServerResponse>>();
    auto future = answered->get_future();
    routes.at(path)(std::move(request),
                    [answered, once = std::make_shared<std::atomic<bool>>(false)](ServerResponse r) {
                      if (!once->exchange(true)) answered->set_value(std::move(r));
                    });
    return future;
  }
  /// The same, signed, `age` seconds ago.
  std::future<ServerResponse> post(const std::string& path, const std::string& body, int age = 0) {
    const auto now = std::chrono::system_clock::now().time_since_epoch();
    const auto at = std::to_string(std::chrono::floor<std::chrono::seconds>(now).count() - age);
    return call(path, {.method = "POST",
                       .path = path,
                       .query = {},
                       .headers = {{"x-slack-request-timestamp", at},
                                   {"x-slack-signature", request_signature(signing_secret, at, body)}},
                       .body = body});
  }

 private:
  static SlackConfig at(const fakes::FakeSlack& slack, SlackConfig config) {
    config.base_url = slack.url();
    if (config.bot_token.empty() && !config.installs()) config.bot_token = Secret(slack.options().bot_token);
    if (config.app_token.empty()) config.app_token = Secret(slack.options().app_token);
    config.signing_secret = Secret(signing_secret);
    return config;
  }
  void note(std::string_view text) {
    const std::lock_guard lock(mutex);
    logged.emplace_back(text);
  }

  mutable std::mutex mutex;
  std::vector<std::string> logged;
  std::vector<Update> taken;
  std::string failure;

 public:
  PlainSecrets secrets;
  const SlackConfig config;
  SlackAdapter adapter;
  std::map<std::string, HttpServer::Handler> routes;

 private:
  std::jthread receiver;
};

/// Words for a place, as the outbox hands them over.
inline OutboundMessage words(const std::string& text, const std::string& conversation = "C1", bool is_private = false) {
  OutboundMessage out;
  out.to = {.adapter = "slack", .workspace = "T1", .conversation = conversation, .is_private = is_private};
  out.message.blocks = {{.spans = {{.text = text}}}};
  return out;
}

}  // namespace osrbot::slack
