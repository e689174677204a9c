// What a need does not say yet is asked of whoever wrote it, one question at a time.
#pragma once

#include "adapters/message.h"
#include "commands/dialogue.h"
#include "storage/needs.h"

namespace osrbot {

class Context;

/// Adds the question for the first thing that a need does not say - skill, hours, deadline, credit - with buttons that
/// answer it, and waits for the answer. False: it says everything.
bool ask_next(Context& context, Message& message, const storage::Need& need);

Dialogue need_questions();

}  // namespace osrbot
