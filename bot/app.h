// The bot as a whole: owns every part, in the order in which they start; the reverse is the order in which they stop.
#pragma once

#include <filesystem>

#include "config/config.h"

namespace osrbot {

/// Runs the bot until SIGINT or SIGTERM, or until the console's input ends where the console is the only platform.
/// To be called on the main thread, with no other thread running yet.
/// @param program the running program's file, beside which the resources are looked for
/// @returns the exit code (command_line_options.h). What is wrong is in the log.
int run_bot(const Config& config, const std::filesystem::path& program);

}  // namespace osrbot
