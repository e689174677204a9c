// Between the thread that reads a stream's bytes and the one that delivers what they say.
#pragma once

#include <algorithm>
#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <iterator>
#include <mutex>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

#include "adapters/transport/line_reader.h"

namespace osrbot::x {

/// Lines of a stream until somebody takes them. It holds so many bytes at most: a stream that overruns it is to be
/// closed, and what it would have said is found by search later. Thread-safe.
class Inbox {
 public:
  Inbox(std::size_t most_bytes, std::size_t longest_line) : most_bytes_(most_bytes), lines_(longest_line) {}

  /// Takes a piece of the stream; false when there is no room.
  bool put(std::string_view piece) {
    const std::lock_guard lock(mutex_);
    begun_ = true;
    lines_.feed(piece, [this](std::string_view line) {
      if (line.empty()) return;  // a sign of life
      bytes_ += line.size();
      waiting_.emplace_back(line);
    });
    changed_.notify_all();
    return bytes_ <= most_bytes_;
  }

  /// Nothing more will come.
  void close() {
    const std::lock_guard lock(mutex_);
    closed_ = true;
    changed_.notify_all();
  }

  struct Taken {
    std::vector<std::string> lines;
    bool begun = false;   ///< X answered, with lines or without
    bool closed = false;  ///< and these were the last
  };

  /// Up to `most` lines; waits for the first one, for the stream's beginning (`begun` is what the caller knows already)
  /// or end, for `stop`, but not longer than until `deadline`.
  Taken take(std::size_t most, bool begun, std::chrono::steady_clock::time_point deadline,
             const std::stop_token& stop) {
    std::unique_lock lock(mutex_);
    changed_.wait_until(lock, stop, deadline, [&] { return !waiting_.empty() || closed_ || begun_ != begun; });
    Taken taken;
    taken.begun = begun_;
    const auto count = std::min(most, waiting_.size());
    const auto end = waiting_.begin() + static_cast<std::ptrdiff_t>(count);
    taken.lines.assign(std::make_move_iterator(waiting_.begin()), std::make_move_iterator(end));
    waiting_.erase(waiting_.begin(), end);
    for (const std::string& line : taken.lines) bytes_ -= line.size();
    taken.closed = closed_ && waiting_.empty();
    return taken;
  }

 private:
  const std::size_t most_bytes_;
  std::mutex mutex_;  // guards what follows
  std::condition_variable_any changed_;
  LineReader lines_;
  std::vector<std::string> waiting_;
  std::size_t bytes_ = 0;
  bool begun_ = false;
  bool closed_ = false;
};

}  // namespace osrbot::x
