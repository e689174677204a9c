// The first conversation with somebody: what this is, whether a profile may be kept, six short questions, and where to
// begin. Each question can be skipped, taken back, answered by a button or in one's own words, and waits for weeks.
#pragma once

#include <cstdint>
#include <optional>

#include "commands/context.h"
#include "commands/dialogue.h"

namespace osrbot {

/// Begins it, in a private conversation. `project`: where the sender came from; its work is offered first.
void begin_onboarding(Context& context, std::optional<std::int64_t> project);

/// Asks again where the sender was. False when nothing was begun here, or it is over.
bool resume_onboarding(Context& context, std::optional<std::int64_t> project);

Dialogue onboarding();

}  // namespace osrbot
