// An X adapter against a fake X, and an engine that only takes notes.
#pragma once

#include <algorithm>
#include <atomic>
#include <condition_variable>
#include <exception>
#include <future>
#include <map>
#include <mutex>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

#include "adapters/x/x_adapter.h"
#include "commands/post_rules.h"
#include "tests/fakes/fake_x.h"
#include "tests/fakes/memory_journal.h"

namespace osrbot::x {

class MemorySecrets final : public SecretStore {
 public:
  std::optional<std::string> find(const std::string& name) override {
    const std::lock_guard lock(mutex_);
    const auto found = values_.find(name);
    return found == values_.end() ? std::nullopt : std::optional(found->second);
  }
  void put(const std::string& name, const std::string& value) override {
    if (full_disk) throw std::runtime_error("the disk is full");
    const std::lock_guard lock(mutex_);
    values_[name] = value;
  }
  void erase(const std::string& name) override {
    const std::lock_guard lock(mutex_);
    values_.erase(name);
  }

  std::atomic<bool> full_disk = false;

 private:
  std::mutex mutex_;
  std::map<std::string, std::string> values_;
};

/// Waits of a few milliseconds.
inline Pace quick() {
  using std::chrono::milliseconds;
  return {.network = {milliseconds(2), milliseconds(10)},
          .refused = {milliseconds(2), milliseconds(10), 2},
          .limited = {milliseconds(5), milliseconds(20), 2},
          .longest_silence = milliseconds(20'000),
          .login = milliseconds(10),
          .budget = milliseconds(10)};
}

inline std::chrono::sys_seconds clock_now() {
  return std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
}

/// What outlives the adapter when the bot is killed and started again.
struct Memory {
  fakes::MemoryJournal journal;
  MemorySecrets secrets;
  std::string cursor;
  std::vector<std::string> keys;  ///< of updates that were committed
};

class RunningX {
 public:
  RunningX(fakes::FakeX& server, Memory& kept, XConfig chosen = {}, Pace pace = quick())
      : memory(kept),
        config(at(server, std::move(chosen))),
        adapter(config, {"OpenSourceResearch", "OSRC"},
                {.secrets = memory.secrets,
                 .journal = memory.journal,
                 .rules = post_rules(),
                 .now = clock_now,
                 .log = [this](LogLevel, std::string_view text) { note(text); }},
                pace) {}
  ~RunningX() { stop(); }

  /// Receives on a thread of its own, from the cursor that the memory holds. `accept` says whether a batch is
  /// committed.
  void start(std::function<bool(const Batch&)> accept = [](const Batch&) { return true; }) {
    receiver_ = std::jthread([this, accept = std::move(accept)](std::stop_token token) {
      try {
        adapter.receive(token, memory.cursor, [&](Batch batch) {
          if (!accept(batch)) return false;
          const std::lock_guard lock(mutex_);
          for (Update& update : batch.updates) {
            // As the engine does.
            if (std::ranges::find(memory.keys, update.key) != memory.keys.end()) continue;
            memory.keys.push_back(update.key);
            updates_.push_back(std::move(update));
          }
          if (!batch.cursor.empty()) memory.cursor = batch.cursor;
          changed_.notify_all();
          return true;
        });
      } catch (const std::exception& error) {
        const std::lock_guard lock(mutex_);
        failure_ = error.what();
        changed_.notify_all();
      }
    });
  }
  void stop() {
    receiver_.request_stop();
    if (receiver_.joinable()) receiver_.join();
  }

  bool wait_for_updates(std::size_t count) {
    return wait([&] { return updates_.size() >= count; });
  }
  bool wait_for_cursor(const std::string& posts) {
    return wait([&] { return memory.cursor.starts_with(posts + " "); });
  }
  bool wait_for_failure() {
    return wait([&] { return !failure_.empty(); });
  }
  bool wait_for_log(std::string_view words) {
    return wait([&] { return logged(words); });
  }

  std::vector<Update> updates() const {
    const std::lock_guard lock(mutex_);
    return updates_;
  }
  std::vector<std::string> texts() const {
    std::vector<std::string> texts;
    for (const Update& update : updates()) texts.push_back(update.text);
    return texts;
  }
  std::string failure() const {
    const std::lock_guard lock(mutex_);
    return failure_;
  }
  std::size_t count_logged(std::string_view words) const {
    const std::lock_guard lock(mutex_);
    return static_cast<std::size_t>(
        std::ranges::count_if(log_, [&](const auto& line) { return line.find(words) != std::string::npos; }));
  }

  Delivery send(OutboundMessage message) {
    std::promise<Delivery> result;
    adapter.send(std::move(message), [&](Delivery delivery) { result.set_value(std::move(delivery)); });
    return result.get_future().get();
  }

  Memory& memory;

 private:
  static XConfig at(const fakes::FakeX& server, XConfig config) {
    config.base_url = server.url();
    if (config.bearer_token.empty()) config.bearer_token = Secret(server.bearer);
    if (config.client_id.empty() && config.consumer_key.empty()) {
      config.consumer_key = Secret(server.consumer_key);
      config.consumer_secret = Secret("cs");
      config.access_token = Secret("at");
      config.access_secret = Secret("as");
    }
    return config;
  }
  bool logged(std::string_view words) const {
    return std::ranges::any_of(log_, [&](const auto& line) { return line.find(words) != std::string::npos; });
  }
  template <typename Condition>
  bool wait(Condition condition) {
    std::unique_lock lock(mutex_);
    return changed_.wait_for(lock, std::chrono::seconds(60), condition);
  }
  void note(std::string_view text) {
    const std::lock_guard lock(mutex_);
    log_.emplace_back(text);
    changed_.notify_all();
  }

  mutable std::mutex mutex_;
  std::condition_variable changed_;
  std::vector<std::string> log_;
  std::vector<Update> updates_;
  std::string failure_;

 public:
  const XConfig config;
  XAdapter adapter;

 private:
  std::jthread receiver_;
};

}  // namespace osrbot::x
