// The commands with which an operator looks after a bot, apart from running it. Each prints for people and returns an
// exit code (command_line_options.h).
#pragma once

#include <expected>
#include <filesystem>
#include <iosfwd>
#include <optional>
#include <vector>

#include "adapters/transport/http_client.h"
#include "config/load_config.h"

namespace osrbot {

/// `check-config`: what was read, or every error.
/// @param file the configuration file that was read, if any
int check_config(const std::optional<std::filesystem::path>& file,
                 const std::expected<Config, std::vector<ConfigError>>& config, std::ostream& out, std::ostream& error);

/// `migrate`: makes the database, or brings it to this version's schema. Refused while a bot runs on it.
/// Throws std::runtime_error and storage::Error.
int migrate_database(const Config& config, std::ostream& out);

/// `backup`: copies the database as it is at one moment, also while a bot runs on it. Throws storage::Error.
int back_up_database(const Config& config, const std::filesystem::path& to, std::ostream& out, std::ostream& error);

/// `restore`: puts a copy of a backup in the place of the database, brings it to this version's schema and forgets
/// again whom the database has forgotten since. What was there stays beside it. Refused while a bot runs on it.
/// Throws std::runtime_error and storage::Error.
int restore_database(const Config& config, const std::filesystem::path& from, std::ostream& out, std::ostream& error);

/// `health`: asks the bot that runs with this configuration whether it lives.
int check_health(const Config& config, HttpClient& client, std::ostream& out, std::ostream& error);

}  // namespace osrbot
