// What happened in a project, in words.
#pragma once

#include <cstdint>
#include <string>

#include "adapters/message.h"
#include "commands/command.h"
#include "storage/audit.h"

namespace osrbot {

Command log();

/// "E123".
std::string event_ref(std::int64_t id);

/// Adds a line about an event to a message, in the words `log.<action>` of the catalogue.
void say_event(const Context& context, Message& message, const storage::audit::Entry& event);

}  // namespace osrbot
