// The way out: takes messages from the outbox to one adapter, in order per conversation, within the platform's limits.
#pragma once

#include <chrono>
#include <cstdint>
#include <deque>
#include <functional>
#include <map>
#include <mutex>
#include <optional>
#include <random>
#include <string>
#include <unordered_map>
#include <vector>

#include "adapters/adapter.h"
#include "adapters/log.h"
#include "adapters/transport/backoff.h"
#include "adapters/transport/token_bucket.h"
#include "bot/clock.h"
#include "bot/metrics.h"
#include "commands/outgoing.h"
#include "storage/sql.h"

namespace osrbot {

/// A state machine without a thread of its own (docs/decisions/0003-relay-without-thread.md): the engine calls
/// exchange() inside each transaction and committed() after it, so that a message can be queued and taken for sending
/// in the transaction that caused it. Several conversations are served at once, never two messages of one; what waits
/// for a busy conversation is merged. A conversation that the platform delays or refuses holds up no other.
///
/// Only completed() (inside) is called from other threads.
class Relay {
 public:
  struct Options {
    Backoff backoff;
    std::chrono::seconds give_up_after = std::chrono::hours(48);  ///< since the message was queued
    std::uint64_t seed = std::random_device{}();
  };

  /// @param wake called on any thread when a result has come in: the engine is to run a cycle
  Relay(Adapter& adapter, const Clock& clock, Log log, Metrics& metrics, std::function<void()> wake, Options options);

  /// Writes the results that have come in, learns of new messages, and claims those that may go now; what `outgoing`
  /// has of them is not read from the database.
  void exchange(storage::Connection& db, Outgoing* outgoing = nullptr);

  /// The transaction is durable: sends what was claimed.
  void committed();

  /// The transaction was undone: so is everything that exchange() learned from it.
  void rolled_back();

  /// When there will be something to claim, `now` or later; nothing: when a result or a new message comes.
  std::optional<std::chrono::steady_clock::time_point> next_ready(std::chrono::steady_clock::time_point now) const;

  /// Results that wait for exchange().
  bool has_results() const;

  /// Nothing is being sent and nothing could be sent now.
  bool idle() const;

  std::size_t in_flight() const { return in_flight_.size(); }
  std::size_t waiting() const { return waiting_; }
  Adapter& adapter() const { return adapter_; }

 private:
  using Time = std::chrono::steady_clock::time_point;

  /// What waits for a conversation. The messages themselves stay in the database until their turn.
  struct Conversation {
    std::string workspace;
    std::string id;
    std::deque<std::int64_t> waiting;
    std::size_t repeat = 0;  ///< so many of the first in `waiting` went together and must go together again; 0: free
    bool in_flight = false;
    bool scheduled = false;  ///< stands in ready_ or timed_
    unsigned failures = 0;
    Time not_before{};
    TokenBucket second;
    TokenBucket minute;
  };
  using Conversations = std::unordered_map<std::string, Conversation>;

  struct Flight {
    std::vector<std::int64_t> ids;
    std::chrono::sys_seconds queued_at{};
    bool is_private = false;
  };
  struct Claim {
    std::string key;
    Flight flight;
    OutboundMessage message;
  };
  struct Result {
    std::string key;
    Delivery delivery;
  };

  void learn(storage::Connection& db);
  void claim(storage::Connection& db, Outgoing* outgoing);
  void apply(storage::Connection& db, const Result& result);
  void apply(storage::Connection& db, Conversation& to, const Flight& flight, const Sent& sent);
  void apply(storage::Connection& db, Conversation& to, const Flight& flight, const RetryLater& later);
  void apply(storage::Connection& db, Conversation& to, const Flight& flight, const Rejected& rejected);
  void apply(storage::Connection& db, Conversation& to, const Flight& flight, const Moved& moved);
  std::optional<Claim> take(storage::Connection& db, const std::string& key, Conversation& from, Outgoing* outgoing);
  std::optional<Outgoing::Kept> take(storage::Connection& db, std::int64_t id, Outgoing* outgoing);
  Conversation& conversation(const std::string& key, const std::string& workspace, const std::string& id,
                             bool is_private);
  void schedule(const std::string& key, Conversation& conversation);
  void completed(const std::string& key, Delivery delivery);
  void forget_idle();

  Adapter& adapter_;
  const Clock& clock_;
  Log log_;
  std::function<void()> wake_;
  Options options_;
  Capabilities can_;
  Counter& sent_;
  Counter& merged_;
  Counter& retried_;
  Counter& failed_;
  Gauge& backlog_;
  std::mt19937_64 random_;

  Conversations conversations_;
  std::size_t forget_above_ = 4096;         ///< so many conversations are kept before idle ones are looked for
  std::deque<std::string> ready_;           ///< conversations with something to send
  std::multimap<Time, std::string> timed_;  ///< conversations that must wait until a time
  std::unordered_map<std::string, Flight> in_flight_;  ///< what is with the adapter, by conversation
  TokenBucket overall_;
  std::int64_t learned_ = 0;  ///< the last outbox number that is known
  std::size_t waiting_ = 0;
  std::vector<Claim> claims_;     ///< by the transaction under way
  std::vector<Result> applying_;  ///< written by the transaction under way

  mutable std::mutex mutex_;
  std::vector<Result> results_;  ///< guarded by mutex_
};

}  // namespace osrbot
