// Command menus in the form of setMyCommands.
#pragma once

#include <string>

#include "adapters/adapter.h"
#include "adapters/log.h"

namespace osrbot::telegram {

/// The JSON for setMyCommands, or empty when Telegram cannot show the menu at all. Bot API: at most 100 commands of
/// 1–32 of a–z, 0–9 and '_', descriptions of 1–256 characters, language codes of two letters. "task add" becomes
/// "task_add"; what cannot be shown is logged and left out, descriptions are cut. Of more than a hundred the last ones
/// of several words are left out.
std::string set_my_commands(const Menu& menu, const Log& log);

}  // namespace osrbot::telegram
