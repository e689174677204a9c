// The weekly digest: overdue, mine, in progress, new.
#pragma once

#include <chrono>

#include "adapters/message.h"
#include "commands/voice.h"
#include "storage/people.h"

namespace osrbot {

/// Adds a person's digest to a message, with open tasks of their projects that were added after `since`. False, and
/// nothing is added, when there is nothing to say.
bool say_digest(const Voice& voice, Message& message, const storage::Person& person, std::chrono::sys_seconds since);

}  // namespace osrbot
