// Who fits a need, and which needs fit somebody: shown with what speaks for it and against it.
#pragma once

#include "commands/candidates.h"
#include "commands/command.h"

namespace osrbot {

class Context;

/// A line for a coordinator: "Ana, 87 points: R; 4 h overlap. Against: …".
void say_proposal(const Context& context, Message& message, const Proposal& proposal);

/// Adds the needs that fit the sender best, at most `limit`, with reasons and buttons to join; false when there are
/// none.
bool say_suggestions(const Context& context, Message& message, std::size_t limit);

Command match();
Command suggest();

}  // namespace osrbot
