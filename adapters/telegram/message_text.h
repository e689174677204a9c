// The text of a Telegram message, as the bot reads it: without the slash of a command and without its own name.
#pragma once

#include <string>
#include <vector>

#include <nlohmann/json_fwd.hpp>

#include "adapters/telegram/fields.h"
#include "adapters/update.h"

namespace osrbot::telegram {

struct MessageText {
  std::string text;     ///< empty: the message has none
  std::string payload;  ///< of a deep link; `text` is then "start"
  std::vector<TextRange> quoted;
  std::vector<TextRange> called;  ///< the bot by its own name, but for the beginning
  std::vector<MentionedPerson> mentioned;
  bool addressed = false;      ///< by a command or by a mention of the bot
  bool for_other_bot = false;  ///< begins with "/command@another_bot"
};

/// Reads text or caption of a Message object, and its entities.
///
/// "/task_add@this_bot Clean the data" becomes "task add Clean the data": command menus know no spaces, so '_' stands
/// for one. A command may begin every line. "@this_bot, help" becomes "help". All of a forwarded message is a
/// quotation. Bot API: offsets of entities count UTF-16 units; offsets that lie outside the text or inside a character
/// are moved to the nearest character before. Throws Malformed.
MessageText read_text(const nlohmann::json& message, const Self& self);

}  // namespace osrbot::telegram
