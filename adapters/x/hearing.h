// Hears: posts by stream, search or mentions, and direct messages, without a gap and without losing the place.
#pragma once

#include <chrono>
#include <mutex>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include "adapters/adapter.h"
#include "adapters/log.h"
#include "adapters/x/api.h"
#include "adapters/x/budget.h"
#include "adapters/x/counts.h"
#include "adapters/x/cursor.h"
#include "adapters/x/journal.h"
#include "adapters/x/pace.h"
#include "adapters/x/post_reader.h"

namespace osrbot::x {

class Inbox;

/// Messages of which somebody asks whether they are still there. Thread-safe.
class LookUps {
 public:
  void add(const std::vector<std::string>& ids);
  std::vector<std::string> take(std::size_t most);

 private:
  std::mutex mutex_;
  std::vector<std::string> waiting_;
};

/// The cursor moves only over what is certainly committed: while a gap is being closed (newest pages first) it stays
/// where the gap begins, and a bot that is killed closes the same gap again. Belongs to the thread that receives.
class Hearing {
 public:
  struct Parts {
    Api& api;
    Budget& budget;
    Journal& journal;
    LookUps& look_ups;
    Counts& counts;
    Log log;
  };

  Hearing(const XConfig& config, std::vector<std::string> tags, Parts parts, const PostReader& reader, Pace pace);

  /// Delivers until `stop`, and waits while the journal cannot be written. Throws std::runtime_error when X refuses the
  /// tokens.
  void run(const std::stop_token& stop, const std::string& cursor, const Deliver& deliver);

 private:
  using Time = std::chrono::steady_clock::time_point;
  enum class Source : std::uint8_t { search, mentions };

  void listen(const std::stop_token& stop);
  void poll(const std::stop_token& stop);
  /// One connection, from its beginning to its end; what ended it.
  Outcome hear_stream(const std::stop_token& stop);
  void deliver_lines(const std::vector<std::string>& lines, bool gap, const std::stop_token& stop);
  /// Waits as long as X wants after what happened; hears mentions meanwhile.
  void wait_after(const Outcome& outcome, const std::stop_token& stop);

  /// Reads all that came since the cursor, and delivers it, oldest first. True when nothing is missing.
  bool catch_up(Source source, const std::stop_token& stop);
  bool read_pages(Source source, Id since, std::vector<ReadPost>& posts, Id& newest, std::string& page,
                  const std::stop_token& stop);
  void read_messages(const std::stop_token& stop);
  void look_up(const std::stop_token& stop);
  /// What is due besides posts.
  void do_the_rest(const std::stop_token& stop);

  /// Delivers, and moves the cursor once that is committed. False when nothing is accepted any more.
  bool hand_over(std::vector<Update> updates, const Cursor& to);
  /// @param newest where the cursor goes; 0: nowhere
  bool hand_over(std::vector<ReadPost> posts, Id newest);
  void note_failure(std::string_view what, const Outcome& outcome);
  void throw_if_useless(const Outcome& outcome, Identity who) const;

  const XConfig& config_;
  const std::vector<std::string> tags_;
  Parts parts_;
  const PostReader& reader_;
  const Pace pace_;
  const Deliver* deliver_ = nullptr;
  Cursor cursor_;
  bool stopped_ = false;  ///< the bot is stopping: nothing is accepted any more
  unsigned network_failures_ = 0;
  unsigned refusals_ = 0;
  unsigned limits_ = 0;
  bool rules_known_ = false;
  Id mentions_heard_ = 0;  ///< while the stream is away
  Time next_messages_{};
  Time next_catch_up_{};
};

}  // namespace osrbot::x
