#include "bot/maintenance.h"

#include <filesystem>
#include <fstream>
#include <memory>
#include <sstream>
#include <stdexcept>

#include <doctest/doctest.h>

#include "bot/command_line_options.h"
#include "bot/instance_lock.h"
#include "storage/forgetting.h"
#include "storage/migrations.h"
#include "storage/people.h"
#include "storage/sql.h"
#include "tests/fakes/http_fake.h"
#include "tests/fakes/temporary_folder.h"

using namespace osrbot;

namespace {

struct Printed {
  std::ostringstream out;
  std::ostringstream error;
};

Config with_database(const std::filesystem::path& path) {
  Config config;
  config.database.path = path.string();
  return config;
}

}  // namespace

TEST_CASE("check-config says what was read, or every error with its place") {
  Printed good;
  CHECK(check_config("my.json", Config{}, good.out, good.error) == exit_code::success);
  CHECK(good.out.str() ==
        "The configuration is fine (my.json).\n"
        "Platforms: console. Database: var/osrbot.db. Health and metrics: off.\n");

  Printed bad;
  const auto config = parse_config(R"({"log": {"level": "loud"}, "tast": 1})", "my.json", {});
  CHECK(check_config("my.json", config, bad.out, bad.error) == exit_code::configuration);
  CHECK(bad.out.str().empty());
  CHECK(bad.error.str() ==
        "osrbot: the configuration has 2 errors\n"
        "  log.level: found \"loud\", allowed: debug or info or warning or error\n"
        "  tast: unknown setting; did you mean tasks?\n");
}

TEST_CASE("restore puts a backup in place and forgets again who was forgotten since") {
  bool newer = false;
  SUBCASE("beside a database of this version") {}
  SUBCASE("on the way back from a newer version") {
    newer = true;
  }
  const fakes::TemporaryFolder folder;
  const auto config = with_database(folder / "osrbot.db");
  const auto meet = [](storage::Connection& db, const char* name) {
    return storage::people::recognise(
        db, {.adapter = "console", .user_id = name, .name = name, .handle = name, .language = "", .direct = ""}, {});
  };
  {
    storage::Connection db(config.database.path, storage::Connection::Mode::read_write);
    storage::migrate(db, {});
    const auto ana = meet(db, "ana");
    meet(db, "ben");
    db.backup(folder / "backup.db");
    storage::forgetting::forget(db, ana.id, std::chrono::sys_seconds(std::chrono::seconds(10)));
    meet(db, "carol");
    if (newer) {
      db.run("INSERT INTO schema_migrations (version, name, applied_at) VALUES (?, 'later', 0)",
             {storage::schema_version() + 1});
    }
  }
  Printed printed;
  CHECK(restore_database(config, folder / "backup.db", printed.out, printed.error) == exit_code::success);
  CHECK(printed.out.str().find("People forgotten again: 1.") != std::string::npos);
  storage::Connection db(config.database.path, storage::Connection::Mode::read_only);
  CHECK(db.number("SELECT COUNT(*) FROM identities") == 1);
  CHECK(db.number("SELECT COUNT(*) FROM people WHERE name = 'ben'") == 1);
  CHECK(std::filesystem::exists(config.database.path + ".replaced"));
  CHECK(std::filesystem::exists(folder / "backup.db"));
  CHECK_FALSE(std::filesystem::exists(folder / "backup.db-wal"));
  CHECK_FALSE(std::filesystem::exists(folder / "backup.db-shm"));
}

TEST_CASE("restore refuses what is not there, what would be overwritten, and a running bot") {
  const fakes::TemporaryFolder folder;
  const auto config = with_database(folder / "osrbot.db");
  Printed missing;
  CHECK(restore_database(config, folder / "none.db", missing.out, missing.error) == exit_code::failure);
  CHECK(missing.error.str().find("there is no file") != std::string::npos);
  storage::Connection(folder / "backup.db", storage::Connection::Mode::read_write);
  std::ofstream(config.database.path + ".replaced") << "an older one";
  Printed kept;
  CHECK(restore_database(config, folder / "backup.db", kept.out, kept.error) == exit_code::failure);
  const InstanceLock running(config.database.path);
  Printed refused;
  CHECK_THROWS_AS(restore_database(config, folder / "backup.db", refused.out, refused.error), std::runtime_error);
}

TEST_CASE("a database that cannot be read does not keep a backup from taking its place") {
  const fakes::TemporaryFolder folder;
  const auto config = with_database(folder / "osrbot.db");
  {
    storage::Connection db(folder / "backup.db", storage::Connection::Mode::read_write);
    storage::migrate(db, {});
  }
  std::ofstream(config.database.path) << std::string(8192, 'x');
  Printed printed;
  CHECK(restore_database(config, folder / "backup.db", printed.out, printed.error) == exit_code::success);
  CHECK(printed.out.str().find("could not be read") != std::string::npos);
  CHECK(storage::database_version(*std::make_unique<storage::Connection>(
            config.database.path, storage::Connection::Mode::read_write)) == storage::schema_version());
}

TEST_CASE("restore takes no file for a backup that is none, and leaves no copy of people's data behind") {
  const fakes::TemporaryFolder folder;
  const auto config = with_database(folder / "osrbot.db");
  std::ostringstream made;
  migrate_database(config, made);
  std::ofstream(folder / "empty.db").flush();
  storage::Connection(folder / "other.db", storage::Connection::Mode::read_write).run("CREATE TABLE a (b TEXT)");
  {
    storage::Connection newer(folder / "newer.db", storage::Connection::Mode::read_write);
    storage::migrate(newer, {});
    newer.run("INSERT INTO schema_migrations VALUES (999, 'of tomorrow', 0)");
  }
  for (const char* file : {"empty.db", "other.db", "osrbot.db"}) {
    CAPTURE(file);
    Printed printed;
    CHECK(restore_database(config, folder / file, printed.out, printed.error) == exit_code::failure);
    CHECK(printed.error.str().find("osrbot: ") == 0);
    CHECK(printed.out.str().empty());
  }
  Printed printed;
  CHECK_THROWS_AS(restore_database(config, folder / "newer.db", printed.out, printed.error), storage::Error);
  for (const char* part : {".restoring", ".restoring-wal", ".restoring-shm", ".replaced"}) {
    CHECK_FALSE(std::filesystem::exists(config.database.path + part));
  }
  storage::Connection db(config.database.path, storage::Connection::Mode::read_only);
  CHECK(storage::database_version(db) == storage::schema_version());
}

TEST_CASE("the database of another program is not touched") {
  const fakes::TemporaryFolder folder;
  const auto config = with_database(folder / "other.db");
  storage::Connection other(config.database.path, storage::Connection::Mode::read_write);
  other.run("CREATE TABLE a (b TEXT)");
  std::ostringstream out;
  CHECK_THROWS_AS(migrate_database(config, out), storage::Error);
  CHECK(other.number("SELECT COUNT(*) FROM sqlite_schema WHERE type = 'table'") == 1);
  Printed printed;
  CHECK(back_up_database(config, folder / "copy.db", printed.out, printed.error) == exit_code::failure);
  CHECK(printed.error.str().find("is no database of osrbot") != std::string::npos);
}

TEST_CASE("migrate makes the database, does nothing the second time, and waits for no running bot") {
  const fakes::TemporaryFolder folder;
  const auto config = with_database(folder / "var/osrbot.db");
  std::ostringstream first;
  CHECK(migrate_database(config, first) == exit_code::success);
  CHECK(first.str().find("steps were taken") != std::string::npos);
  std::ostringstream second;
  CHECK(migrate_database(config, second) == exit_code::success);
  CHECK(second.str().find("nothing had to be done") != std::string::npos);

  const InstanceLock running(config.database.path);
  CHECK_THROWS_AS(migrate_database(config, second), std::runtime_error);
}

TEST_CASE("backup copies the database while a bot runs on it, and never overwrites") {
  const fakes::TemporaryFolder folder;
  const auto config = with_database(folder / "osrbot.db");
  std::ostringstream made;
  migrate_database(config, made);
  const InstanceLock running(config.database.path);
  storage::Connection bot(config.database.path, storage::Connection::Mode::read_write);
  bot.run("CREATE TABLE note (text TEXT)");
  bot.run("INSERT INTO note VALUES ('not checkpointed yet')");

  Printed printed;
  CHECK(back_up_database(config, folder / "copy.db", printed.out, printed.error) == exit_code::success);
  storage::Connection copy(folder / "copy.db", storage::Connection::Mode::read_only);
  CHECK(copy.number("SELECT COUNT(*) FROM note") == 1);
  CHECK(storage::database_version(copy) == storage::schema_version());
  CHECK_THROWS_AS(back_up_database(config, folder / "copy.db", printed.out, printed.error), storage::Error);
}

TEST_CASE("a backup of nothing, or to nothing, is refused") {
  const fakes::TemporaryFolder folder;
  Printed nameless;
  std::ostringstream made;
  migrate_database(with_database(folder / "osrbot.db"), made);
  CHECK(back_up_database(with_database(folder / "osrbot.db"), "", nameless.out, nameless.error) == exit_code::usage);
  Printed printed;
  CHECK(back_up_database(with_database(folder / "none.db"), folder / "copy.db", printed.out, printed.error) ==
        exit_code::failure);
  CHECK(printed.error.str().find("there is no database") != std::string::npos);
  CHECK_FALSE(std::filesystem::exists(folder / "none.db"));
  CHECK_FALSE(std::filesystem::exists(folder / "copy.db"));
}

TEST_CASE("health asks the running bot") {
  int status = 200;
  fakes::HttpFake bot([&](fakes::HttpFake::Connection, const fakes::FakeRequest& request) {
    return fakes::FakeAnswer{.status = request.target == "/healthz" ? status : 404, .body = "ok\n"};
  });
  Config config;
  HttpClient client;
  Printed off;
  CHECK(check_health(config, client, off.out, off.error) == exit_code::configuration);

  config.http.address = "0.0.0.0:" + std::to_string(bot.port());
  Printed well;
  CHECK(check_health(config, client, well.out, well.error) == exit_code::success);
  CHECK(well.out.str() == "ok\n");

  status = 500;
  Printed ill;
  CHECK(check_health(config, client, ill.out, ill.error) == exit_code::failure);
  CHECK(ill.error.str().find("status 500") != std::string::npos);

  config.http.address = "127.0.0.1:" + std::to_string(fakes::free_port());
  Printed gone;
  CHECK(check_health(config, client, gone.out, gone.error) == exit_code::failure);
  CHECK(gone.error.str().find(config.http.address) != std::string::npos);
}
