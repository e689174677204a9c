// The front door: whoever says hello, comes by a link, or asks how to join.
#pragma once

#include "commands/command.h"
#include "commands/context.h"

namespace osrbot {

/// Begins the first conversation, goes on with it, or greets somebody whom the bot knows; in a conversation with others
/// only the way to the private chat is shown.
void greet(Context& context, std::optional<std::int64_t> project = std::nullopt);

Command start();

}  // namespace osrbot
