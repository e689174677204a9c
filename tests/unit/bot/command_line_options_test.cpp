#include "bot/command_line_options.h"

#include <sstream>

#include <doctest/doctest.h>

using namespace osrbot;
using Command = CommandLineOptions::Command;

namespace {

struct Outcome {
  std::expected<CommandLineOptions, int> options;
  std::string out;
  std::string error;
};

Outcome parse(std::vector<std::string> arguments) {
  std::ostringstream out;
  std::ostringstream error;
  auto options = parse_command_line(std::move(arguments), out, error);
  return {std::move(options), out.str(), error.str()};
}

}  // namespace

TEST_CASE("without arguments the bot runs") {
  CHECK(parse({}).options->command == Command::run);
  CHECK(parse({"run"}).options->command == Command::run);
  CHECK(parse({}).options->config_file.empty());
}

TEST_CASE("every command, with --config before or after it") {
  const auto before = parse({"--config", "a.json", "doctor"});
  CHECK(before.options->command == Command::doctor);
  CHECK(before.options->config_file == "a.json");
  const auto after = parse({"backup", "copy.db", "--config", "a.json"});
  CHECK(after.options->command == Command::backup);
  CHECK(after.options->backup_file == "copy.db");
  CHECK(after.options->config_file == "a.json");
  CHECK(parse({"check-config"}).options->command == Command::check_config);
  CHECK(parse({"check-config", "--print", "schema"}).options->print == CommandLineOptions::Print::schema);
  CHECK(parse({"migrate"}).options->command == Command::migrate);
  const auto posts = parse({"parse", "--json", "--lexicon", "a.json", "--lexicon", "b.json", "--project", "HIPPO"});
  CHECK(posts.options->command == Command::parse);
  CHECK(posts.options->json);
  CHECK(posts.options->lexicon_files == std::vector<std::string>{"a.json", "b.json"});
  CHECK(posts.options->projects == std::vector<std::string>{"HIPPO"});
  CHECK(parse({"health"}).options->command == Command::health);
}

TEST_CASE("what is to be exported") {
  using What = ExportOptions::What;
  const auto report = parse({"export", "report", "P7", "--period", "month", "--format", "csv"});
  CHECK(report.options->command == Command::export_data);
  CHECK(report.options->exported.what == What::report);
  CHECK(report.options->exported.project == "P7");
  CHECK(report.options->exported.month);
  CHECK(report.options->exported.csv);
  CHECK_FALSE(parse({"export", "report", "P7"}).options->exported.csv);
  CHECK(parse({"export", "tasks", "P7", "--format", "csv"}).options->exported.what == What::tasks);
  CHECK(parse({"export", "commands"}).options->exported.what == What::commands);
}

TEST_CASE("--version and --help are answered") {
  const auto version = parse({"--version"});
  CHECK(version.options.error() == exit_code::success);
  CHECK(version.out.starts_with("osrbot "));
  const auto help = parse({"--help"});
  CHECK(help.options.error() == exit_code::success);
  for (const auto* word : {"run", "check-config", "doctor", "migrate", "backup", "parse", "health", "--config"}) {
    CHECK(help.out.find(word) != std::string::npos);
  }
}

TEST_CASE("a wrong command line is explained and ends with 2") {
  for (const auto& arguments : std::vector<std::vector<std::string>>{{"runn"},
                                                                     {"backup"},
                                                                     {"--config"},
                                                                     {"--colour"},
                                                                     {"run", "doctor"},
                                                                     {"check-config", "--print", "poem"},
                                                                     {"run", "--json"}}) {
    const auto wrong = parse(arguments);
    REQUIRE_FALSE(wrong.options);
    CHECK(wrong.options.error() == exit_code::usage);
    CHECK_FALSE(wrong.error.empty());
    CHECK(wrong.out.empty());
  }
}
