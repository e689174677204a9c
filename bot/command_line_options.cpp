#include "bot/command_line_options.h"

#include <algorithm>
#include <map>
#include <ostream>

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include "commands/credit_formats.h"

namespace osrbot {
namespace {

/// export WHAT: each with options of its own.
void add_export(CLI::App& app, CommandLineOptions& options) {
  using What = ExportOptions::What;
  ExportOptions& wish = options.exported;
  auto* sub = app.add_subcommand("export", "Print reports, tables and the reference of commands");
  sub->require_subcommand(1);
  sub->callback([&options] { options.command = CommandLineOptions::Command::export_data; });
  const auto what = [&](const char* name, What which, const char* help) {
    auto* one = sub->add_subcommand(name, help);
    one->callback([&wish, which] { wish.what = which; });
    return one;
  };
  const auto project = [&](CLI::App* one) {
    one->add_option("project", wish.project, "The project's number")->required()->type_name("P7");
  };
  auto* report = what("report", What::report, "What a project did, what is late and what comes next");
  project(report);
  report->add_option("--period", wish.month, "The last 7 days (default) or 30")
      ->transform(CLI::CheckedTransformer(std::map<std::string, bool>{{"week", false}, {"month", true}}))
      ->type_name("week|month");
  report->add_option("--format", wish.csv, "Markdown (default), or CSV for a spreadsheet")
      ->transform(CLI::CheckedTransformer(std::map<std::string, bool>{{"markdown", false}, {"csv", true}}))
      ->type_name("markdown|csv");
  auto* tasks = what("tasks", What::tasks, "All tasks of a project");
  project(tasks);
  tasks->add_option("--format", wish.csv, "CSV for a spreadsheet, the only one")
      ->transform(CLI::CheckedTransformer(std::map<std::string, bool>{{"csv", true}}))
      ->type_name("csv");
  auto* person = what("person", What::person, "Everything that is kept of a person, as JSON");
  person->add_option("person", wish.person, "Platform and user id, as in `administrators`")
      ->required()
      ->type_name("telegram:123456789");
  auto* credits = what("credits", What::credits, "Who contributed what to a project, for the journal");
  project(credits);
  credits->add_option("--format", wish.format, "The form that the journal or tool takes")
      ->required()
      ->check(CLI::IsMember(std::vector<std::string>(credit_format_names.begin(), credit_format_names.end())))
      ->type_name(fmt::format("{}", fmt::join(credit_format_names, "|")));
  what("commands", What::commands, "The reference of all commands (docs/commands.md)");
}

}  // namespace

std::expected<CommandLineOptions, int> parse_command_line(std::vector<std::string> arguments, std::ostream& out,
                                                          std::ostream& error) {
  using Command = CommandLineOptions::Command;
  using Print = CommandLineOptions::Print;

  CommandLineOptions options;
  CLI::App app(
      "osrbot recruits and coordinates open research teams over chat.\n"
      "Without a command it runs; without a configuration it talks in this terminal.",
      "osrbot");
  app.set_version_flag("--version", "osrbot " OSRBOT_VERSION);
  app.add_option("--config", options.config_file, "Configuration file (else $OSRBOT_CONFIG, else ./osrbot.json)")
      ->type_name("FILE");
  app.require_subcommand(0, 1);
  app.fallthrough();  // --config may also come after the command
  app.footer(
      "Exit codes: 0 done, 1 failed, 2 wrong command line, 3 wrong configuration.\n"
      "Settings may also come from the environment: docs/configuration.md lists them.");

  const auto command = [&](const char* name, Command which, const char* help) {
    auto* sub = app.add_subcommand(name, help);
    sub->callback([&options, which] { options.command = which; });
    return sub;
  };
  command("run", Command::run, "Run the bot (what it does without a command)");
  auto* check =
      command("check-config", Command::check_config, "Report everything that is wrong with the configuration");
  check->add_option("--print", options.print, "Print what a configuration may hold, instead of checking one")
      ->transform(CLI::CheckedTransformer(std::map<std::string, Print>{
          {"schema", Print::schema}, {"example", Print::example}, {"reference", Print::reference}}))
      ->option_text("schema|example|reference");
  command("doctor", Command::doctor, "Check everything the bot needs, and say what to do about what is missing");
  command("health", Command::health, "Ask the running bot whether it is well (for health checks of containers)");
  command("migrate", Command::migrate, "Bring the database to this version's schema (run does so, too)");
  auto* backup = command("backup", Command::backup, "Copy the database to a file, also while the bot runs");
  backup->add_option("file", options.backup_file, "The file to make; it must not exist yet")
      ->required()
      ->type_name("FILE");

  command("secret-key", Command::secret_key, "Print a new key for the setting secret.key");

  auto* restore = command("restore", Command::restore,
                          "Put a backup in the place of the database, and forget again who was forgotten since");
  restore->add_option("file", options.backup_file, "The backup; it stays as it is")->required()->type_name("FILE");

  auto* slack = app.add_subcommand("slack", "Set up the bot's app at Slack (docs/slack.md)");
  slack->require_subcommand(1);
  slack->add_subcommand("manifest", "Print the app's manifest, from the commands and the configuration")
      ->callback([&options] { options.command = Command::slack_manifest; });

  auto* x = app.add_subcommand("x", "The account on X: log in, see what it cost");
  x->require_subcommand(1);
  x->add_subcommand("login", "Let the bot post as an account; opens nothing by itself, prints what to open")
      ->callback([&options] { options.command = Command::x_login; });
  x->add_subcommand("costs", "Print what X cost this month and last, by kind")->callback([&options] {
    options.command = Command::x_costs;
  });

  auto* parse = command("parse", Command::parse, "Print what the bot understands of the posts on standard input");
  parse->add_flag("--json", options.json, "JSON lines in and out; otherwise one post a line, and an explanation");
  parse->add_option("--lexicon", options.lexicon_files, "Words of your own besides the bot's")->type_name("FILE");
  parse->add_option("--project", options.projects, "Name of a project that posts may speak of")->type_name("NAME");

  add_export(app, options);

  std::ranges::reverse(arguments);  // as CLI11 wants them
  try {
    app.parse(std::move(arguments));
  } catch (const CLI::ParseError& end) {
    const bool wrong = end.get_exit_code() != static_cast<int>(CLI::ExitCodes::Success);
    app.exit(end, out, error);
    return std::unexpected(wrong ? exit_code::usage : exit_code::success);
  }
  return options;
}

}  // namespace osrbot
