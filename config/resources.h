// Where the bot's texts and word lists are.
#pragma once

#include <expected>
#include <filesystem>
#include <string>

#include "config/config.h"

namespace osrbot {

/// The folder that holds locales/: the setting resources.directory, else share/osrbot of the prefix in which the
/// program is installed, else config/ of the source tree in which it was built.
/// @param program the running program's file; its folder's neighbours are looked at
/// @returns the folder, or a sentence that names every place that was looked at
std::expected<std::filesystem::path, std::string> resource_directory(const ResourcesConfig& config,
                                                                     const std::filesystem::path& program);

/// The running program's file. Throws std::filesystem::filesystem_error where /proc is missing.
std::filesystem::path running_program();

}  // namespace osrbot
