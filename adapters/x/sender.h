// Writes: answers, posts of the bot's own, direct messages.
#pragma once

#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <optional>
#include <stop_token>
#include <string>
#include <thread>

#include "adapters/adapter.h"
#include "adapters/log.h"
#include "adapters/post_parts.h"
#include "adapters/x/account.h"
#include "adapters/x/api.h"
#include "adapters/x/budget.h"
#include "adapters/x/counts.h"
#include "adapters/x/journal.h"
#include "adapters/x/pace.h"

namespace osrbot::x {

/// One thread, one message after the other: X allows so few that more would wait for each other.
///
/// A part of a thread is noted as begun, and paid, before it goes, and as done with its id afterwards. What was begun
/// and not done (the bot was killed, the answer was lost) is looked for among the bot's own posts before it is sent
/// again: nothing is said twice.
class Sender {
 public:
  struct Parts {
    Api& api;
    Budget& budget;
    Journal& journal;
    Account& account;
    Counts& counts;
    Log log;
  };

  Sender(const XConfig& config, Parts parts, const TextRules& rules, Pace pace);
  /// What waits or is under way ends as RetryLater.
  ~Sender();

  void send(OutboundMessage message, std::function<void(Delivery)> done);

 private:
  struct Order {
    OutboundMessage message;
    std::function<void(Delivery)> done;
  };
  void run(const std::stop_token& stop);
  Delivery deliver(const OutboundMessage& message, const std::stop_token& stop);
  Delivery deliver_message(const OutboundMessage& message, const Self& self, const std::stop_token& stop);
  Delivery deliver_posts(const OutboundMessage& message, const Self& self, const std::stop_token& stop);
  std::optional<Delivery> write(std::int64_t message, std::size_t part, Charge price, const Call& call, std::string& id,
                                const std::stop_token& stop);
  /// The id under which X has the picture and what it shows. @param post price of the post that it goes with
  std::variant<std::string, Delivery> upload(const Picture& picture, Charge post, const std::stop_token& stop);
  std::variant<std::string, Delivery> upload_step(const Call& call, const std::stop_token& stop);
  /// The id of the part if it is out already; empty: it is certainly not.
  std::variant<std::string, Delivery> find_part(const Self& self, const std::string& text, const std::string& parent,
                                                const std::stop_token& stop);
  RetryLater budget_used_up() const;
  std::optional<RetryLater> wait_for_room();
  Delivery delivery_of(const Refusal& refusal);
  Delivery delivery_of(const Failure& failure);

  const XConfig& config_;
  Parts parts_;
  const TextRules& rules_;
  const Pace pace_;
  // Of the sending thread alone:
  std::deque<std::chrono::steady_clock::time_point> written_;  ///< in the last day
  std::chrono::sys_seconds room_from_{};                       ///< X said that it takes nothing before

  std::mutex mutex_;  // guards what follows
  std::condition_variable_any changed_;
  std::deque<Order> orders_;
  bool closed_ = false;

  std::jthread thread_;
};

}  // namespace osrbot::x
