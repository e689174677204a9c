// What the X adapter must know again after a restart.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "config/billing.h"

namespace osrbot::x {

/// What X charges for. The order is that of the names in kind_name().
enum class Charge : std::uint8_t {
  read_post,
  read_mention,  ///< a post from the bot's own mentions or its own timeline
  read_message,
  write_post,
  write_reply,  ///< to somebody who mentioned the bot
  write_link,   ///< a post that holds a link
  write_message,
  write_picture,  ///< a picture and what is said of it, besides the post that it goes with
};
inline constexpr std::size_t charges = 8;

/// "read_post": the name in the configuration and in the database.
std::string_view charge_name(Charge charge);

struct Spending {
  std::int64_t count = 0;
  MicroDollars amount = 0;
};

/// One part of a message of several posts.
struct Part {
  bool begun = false;   ///< it was about to be sent: whether X has it must be looked up
  std::string post_id;  ///< empty: not known to be out
};

/// Kept in the database by the bot. Thread-safe; each call waits, and what it changed is durable when it returns.
/// Everything throws std::runtime_error while the bot is stopping. Must not be called from the engine's thread.
class Journal {
 public:
  virtual ~Journal() = default;

  /// What a month cost so far, by charge_name(). @param month "2026-11"
  virtual std::map<std::string, Spending> spent(const std::string& month) = 0;
  virtual void charge(const std::string& month, Charge what, std::int64_t count, MicroDollars amount) = 0;

  /// Somebody spoke to the bot: to this post (or this person's messages, "dm:<user id>") it may answer.
  virtual void summoned(const std::vector<std::string>& keys) = 0;
  /// Whether the message may answer there: nobody else's answer may, and a second one neither. Remembers it.
  virtual bool may_answer(const std::string& post_id, std::int64_t message) = 0;
  virtual bool has_summoned(const std::string& key) = 0;

  /// What is known of the parts of a message so far, in order.
  virtual std::vector<Part> parts(std::int64_t message) = 0;
  virtual void begin_part(std::int64_t message, std::size_t part) = 0;
  virtual void finish_part(std::int64_t message, std::size_t part, const std::string& post_id) = 0;
  /// The part is certainly not out.
  virtual void undo_part(std::int64_t message, std::size_t part) = 0;
};

}  // namespace osrbot::x
