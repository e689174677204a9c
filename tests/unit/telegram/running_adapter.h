// A Telegram adapter that receives from a fake Telegram, and an engine that only takes notes.
#pragma once

#include <algorithm>
#include <exception>
#include <future>
#include <mutex>
#include <stop_token>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "adapters/telegram/telegram_adapter.h"
#include "tests/fakes/fake_telegram.h"
#include "tests/fakes/telegram_updates.h"

namespace osrbot::telegram {

inline const fakes::TelegramPerson ana{.id = 7, .first_name = "Ana", .username = "ana"};
inline const fakes::TelegramChat team{.id = -1001, .type = "supergroup", .title = "Team"};

/// Ana to the bot, in private.
inline std::string says(const std::string& text, std::int64_t message_id) {
  return fakes::text_update(fakes::private_chat(ana), ana, message_id, text, 1'789'000'000);
}

class RunningAdapter {
 public:
  explicit RunningAdapter(fakes::FakeTelegram& server, TelegramConfig chosen = {})
      : config(at(server, std::move(chosen))),
        adapter(config, [this](LogLevel level, std::string_view text) { note(level, text); },
                {.first = std::chrono::milliseconds(2), .limit = std::chrono::milliseconds(10)}) {}
  ~RunningAdapter() { stop(); }

  /// Receives on a thread of its own. `accept` is asked for every batch and says whether it is committed.
  void start(
      const std::string& cursor = "", std::function<bool(const Batch&)> accept = [](const Batch&) { return true; }) {
    receiver = std::jthread([this, cursor, accept = std::move(accept)](std::stop_token token) {
      try {
        adapter.receive(token, cursor, [&](Batch batch) {
          const bool accepted = accept(batch);
          const std::lock_guard lock(mutex);
          if (accepted) batches.push_back(std::move(batch));
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

  std::vector<std::string> texts() const {
    const std::lock_guard lock(mutex);
    std::vector<std::string> out;
    for (const auto& batch : batches) {
      for (const auto& update : batch.updates) out.push_back(update.text);
    }
    return out;
  }
  std::string cursor() const {
    const std::lock_guard lock(mutex);
    return batches.empty() ? "" : batches.back().cursor;
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

 private:
  static TelegramConfig at(const fakes::FakeTelegram& server, TelegramConfig config) {
    config.base_url = server.url();
    if (config.token.empty()) config.token = Secret(server.options().token);
    return config;
  }
  void note(LogLevel, std::string_view text) {
    const std::lock_guard lock(mutex);
    logged.emplace_back(text);
  }

  mutable std::mutex mutex;
  std::vector<std::string> logged;
  std::vector<Batch> batches;
  std::string failure;

 public:
  const TelegramConfig config;
  TelegramAdapter adapter;

 private:
  std::jthread receiver;
};

}  // namespace osrbot::telegram
