// "Stop", "pause" and "resume": at once, without a question, for everybody, over all platforms of a person.
#pragma once

#include "commands/command.h"
#include "commands/context.h"

namespace osrbot {

Command stop();
Command pause();
Command resume();

/// Whether a message that is no command asks, in any language, not to be written to any more. Then it is obeyed and
/// answered. Patient data and what is not meant for the bot have been sorted out before.
bool stop_if_asked(Context& context);

/// The person hears nothing more but answers.
void stop_writing(Context& context);

}  // namespace osrbot
