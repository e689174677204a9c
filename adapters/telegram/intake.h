// The way in that polling and webhook share: JSON of updates becomes a batch, and a pressed button is answered.
#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

#include "adapters/adapter.h"
#include "adapters/log.h"
#include "adapters/telegram/bot_api.h"
#include "adapters/telegram/update_reader.h"

namespace osrbot::telegram {

/// What happened since the start, for the metrics.
struct Counts {
  std::atomic<std::uint64_t> polls = 0;          ///< getUpdates that were answered
  std::atomic<std::uint64_t> poll_failures = 0;  ///< getUpdates that were refused or not answered
  std::atomic<std::uint64_t> updates = 0;        ///< Update objects that came in, of use or not
  std::atomic<std::uint64_t> unreadable = 0;     ///< Update objects that were skipped because they make no sense
  std::atomic<std::uint64_t> forged = 0;         ///< webhook calls without the right secret
};

/// Belongs to one thread.
class Intake {
 public:
  Intake(const Self& self, BotApi& api, Log log, Counts& counts)
      : reader_(self), api_(api), log_(std::move(log)), counts_(counts) {}

  /// Adds an update to the batch; one that cannot be read is logged, counted and left out. Returns its update_id, or a
  /// negative number when it shows none.
  std::int64_t add(std::string_view update);

  /// Hands over what is in the batch if it has grown to a good part of a poll's and needs no more work, so that it is
  /// worked on while the rest is still being read. False: nothing is accepted any more.
  bool deliver_part(std::int64_t next, const Deliver& deliver);

  /// Fetches the pictures of the batch, a few at most and not for long, and hands it over; whoever does not write below
  /// a picture does not wait for it. True: it is durable, and the buttons in it are being answered. False: nothing is
  /// accepted any more, or `stop` came while pictures were fetched. The batch is empty afterwards.
  bool deliver(std::string cursor, const Deliver& deliver, const std::stop_token& stop);

 private:
  bool deliver_above_pictures(const Deliver& deliver);
  bool fetch_pictures(const std::stop_token& stop);

  UpdateReader reader_;
  BotApi& api_;
  const Log log_;
  Counts& counts_;
  std::vector<Update> updates_;
  std::vector<std::string> callbacks_;
  struct WantedPicture {
    std::size_t update;  ///< its position in the batch
    std::string file_id;
  };
  std::vector<WantedPicture> pictures_;
};

}  // namespace osrbot::telegram
