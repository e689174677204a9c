// Taking back what was done.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "commands/command.h"

namespace osrbot {

Command undo();

/// The number of "E123", "e123" or "123".
std::optional<std::int64_t> event_from(std::string_view text);

}  // namespace osrbot
