// The program's command line.
#pragma once

#include <cstdint>
#include <expected>
#include <iosfwd>
#include <string>
#include <vector>

namespace osrbot {

/// What the program ends with. Service managers should not start it again after 2 and 3: nothing changes by itself.
namespace exit_code {
inline constexpr int success = 0;
inline constexpr int failure = 1;        ///< it started, and something went wrong: the last lines of the log say what
inline constexpr int usage = 2;          ///< the command line is wrong
inline constexpr int configuration = 3;  ///< the configuration is wrong
}  // namespace exit_code

/// What `export` prints.
struct ExportOptions {
  enum class What : std::uint8_t { report, tasks, person, credits, commands };

  What what = What::report;
  std::string project;  ///< "P7"
  std::string person;   ///< "telegram:123456789": platform and user id
  bool month = false;   ///< report: the last 30 days instead of 7
  bool csv = false;     ///< report: a table instead of Markdown
  std::string format;   ///< credits: "tenzing", as in credit_format_names
};

struct CommandLineOptions {
  enum class Command : std::uint8_t {
    run,
    check_config,
    doctor,
    migrate,
    backup,
    restore,
    parse,
    health,
    export_data,
    secret_key,
    slack_manifest,
    x_login,
    x_costs,
  };
  enum class Print : std::uint8_t { nothing, schema, example, reference };

  Command command = Command::run;
  std::string config_file;                 ///< empty: as find_config_file() looks for it
  Print print = Print::nothing;            ///< check-config: what to print instead of checking
  std::string backup_file;                 ///< backup: where to; restore: where from
  ExportOptions exported;                  ///< export
  bool json = false;                       ///< parse: JSON lines in and out
  std::vector<std::string> lexicon_files;  ///< parse: words of the operator's own
  std::vector<std::string> projects;       ///< parse: registered names of projects
};

/// Reads the arguments after the program's name.
/// @returns the options, or the exit code when the program has nothing more to do: --help and --version were answered
/// on `out`, or the mistake was explained on `error`
std::expected<CommandLineOptions, int> parse_command_line(std::vector<std::string> arguments, std::ostream& out,
                                                          std::ostream& error);

}  // namespace osrbot
