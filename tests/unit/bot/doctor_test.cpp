#include "bot/doctor.h"

#include <algorithm>
#include <fstream>
#include <sstream>

#include <doctest/doctest.h>

#include "bot/command_line_options.h"
#include "bot/instance_lock.h"
#include "storage/migrations.h"
#include "storage/sql.h"
#include "tests/fakes/http_fake.h"
#include "tests/fakes/temporary_folder.h"

using namespace osrbot;
using fakes::TemporaryFolder;
using Verdict = Finding::Verdict;
namespace fs = std::filesystem;

namespace {

/// The finding about `subject`; fails the test when there is none.
Finding about(const std::vector<Finding>& findings, const std::string& subject, Verdict verdict) {
  const auto found = std::ranges::find_if(
      findings, [&](const Finding& finding) { return finding.subject == subject && finding.verdict == verdict; });
  std::ostringstream table;
  report(findings, table);
  REQUIRE_MESSAGE(found != findings.end(), subject, " is not in\n", table.str());
  return *found;
}

bool has_problem(const std::vector<Finding>& findings) {
  return std::ranges::any_of(findings, [](const Finding& f) { return f.verdict == Verdict::problem; });
}

DatabaseConfig database(const fs::path& path) {
  return {.path = path.string()};
}

void make_database(const fs::path& path) {
  storage::Connection db(path, storage::Connection::Mode::read_write);
  storage::migrate(db, std::chrono::sys_seconds{});
  fs::permissions(path, fs::perms::owner_read | fs::perms::owner_write);
}

}  // namespace

TEST_CASE("the report is a table with what to do, and its exit code tells whether there is a problem") {
  std::ostringstream out;
  CHECK(report({{Verdict::ok, "database", "opens", ""}, {Verdict::note, "http", "off", "set it"}}, out) ==
        exit_code::success);
  CHECK(out.str() ==
        "ok       database  opens\n"
        "note     http      off\n"
        "                   -> set it\n"
        "\nEverything that the bot needs is there.\n");
  std::ostringstream bad;
  CHECK(report({{Verdict::problem, "disk", "full", "free some"}}, bad) == exit_code::failure);
  CHECK(bad.str() ==
        "PROBLEM  disk  full\n"
        "               -> free some\n"
        "\nOne problem to mend.\n");
}

TEST_CASE("every error of the configuration is a problem") {
  HttpClient client;
  const auto config = parse_config(R"({"log": {"level": "loud"}, "tast": 1})", "my.json", {});
  const auto findings = examine("my.json", config, "/nonexistent", client);
  REQUIRE(findings.size() == 2);
  CHECK(findings[0].state == "log.level: found \"loud\", allowed: debug or info or warning or error");
  CHECK(findings[1].verdict == Verdict::problem);
}

TEST_CASE("a bot that no platform reaches is told of, and a bot on one is not") {
  const TemporaryFolder folder;
  HttpClient client;
  Config config;
  config.database = database(folder / "osrbot.db");
  CHECK(
      about(examine({}, config, "/nonexistent", client), "platforms", Verdict::note).to_do.contains("telegram.token"));
  config.telegram.token = Secret("123:abc");
  config.telegram.base_url = "http://127.0.0.1:1";
  CHECK(std::ranges::none_of(examine({}, config, "/nonexistent", client),
                             [](const Finding& one) { return one.subject == "platforms"; }));
}

TEST_CASE("a database that does not exist yet, and one that is in order") {
  const TemporaryFolder folder;
  CHECK(about(examine_database(database(folder / "var/new/osrbot.db")), "database", Verdict::ok)
            .state.find("will be made") != std::string::npos);
  CHECK_FALSE(fs::exists(folder / "var"));

  const auto path = folder / "osrbot.db";
  make_database(path);
  CHECK_FALSE(has_problem(examine_database(database(path))));
  const InstanceLock running(path);
  CHECK(about(examine_database(database(path)), "lock", Verdict::ok).state.find("a bot runs") == 0);
}

TEST_CASE("a database of a newer version, one that is none, and one that everybody may read") {
  const TemporaryFolder folder;
  const auto path = folder / "osrbot.db";
  make_database(path);
  {
    storage::Connection db(path, storage::Connection::Mode::read_write);
    db.run("INSERT INTO schema_migrations VALUES (99, 'later', 0)");
  }
  CHECK(about(examine_database(database(path)), "schema", Verdict::problem).state.find("version 99") !=
        std::string::npos);

  fs::permissions(path, fs::perms::others_read, fs::perm_options::add);
  CHECK(about(examine_database(database(path)), "database", Verdict::problem).to_do == "chmod o= " + path.string());

  const auto text = folder / "text.db";
  std::ofstream(text) << "This is a text and no database, and it is longer than a header.";
  fs::permissions(text, fs::perms::owner_read | fs::perms::owner_write);
  CHECK(about(examine_database(database(text)), "database", Verdict::problem).to_do.find("restore a backup") == 0);

  // What is somebody else's is left as it is: no advice but to leave it alone.
  const auto other = folder / "other.db";
  storage::Connection(other, storage::Connection::Mode::read_write).run("CREATE TABLE songs (title TEXT)");
  for (const auto& [taken, why] :
       {std::pair{other, "holds tables of another program"}, {folder / ".", "is a folder"}}) {
    CAPTURE(why);
    const auto findings = examine_database(database(taken));
    REQUIRE(findings.size() == 1);
    CHECK(findings[0].state.find(why) != std::string::npos);
    CHECK(findings[0].to_do.find("set database.path") == 0);
  }
  const auto empty = folder / "empty.db";
  std::ofstream(empty).flush();
  CHECK(about(examine_database(database(empty)), "database", Verdict::ok).state.find("will be made") !=
        std::string::npos);
}

TEST_CASE("files: texts, and a token that everybody may read") {
  const TemporaryFolder folder;
  const auto program = folder / "build/release/osrbot";
  fs::create_directories(folder / "config/locales");
  std::ofstream(folder / "config/locales/en.json") << "{}";
  const auto token = folder / "token";
  std::ofstream(token) << "1:a";
  Config config;
  config.telegram.token = Secret("1:a");
  config.telegram.token_file = token.string();
  fs::permissions(token, fs::perms::owner_read);
  CHECK_FALSE(has_problem(examine_files(config, std::nullopt, program)));

  fs::permissions(token, fs::perms::others_read, fs::perm_options::add);
  config.language = "xx";
  const auto findings = examine_files(config, std::nullopt, program);
  CHECK(about(findings, "token", Verdict::problem).to_do == "chmod o= " + token.string());
  CHECK(about(findings, "texts", Verdict::problem).state.find("no texts in xx") != std::string::npos);
  CHECK(about(examine_files(config, std::nullopt, "/nonexistent/bin/osrbot"), "texts", Verdict::problem)
            .state.find("/nonexistent/share/osrbot") != std::string::npos);
}

TEST_CASE("files that hold secrets and that everybody may read, and only those") {
  const TemporaryFolder folder;
  const auto program = folder / "build/release/osrbot";
  fs::create_directories(folder / "config/locales");
  std::ofstream(folder / "config/locales/en.json") << "{}";
  const auto file = folder / "osrbot.json";
  const auto open = fs::perms::owner_read | fs::perms::owner_write | fs::perms::others_read;
  Config config;
  std::ofstream(file) << R"({"log": {"level": "info"}})";
  fs::permissions(file, open);
  CHECK_FALSE(has_problem(examine_files(config, file, program)));
  std::ofstream(file) << R"({"slack": {"bot_token": "xoxb-1"}})";
  CHECK(about(examine_files(config, file, program), "configuration", Verdict::problem).to_do ==
        "chmod o= " + file.string());

  const auto token = folder / "slack-token";
  std::ofstream(token) << "xoxb-1";
  fs::permissions(token, open);
  config.slack.bot_token_file = token.string();
  CHECK(about(examine_files(config, std::nullopt, program), "token", Verdict::problem).to_do ==
        "chmod o= " + token.string());
}

TEST_CASE("the port: off, free, taken by the bot, taken by another program") {
  std::string body = "ok\n";
  int status = 200;
  fakes::HttpFake other([&](fakes::HttpFake::Connection, const fakes::FakeRequest&) {
    return fakes::FakeAnswer{.status = status, .body = body};
  });
  HttpClient client;
  Config config;
  CHECK(about(examine_http(config, client), "http", Verdict::note).state.find("off") == 0);
  config.http.address = "127.0.0.1:" + std::to_string(fakes::free_port());
  CHECK(about(examine_http(config, client), "http", Verdict::ok).state.find("is free") != std::string::npos);
  config.http.address = "127.0.0.1:" + std::to_string(other.port());
  CHECK(about(examine_http(config, client), "http", Verdict::ok).state.find("a running bot answers") == 0);
  status = 404;
  CHECK(about(examine_http(config, client), "http", Verdict::problem).state.find("Address already in use") !=
        std::string::npos);
  config.http.address = "0.0.0.0:" + std::to_string(fakes::free_port());
  CHECK(about(examine_http(config, client), "http", Verdict::note).to_do.find("127.0.0.1") != std::string::npos);
}

TEST_CASE("a clock that shows a time before the program was built") {
  const TemporaryFolder folder;
  const auto program = folder / "osrbot";
  std::ofstream(program) << "x";
  CHECK_FALSE(has_problem(examine_clock(program)));
  fs::last_write_time(program, fs::file_time_type::clock::now() + std::chrono::hours(48));
  CHECK(has_problem(examine_clock(program)));
}
