// The text of a Slack message, as the bot reads it: without markup and without the bot's own name.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "adapters/update.h"

namespace osrbot::slack {

struct MessageText {
  std::string text;
  std::vector<TextRange> quoted;
  std::vector<TextRange> called;  ///< the bot by its own name, but for the beginning
  std::vector<MentionedPerson> mentioned;
  bool calls_bot = false;     ///< the bot is mentioned
  bool calls_others = false;  ///< the first word mentions somebody else
};

/// Reads mrkdwn: mentions (`<@U1>`, `<@U1|ana>`), channels, links and special mentions become what people see of them;
/// `&lt; &gt; &amp;` become what they stand for; code, quoted lines and struck-out text are quoted; stars and
/// underscores around words go, and so do emoji codes at the end of a line. "<@bot>, help" becomes "help".
/// @param bot_user the bot's user id; empty when it is not known
MessageText read_text(std::string_view mrkdwn, std::string_view bot_user);

}  // namespace osrbot::slack
