// Tells those who can mend it that the bot cannot write in a chat.
#pragma once

#include <chrono>

#include "adapters/adapter.h"
#include "commands/timer.h"
#include "storage/conversations.h"
#include "storage/sql.h"

namespace osrbot {

/// A message to a chat was refused because the chat as a whole takes none: the coordinators of the projects at home
/// there are told in private. Not again for a month, however many messages are refused, unless the bot was added there
/// meanwhile.
void note_unreachable(storage::Connection& db, const storage::conversations::Id& chat, Obstacle obstacle,
                      std::chrono::sys_seconds now);

/// The bot was added to the chat: what comes next is news again.
void note_reachable(storage::Connection& db, const storage::conversations::Id& chat);

Timer unreachable_chat();

}  // namespace osrbot
