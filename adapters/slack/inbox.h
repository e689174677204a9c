// Where what came from Slack, over whichever connection, waits for its turn to be committed, and is answered
// afterwards.
#pragma once

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <mutex>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include "adapters/adapter.h"
#include "adapters/log.h"
#include "adapters/slack/update_reader.h"

namespace osrbot::slack {

/// What happened since the start, for the metrics.
struct Counts {
  std::atomic<std::uint64_t> connections = 0;  ///< WebSockets that Slack greeted
  std::atomic<std::uint64_t> envelopes = 0;    ///< what came over them
  std::atomic<std::uint64_t> requests = 0;     ///< what came over HTTP with a good signature
  std::atomic<std::uint64_t> forged = 0;       ///< what came over HTTP with a bad or stale one
  std::atomic<std::uint64_t> unreadable = 0;   ///< what made no sense
};

/// Answers Slack: whether the update is durable, and if so, with which payload (JSON; empty: none).
using Acknowledge = std::function<void(bool durable, const std::string& payload)>;

/// Any thread puts, one thread runs. Whatever waits is one batch, and so one commit.
class Inbox {
 public:
  /// Called on the thread of run(): before a batch is delivered, to complete it; and after its commit, for each.
  struct Steps {
    std::function<void(const std::stop_token&, std::vector<Reading>&)> before;
    std::function<void(const Reading&)> after;
  };

  explicit Inbox(Log log, Counts& counts) : log_(std::move(log)), counts_(counts) {}

  /// False: there is no room, or the inbox is closed; nothing was taken, and Slack is to send it again.
  bool put(Reading reading, Acknowledge acknowledge);

  /// Has `work` done on the thread of run(), which may wait. False: the inbox is closed.
  bool put_work(std::function<void()> work);

  /// Returns when `stop` is requested or `deliver` says so; what waits then, and whatever comes later, is refused.
  void run(const std::stop_token& stop, const Steps& steps, const Deliver& deliver);

  /// Whatever waits, and all that comes later, is refused.
  void close();

  /// A dialog is to be shown in answer to the submission that `dialog` names: acknowledges that with `payload`. False
  /// when no such submission waits for its answer.
  bool answer_submission(const std::string& dialog, const std::string& payload);

 private:
  using Time = std::chrono::steady_clock::time_point;

  struct Arrival {
    Reading reading;
    Acknowledge acknowledge;
  };
  struct Submission {
    Acknowledge acknowledge;
    Time due = Time::max();
  };

  std::vector<Arrival> take(const std::stop_token& stop, std::vector<std::function<void()>>& work);
  bool handle(const std::stop_token& stop, std::vector<Arrival> arrivals, const Steps& steps, const Deliver& deliver);
  void acknowledge_late_submissions();

  const Log log_;
  Counts& counts_;
  std::mutex mutex_;  // guards what follows
  std::condition_variable_any arrived_;
  std::vector<Arrival> waiting_;
  std::vector<std::function<void()>> work_;
  std::map<std::string, Submission> submissions_;  ///< by dialog
  bool closed_ = false;
};

}  // namespace osrbot::slack
