// The heart: everything that happens goes through here, in batches, each one transaction.
#pragma once

#include <condition_variable>
#include <cstdint>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

#include "adapters/adapter.h"
#include "adapters/log.h"
#include "bot/clock.h"
#include "bot/health.h"
#include "bot/metrics.h"
#include "bot/relay.h"
#include "bot/update_handler.h"
#include "storage/sql.h"

namespace osrbot {

/// One thread runs cycle() over and over: it takes what waits (batches of updates, results of sends, due jobs), applies
/// it in one transaction with one savepoint per update, commits, and only then tells the receivers and sends. What
/// comes in while it applies joins the transaction, up to its size. An update is either fully applied, with its replies
/// queued, or not seen at all.
///
/// When the database cannot be written (disk full, locked), nothing is accepted or sent: the cycle is repeated until it
/// succeeds, receivers wait, and Readiness says why.
class Engine {
 public:
  struct Options {
    std::size_t batch_size = 256;                ///< updates in a transaction, those not counted that leave no row
    std::chrono::milliseconds first_retry{100};  ///< after a transaction failed; doubled up to
    std::chrono::milliseconds last_retry{5'000};
    /// Results of sends that come in so soon after a commit wait for company: under load they share transactions.
    std::chrono::milliseconds results_pause{0};
    /// So long a transaction stays open for the rest of an unfinished batch: each commit has its price.
    std::chrono::milliseconds rest_pause{0};
  };

  /// Whom the engine tells what it does.
  struct Observers {
    Log log;
    Metrics& metrics;
    Readiness& readiness;  ///< its part "database"
  };

  /// `db` is the one connection of the process that writes; only cycle() uses it.
  Engine(storage::Connection& db, UpdateHandler& handler, const Clock& clock, Observers observers, Options options);
  ~Engine();

  /// Adds a way out. Before the first cycle.
  Relay& add_relay(Adapter& adapter, Relay::Options options);

  /// Hands in a batch; `done` is called on the engine's thread, with true after the commit, with false when the engine
  /// stops without having applied it. Of an unfinished batch that is none of the bot's business nothing is heard.
  void submit(Batch batch, std::function<void(bool)> done);

  /// The same, waiting for the answer unless the batch is unfinished: what receivers call. False: the engine stops.
  bool deliver(Batch batch);

  /// The program is about to end: what a database that cannot be written keeps waiting is refused from now on, so that
  /// whoever handed it in can end. From any thread, before run() is told to stop.
  void wait_no_longer();

  /// Runs `work` on the engine's thread between two cycles, for example a backup; waits for it and throws what it
  /// throws. Throws std::runtime_error when the engine has stopped.
  void with_database(const std::function<void(storage::Connection&)>& work);

  /// Runs cycles until `stop` is requested; then, with nothing new accepted, until what is queued has been sent, but at
  /// most for `grace`. Throws storage::Error when the database is beyond repair.
  void run(std::stop_token stop, std::chrono::milliseconds grace);

  /// One round without waiting; true when there was anything to do. Throws storage::Error when the database fails.
  bool cycle();

  const std::vector<std::unique_ptr<Relay>>& relays() const { return relays_; }

 private:
  struct Delivery {
    Batch batch;           ///< of updates that are the bot's business
    std::size_t received;  ///< with those that are not
    std::function<void(bool)> done;
  };
  struct Tally {
    std::uint64_t handled = 0;
    std::uint64_t duplicates = 0;
    std::uint64_t dead = 0;
  };

  void take_work();
  bool take_waiting();
  bool take_rest();
  bool anything_to_do() const;
  bool relays_idle() const;
  bool is_hurried() const;
  void apply_everything();
  void apply(const Update& update, std::chrono::sys_seconds now);
  void after_commit();
  bool cycle_or_retry();
  void run_errands();
  void wait(const std::stop_token& stop, std::chrono::steady_clock::time_point until);
  std::chrono::steady_clock::time_point next_event() const;
  std::optional<std::chrono::steady_clock::time_point> next_send() const;
  void wake();
  void close();
  void report(std::optional<std::string> trouble);

  storage::Connection& db_;
  UpdateHandler& handler_;
  const Clock& clock_;
  Log log_;
  Metrics& metrics_;
  Readiness& readiness_;
  Options options_;
  Counter& received_;
  Counter& handled_;
  Counter& duplicates_;
  Counter& dead_;
  Histogram& batch_seconds_;
  std::vector<std::unique_ptr<Relay>> relays_;
  std::vector<Delivery> taken_;  ///< by the cycle under way
  bool caught_up_ = false;       ///< the relays and next_job_ know what the database holds
  std::optional<std::chrono::sys_seconds> next_job_;
  std::chrono::milliseconds retry_{0};
  std::chrono::steady_clock::time_point results_from_{};  ///< results alone are not worth a transaction before
  Tally tally_;                                           ///< of the transaction under way

  mutable std::mutex mutex_;
  std::condition_variable_any changed_;
  std::deque<Delivery> waiting_;  ///< guarded by mutex_, like the rest
  std::deque<std::function<void(storage::Connection*)>> errands_;
  bool woken_ = false;
  bool hurried_ = false;
  bool closed_ = false;
};

}  // namespace osrbot
