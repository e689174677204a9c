#include <chrono>
#include <exception>
#include <iostream>
#include <stdexcept>

#include <malloc.h>
#include <sys/stat.h>

#include "adapters/transport/http_server.h"
#include "bot/app.h"
#include "bot/command_line_options.h"
#include "bot/doctor.h"
#include "bot/export.h"
#include "bot/maintenance.h"
#include "bot/parse_command.h"
#include "bot/secrets.h"
#include "bot/slack_manifest.h"
#include "bot/x_commands.h"
#include "commands/all.h"
#include "config/load_config.h"
#include "config/reference.h"
#include "config/resources.h"

namespace {

using namespace osrbot;

int print(CommandLineOptions::Print what) {
  using Print = CommandLineOptions::Print;
  std::cout << (what == Print::schema    ? config_schema()
                : what == Print::example ? config_example()
                                         : config_reference());
  return exit_code::success;
}

int parse_posts(const CommandLineOptions& options, const Config& config) {
  const auto resources = resource_directory(config.resources, running_program());
  if (!resources) throw std::runtime_error(resources.error());
  const auto& tags = config.posts.tags;
  std::vector<std::filesystem::path> extensions(config.posts.lexicon_files.begin(), config.posts.lexicon_files.end());
  extensions.insert(extensions.end(), options.lexicon_files.begin(), options.lexicon_files.end());
  const int result = parse_command(std::cin, std::cout, std::cerr,
                                   {.config_dir = *resources,
                                    .extensions = std::move(extensions),
                                    .json = options.json,
                                    .tag = tags.front(),
                                    .aliases = {tags.begin() + 1, tags.end()},
                                    .bot_handles = config.names,
                                    .projects = options.projects});
  return result == 0 ? exit_code::success : exit_code::failure;
}

int export_files(const CommandLineOptions& options, const Config& config) {
  const auto resources = resource_directory(config.resources, running_program());
  if (!resources) throw std::runtime_error(resources.error());
  const auto now = std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
  const Vocabulary vocabulary(*resources, {config.posts.lexicon_files.begin(), config.posts.lexicon_files.end()});
  return export_data(options.exported, config, Catalogue::load(*resources / "locales"), vocabulary, now, std::cout,
                     std::cerr);
}

int print_slack_manifest(const Config& config) {
  const auto resources = resource_directory(config.resources, running_program());
  if (!resources) throw std::runtime_error(resources.error());
  std::cout << slack_manifest(config, all_commands(), Catalogue::load(*resources / "locales"));
  return exit_code::success;
}

int dispatch(const CommandLineOptions& options) {
  using Command = CommandLineOptions::Command;
  if (options.print != CommandLineOptions::Print::nothing) return print(options.print);

  if (options.command == Command::secret_key) return print_secret_key(std::cout);

  const auto environment = bot_environment();
  const auto file = find_config_file(options.config_file, environment);
  const auto config = load_config(file, environment);
  if (options.command == Command::doctor) {
    HttpClient client;
    const int code = report(examine(file, config, running_program(), client), std::cout);
    return config ? code : exit_code::configuration;
  }
  if (options.command == Command::check_config || !config) return check_config(file, config, std::cout, std::cerr);
  if (options.command == Command::migrate) return migrate_database(*config, std::cout);
  if (options.command == Command::backup) {
    return back_up_database(*config, options.backup_file, std::cout, std::cerr);
  }
  if (options.command == Command::restore) {
    return restore_database(*config, options.backup_file, std::cout, std::cerr);
  }
  if (options.command == Command::slack_manifest) return print_slack_manifest(*config);
  if (options.command == Command::parse) return parse_posts(options, *config);
  if (options.command == Command::export_data) return export_files(options, *config);
  if (options.command == Command::x_login) {
    set_server_threads(2);
    HttpClient client;
    return log_in_to_x(*config, client, std::cout, std::cerr);
  }
  if (options.command == Command::x_costs) return print_x_costs(*config, std::cout, std::cerr);
  if (options.command == Command::health) {
    HttpClient client;
    return check_health(*config, client, std::cout, std::cerr);
  }
  return run_bot(*config, running_program());
}

}  // namespace

int main(int argc, char** argv) {
  // What the bot writes holds people's data: the database and its backups are for its own user only.
  umask(0077);
  // Each arena keeps what its threads once needed: one is enough for the few threads, and keeps the bot small.
  mallopt(M_ARENA_MAX, 1);
  try {
    const auto options = parse_command_line({argv + 1, argv + argc}, std::cout, std::cerr);
    return options ? dispatch(*options) : options.error();
  } catch (const std::exception& error) {
    std::cerr << "osrbot: " << error.what() << '\n';
    return exit_code::failure;
  }
}
