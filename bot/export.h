// `osrbot export`: what is in the database, as files for people and spreadsheets. Reads only, also while the bot runs.
#pragma once

#include <chrono>
#include <iosfwd>

#include "bot/command_line_options.h"
#include "commands/catalogue.h"
#include "commands/vocabulary.h"
#include "config/config.h"

namespace osrbot {

/// Prints what `wish` asks for; the exit code. Throws storage::Error.
int export_data(const ExportOptions& wish, const Config& config, const Catalogue& words, const Vocabulary& vocabulary,
                std::chrono::sys_seconds now, std::ostream& out, std::ostream& error);

}  // namespace osrbot
