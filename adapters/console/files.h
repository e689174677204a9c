// A message's file at the console: kept in a folder where a person sits there, shown between lines in a pipe.
#pragma once

#include <expected>
#include <filesystem>
#include <string>

#include "adapters/message.h"

namespace osrbot::console {

/// Writes the file into `folder` under its own name, or with a number behind it ("credits-P7-2.csv"): what is there is
/// never overwritten. Returns the path, or why it could not be written.
std::expected<std::filesystem::path, std::string> keep(const File& file, const std::filesystem::path& folder);

/// Whole lines: the content, with a line above and below that names the file. Without control characters other than
/// tabs and line ends, and so without escape sequences.
std::string show(const File& file);

}  // namespace osrbot::console
