#include "bot/export.h"

#include <fstream>
#include <sstream>

#include <doctest/doctest.h>

#include "storage/migrations.h"
#include "storage/projects.h"
#include "storage/tasks.h"
#include "tests/fakes/temporary_folder.h"

using namespace osrbot;
using What = ExportOptions::What;

namespace {

const std::chrono::sys_seconds noon{std::chrono::seconds(1'772'452'800)};  // 2026-03-02 12:00 UTC

struct Exported {
  int code;
  std::string out;
  std::string error;
};

struct Archive {
  fakes::TemporaryFolder folder;
  Config config;
  Catalogue words = Catalogue::load(std::string(OSRBOT_SOURCE_DIR) + "/config/locales");
  Vocabulary vocabulary{std::string(OSRBOT_SOURCE_DIR) + "/config"};

  Archive() {
    config.database.path = folder / "osrbot.db";
    storage::Connection db(config.database.path, storage::Connection::Mode::read_write);
    storage::migrate(db, noon);
    db.run("INSERT INTO people (id, name, created_at) VALUES (1, '=Ana', 0)");
    const auto project = storage::projects::create(db, "Hernia *repair*", 1, noon);
    const auto add = [&](const char* title, std::chrono::sys_seconds at) {
      return storage::tasks::create(db, project.id, title, 1, at);
    };
    const auto old = add("Protocol, \"final\"", noon - std::chrono::days(60));
    storage::tasks::finish(db, old, 1, "https://osf.io/ab12c", noon - std::chrono::days(20));
    const auto recent = add("Screen", noon - std::chrono::days(10));
    storage::tasks::finish(db, recent, 1, "", noon - std::chrono::days(1));
    add("@SUM(A1)", noon - std::chrono::days(2));
  }

  Exported run(const ExportOptions& wish) {
    std::ostringstream out;
    std::ostringstream error;
    const int code = export_data(wish, config, words, vocabulary, noon, out, error);
    return {code, out.str(), error.str()};
  }
};

}  // namespace

TEST_CASE("tasks as a table, from which no spreadsheet makes a formula") {
  Archive archive;
  const Exported table = archive.run({.what = What::tasks, .project = "P1"});
  CHECK(table.code == exit_code::success);
  CHECK(table.out.starts_with("task,title,state,person,size,skill,progress,due,created,"));
  CHECK(table.out.find("\r\nT1,\"Protocol, \"\"final\"\"\",done,'=Ana,,,0,,2026-01-01,") != std::string::npos);
  CHECK(table.out.find("\r\nT3,'@SUM(A1),open,,,,0,,2026-02-28,") != std::string::npos);
}

TEST_CASE("a report of the week leaves out what was done before, one of the month has it") {
  Archive archive;
  const Exported week = archive.run({.what = What::report, .project = "p1"});
  CHECK(week.code == exit_code::success);
  CHECK(week.out.starts_with("**P1** Hernia \\*repair\\*\n"));
  CHECK(week.out.find("**T2** Screen") != std::string::npos);
  CHECK(week.out.find("**T1**") == std::string::npos);
  const Exported month = archive.run({.what = What::report, .project = "1", .month = true, .csv = true});
  CHECK(month.out.starts_with("section,task,title,"));
  CHECK(month.out.find("done,T1,") < month.out.find("done,T2,"));
  CHECK(month.out.find("https://osf.io/ab12c") != std::string::npos);
}

TEST_CASE("what cannot be exported is explained, and the database is left alone") {
  Archive archive;
  for (const char* project : {"P7", "", "Px", "P1x", "-1"}) {
    const Exported wrong = archive.run({.what = What::report, .project = project});
    CHECK(wrong.code == exit_code::failure);
    CHECK(wrong.out.empty());
    CHECK(wrong.error.find("there is no project") != std::string::npos);
  }
  archive.config.database.path = archive.folder / "none.db";
  const Exported nothing = archive.run({.what = What::tasks, .project = "P1"});
  CHECK(nothing.code == exit_code::failure);
  CHECK_FALSE(std::filesystem::exists(archive.folder / "none.db"));
}
