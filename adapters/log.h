// How the lower floors say what happened, without knowing the program's logger.
#pragma once

#include <cstdint>
#include <functional>
#include <string_view>

namespace osrbot {

enum class LogLevel : std::uint8_t { debug, info, warning, error };

/// Called from any thread. The text is one line of valid UTF-8 and never holds a token.
using Log = std::function<void(LogLevel, std::string_view)>;

}  // namespace osrbot
