// Yes and no: the answers to Context::ask(), and to whatever else the bot asks.
#pragma once

#include <string_view>

#include "commands/command.h"
#include "commands/dialogue.h"

namespace osrbot {

/// The kind of dialogue that Context::ask() opens; its payload is the command that is to run after a yes.
inline constexpr std::string_view confirm_dialogue = "confirm";

Command yes();
Command no();
Dialogue confirmation();

}  // namespace osrbot
