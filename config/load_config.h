// Reads the configuration from a file and the environment, and reports everything that is wrong with it at once.
#pragma once

#include <expected>
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "config/config.h"

namespace osrbot {

/// Something in the configuration that has to be mended before the bot can start.
struct ConfigError {
  std::string where;    ///< path of the key ("telegram.limits.sends_in_flight"), variable, or file
  std::string problem;  ///< what was found, and what is allowed; never the value of a secret
};

using Environment = std::map<std::string, std::string>;

/// The variables of this process whose names begin with OSRBOT_.
Environment bot_environment();

/// The file to read: `option` (--config), else OSRBOT_CONFIG, else ./osrbot.json where that exists, else none.
std::optional<std::filesystem::path> find_config_file(const std::string& option, const Environment& environment);

/// Defaults, overridden by the file (JSON with comments), overridden by the environment (an empty variable counts as
/// not set). On failure every error is in the list: those of the file by path, those of the
/// environment, then those of settings that do not fit each other.
std::expected<Config, std::vector<ConfigError>> load_config(const std::optional<std::filesystem::path>& file,
                                                            const Environment& environment);

/// The same for text that is already read; `file_name` is for messages.
std::expected<Config, std::vector<ConfigError>> parse_config(std::string_view json, const std::string& file_name,
                                                             const Environment& environment);

/// Does the file give a secret a value? Then nobody but the bot's user should open it. False for a file that cannot be
/// read.
bool holds_secrets(const std::filesystem::path& file);

/// One line per error, as check-config prints it.
std::string describe(const std::vector<ConfigError>& errors);

}  // namespace osrbot
