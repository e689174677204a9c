// Messages as posts: plain text in numbered parts.
#pragma once

#include <string>
#include <vector>

#include "adapters/message.h"
#include "adapters/post_parts.h"

namespace osrbot::x {

struct Rendering {
  std::string handle;       ///< of the bot, without '@': the commands that people are told to type begin with it
  bool is_private = false;  ///< a direct message: commands need no address, and there is room
  bool links = false;       ///< otherwise addresses are shown so that X makes no link of them
};

/// The texts of the posts, in order, each within what X allows: 280 weighted characters, or a direct message's 10,000.
/// Several are numbered "(2/3)". Buttons become the words to type. In posts nobody is mentioned but the bot itself: X
/// tells whom it answers, and a name in a text must not call anybody. What is longer than 25 posts is cut off, with
/// "…".
std::vector<std::string> render(Message message, const Rendering& rendering, const TextRules& rules);

}  // namespace osrbot::x
