// `osrbot doctor`: tries everything that the bot needs, and says what to do about what is missing.
#pragma once

#include <expected>
#include <filesystem>
#include <iosfwd>
#include <optional>
#include <string>
#include <vector>

#include "adapters/transport/http_client.h"
#include "config/load_config.h"

namespace osrbot {

/// One thing that was looked at.
struct Finding {
  enum class Verdict { ok, note, problem };

  Verdict verdict = Verdict::ok;
  std::string subject;  ///< "database"
  std::string state;    ///< what was found
  std::string to_do;    ///< what the operator can do; empty when there is nothing to do
};

/// Looks at everything; changes nothing, and works beside a running bot.
/// @param file the configuration file that was read, if any
/// @param program the running program's file
std::vector<Finding> examine(const std::optional<std::filesystem::path>& file,
                             const std::expected<Config, std::vector<ConfigError>>& config,
                             const std::filesystem::path& program, HttpClient& client);

/// The parts of examine() by subject.
std::vector<Finding> examine_files(const Config& config, const std::optional<std::filesystem::path>& file,
                                   const std::filesystem::path& program);
std::vector<Finding> examine_database(const DatabaseConfig& config);
std::vector<Finding> examine_clock(const std::filesystem::path& program);
std::vector<Finding> examine_http(const Config& config, HttpClient& client);
std::vector<Finding> examine_slack(const Config& config, HttpClient& client);
std::vector<Finding> examine_telegram(const TelegramConfig& config, HttpClient& client);
std::vector<Finding> examine_x(const Config& config, HttpClient& client);

/// Prints the findings as a table and a line of summary; the exit code: failure when there is a problem.
int report(const std::vector<Finding>& findings, std::ostream& out);

}  // namespace osrbot
