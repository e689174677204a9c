// How people are met who come into a conversation, or meet the bot for the first time.
#pragma once

#include "commands/context.h"
#include "commands/timer.h"

namespace osrbot {

/// Somebody joined a conversation: they are greeted there with one line and the way to the private chat. When many
/// come at once the first is greeted, and the others together after some minutes. Nothing is noted of them.
void welcome(const Voice& voice, const Update& joined);

/// One line, and a button that opens the private chat.
void invite_to_private_chat(Context& context);

/// Greets those who came while the bot kept quiet.
Timer late_welcome();

}  // namespace osrbot
