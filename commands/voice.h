// How the bot speaks: words from the catalogue, into the outbox, to a place, a person or a project's homes.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "adapters/capabilities.h"
#include "adapters/message.h"
#include "adapters/update.h"
#include "commands/catalogue.h"
#include "commands/command.h"
#include "commands/outgoing.h"
#include "commands/vocabulary.h"
#include "config/config.h"
#include "storage/people.h"
#include "storage/sql.h"

namespace osrbot {

struct Dialogue;
namespace matching {
class Pool;
}

/// What each platform that the bot is on can do, by the adapter's name.
using Platforms = std::map<std::string, Capabilities, std::less<>>;

/// What all handlers share and none changes.
struct House {
  const Config& config;
  const Catalogue& words;
  const std::vector<Command>& commands;
  const Vocabulary& vocabulary;
  matching::Pool& pool;  ///< follows the tables by itself
  Outgoing& outgoing;
  const Platforms& platforms;
  const std::vector<Dialogue>& dialogues;

  /// Of an adapter that the bot does not run now: nothing.
  const Capabilities& platform(std::string_view adapter) const;
};

/// Why somebody is written to in private. Decides whether it may be now, later or not at all: commands/contact.h.
enum class Occasion : std::uint8_t {
  answer,    ///< to what they have just written
  reminder,  ///< which they set for themselves
  personal,  ///< somebody did something that concerns them: gave them a task, asks them to decide
  unasked,   ///< nudges, digests, invitations, check-ins
};

/// Speaks inside a transaction: what is said is sent if the transaction is committed, and never otherwise.
class Voice {
 public:
  /// @param the_update the key of the update that makes the bot speak
  Voice(const House& house, storage::Connection& db, std::chrono::sys_seconds now, std::string the_update);

  const House& house;
  storage::Connection& db;
  const std::chrono::sys_seconds now;
  const std::string update_key;

  /// Composes a message; several calls make a longer one.
  void say(Message& message, std::string_view language, std::string_view key, const Arguments& arguments = {}) const;

  /// The language in which a person is spoken to.
  const std::string& language_of(const storage::Person& person) const;

  /// Sends to a place. `reply_to`: the platform's id of the message that is answered, or empty.
  void send(const Place& to, std::string_view reply_to, Message message) const;

  /// Tells somebody privately, in their language; on `preferred_adapter` if they can be reached there; after their
  /// quiet hours, if it can wait. False when there is no way to reach them (a person has to open the private
  /// conversation first), or they do not want to be written to.
  bool tell(const storage::Person& person, std::string_view key, const Arguments& arguments = {},
            const std::vector<Button>& buttons = {}, std::string_view preferred_adapter = {},
            Occasion occasion = Occasion::personal) const;
  bool tell(const storage::Person& person, const Message& message, std::string_view preferred_adapter = {},
            Occasion occasion = Occasion::personal) const;

  /// Says something in every home of a project, in the bot's language, but not in `except`, where it has been said, and
  /// not on public platforms, where nobody asked; in how many.
  int announce(std::int64_t project_id, std::string_view key, const Arguments& arguments = {},
               const std::vector<Button>& buttons = {}, const Place* except = nullptr) const;
};

}  // namespace osrbot
