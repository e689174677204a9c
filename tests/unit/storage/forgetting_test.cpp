#include "storage/forgetting.h"

#include <filesystem>
#include <fstream>
#include <map>

#include <doctest/doctest.h>
#include <fmt/format.h>

#include "storage/merging.h"
#include "storage/migrations.h"
#include "storage/people.h"
#include "storage/person_columns.h"
#include "storage/personal_data.h"
#include "storage/silences.h"
#include "tests/fakes/fresh_database.h"
#include "tests/fakes/temporary_folder.h"

using namespace osrbot::storage;
using namespace std::chrono;
using osrbot::fakes::TemporaryFolder;

namespace {

using osrbot::fakes::noon;

struct Village {
  TemporaryFolder folder;
  Connection db{folder / "test.db", Connection::Mode::read_write};
  std::int64_t ana = 0;
  std::int64_t ben = 0;

  Village() {
    migrate(db, noon);
    ana = meet("ana", "telegram");
    ben = meet("ben", "telegram");
    db.run("INSERT INTO projects (id, title, created_by, created_at) VALUES (1, 'Study', ?, 0)", {ana});
    db.run("INSERT INTO memberships VALUES (1, ?, 'coordinator', 5), (1, ?, 'contributor', 7)", {ana, ben});
  }

  std::int64_t meet(std::string_view name, std::string_view adapter, sys_seconds at = noon) {
    return people::recognise(db,
                             {.adapter = adapter,
                              .workspace = "",
                              .user_id = name,
                              .name = name,
                              .handle = name,
                              .language = "",
                              .direct = name},
                             at)
        .id;
  }
  std::int64_t count(std::string_view sql) { return db.number(sql); }
};

}  // namespace

TEST_CASE("it is decided for every column that refers to a person what becomes of it, and it has an index") {
  Village village;
  const auto columns = person_columns(village.db);
  CHECK(columns.size() > 20);
  for (const PersonColumn& column : columns) {
    CAPTURE(column.table);
    CAPTURE(column.column);
    CHECK(fate_of(column).has_value());
    std::string plan;
    village.db.each(fmt::format("EXPLAIN QUERY PLAN SELECT 1 FROM {} WHERE {} = ?", column.table, column.column), {},
                    [&](const Row& row) { plan += row.text(3); });
    CHECK(plan.find("SCAN") == std::string::npos);
  }
}

TEST_CASE("rows that hang on a person's rows are found, too") {
  Village village;
  int found = 0;
  for (const PersonColumn& column : person_columns(village.db)) {
    if (column.table == "team_roles" || column.table == "person_skills") ++found;
    if (column.table == "memberships" && column.column == "person_id") CHECK(column.has_children);
  }
  CHECK(found == 2);
}

TEST_CASE("a table that nobody has decided about is noticed, and nobody is half forgotten") {
  Village village;
  village.db.script("CREATE TABLE diaries (person_id INTEGER REFERENCES people(id), words TEXT)");
  CHECK_THROWS_AS(forgetting::forget(village.db, village.ana, noon), Error);
}

TEST_CASE("what was the person's goes, what is the project's stays and names nobody") {
  Village village;
  village.db.run(
      "INSERT INTO tasks (id, project_id, title, state, owner_id, created_by, created_at, done_at) VALUES (1, 1, 'A', "
      "'doing', ?1, ?1, 0, NULL), (2, 1, 'B', 'done', ?1, ?2, 0, 9)",
      {village.ana, village.ben});
  village.db.run("INSERT INTO team_roles VALUES (1, ?, 'steering', 0)", {village.ana});
  const auto before = forgetting::consequences(village.db, village.ana, 10);
  CHECK(before.projects == std::vector<std::int64_t>{1});
  CHECK(before.uncoordinated == std::vector<std::int64_t>{1});
  CHECK(before.tasks == std::vector<std::int64_t>{1});
  CHECK(before.finished_tasks == 1);

  forgetting::forget(village.db, village.ana, noon);
  CHECK_FALSE(people::find(village.db, village.ana));
  CHECK(village.count("SELECT COUNT(*) FROM identities") == 1);
  CHECK(village.count("SELECT COUNT(*) FROM memberships") == 1);
  CHECK(village.count("SELECT COUNT(*) FROM team_roles") == 0);
  CHECK(village.count("SELECT created_by FROM projects") == forgetting::nobody);
  CHECK(village.count("SELECT COUNT(*) FROM tasks WHERE state = 'open' AND owner_id IS NULL AND id = 1") == 1);
  CHECK(village.count("SELECT COUNT(*) FROM tasks WHERE state = 'done' AND owner_id IS NULL AND id = 2") == 1);
  CHECK(village.count("SELECT COUNT(*) FROM pragma_foreign_key_check") == 0);
  CHECK(village.count("SELECT COUNT(*) FROM changes") == 0);
  CHECK(people::find(village.db, village.ben));
}

TEST_CASE("whoever was forgotten is new when they write again, under a number that nobody had") {
  Village village;
  forgetting::forget(village.db, village.ben, noon);
  const std::int64_t again = village.meet("ben", "telegram", noon + hours(1));
  CHECK(again > village.ben);
  CHECK(village.count(fmt::format("SELECT COUNT(*) FROM memberships WHERE person_id = {}", again)) == 0);
}

TEST_CASE("a restored backup forgets again whom it should not know, and nobody who came back since") {
  Village village;
  village.meet("zoe", "console");
  village.db.backup(village.folder / "old.db");
  forgetting::forget(village.db, village.ana, noon + hours(1));
  forgetting::forget(village.db, village.ben, noon + hours(1));
  village.meet("ben", "telegram", noon + hours(2));
  village.db.backup(village.folder / "newer.db");

  Connection old(village.folder / "old.db", Connection::Mode::read_write);
  migrate(old, noon);
  CHECK(forgetting::forget_again(old, village.db, noon + hours(3)) == 2);
  CHECK(old.number("SELECT COUNT(*) FROM identities") == 1);
  CHECK(old.number("SELECT COUNT(*) FROM pragma_foreign_key_check") == 0);
  CHECK(forgetting::forget_again(old, village.db, noon + hours(3)) == 0);

  Connection newer(village.folder / "newer.db", Connection::Mode::read_write);
  migrate(newer, noon);
  CHECK(forgetting::forget_again(newer, village.db, noon + hours(3)) == 0);
  CHECK(newer.number("SELECT COUNT(*) FROM identities WHERE user_id = 'ben'") == 1);
}

TEST_CASE("the list of the forgotten names nobody, and is kept for as long as there are backups") {
  Village village;
  forgetting::forget(village.db, village.ana, noon);
  CHECK(village.count("SELECT COUNT(*) FROM forgotten WHERE length(identity) = 64 AND identity NOT LIKE '%ana%'") == 1);
  CHECK(forgetting::prune(village.db, noon, 100) == 0);
  CHECK(forgetting::prune(village.db, noon + seconds(1), 100) == 1);
}

TEST_CASE("everything that is kept of a person is told, nothing of others") {
  Village village;
  village.db.run(
      "INSERT INTO tasks (id, project_id, title, state, owner_id, created_by, created_at) VALUES (1, 1, 'Screen', "
      "'doing', ?, ?, 0)",
      {village.ben, village.ana});
  const std::string json = personal_data::export_json(village.db, village.ben, 100);
  CHECK(json.find("\"handle\": \"ben\"") != std::string::npos);
  CHECK(json.find("\"role\": \"contributor\"") != std::string::npos);
  CHECK(json.find("Screen") != std::string::npos);
  CHECK(json.find("\"created_by\": null") != std::string::npos);
  CHECK(json.find("ana") == std::string::npos);
  CHECK(json.find("truncated") == std::string::npos);
  CHECK(personal_data::export_json(village.db, village.ben, 0).find("truncated") != std::string::npos);
}

TEST_CASE("two people become one with the rights, work and profile of both") {
  Village village;
  const std::int64_t other = village.meet("benjamin", "console");
  Connection& db = village.db;
  db.run("INSERT INTO projects (id, title, created_by, created_at) VALUES (2, 'Other', ?, 0)", {other});
  db.run("INSERT INTO memberships VALUES (1, ?1, 'coordinator', 3), (2, ?1, 'contributor', 4)", {other});
  db.run("INSERT INTO team_roles VALUES (1, ?1, 'steering', 0), (2, ?1, 'writing', 0)", {other});
  db.run("INSERT INTO team_roles VALUES (1, ?1, 'steering', 1)", {village.ben});
  db.run("INSERT INTO profiles (person_id, country, consent_version, consented_at) VALUES (?, 'GH', 1, 5)", {other});
  db.run("INSERT INTO person_skills VALUES (?, 'r', 'has'), (?1, 'spss', 'wants')", {other});
  db.run("INSERT INTO profiles (person_id, hours, consent_version, consented_at, stopped_at) VALUES (?, 3, 1, 9, 8)",
         {village.ben});
  db.run("INSERT INTO person_skills VALUES (?, 'r', 'wants')", {village.ben});
  db.run(
      "INSERT INTO needs (id, project_id, skill, count, filled, state, created_by, created_at) VALUES (1, 1, 'R', 2, "
      "2, "
      "'filled', ?, 0)",
      {village.ana});
  db.run("INSERT INTO need_people VALUES (1, ?, 0), (1, ?, 0)", {village.ben, other});

  merging::merge(db, other, village.ben);
  CHECK_FALSE(people::find(db, other));
  CHECK(village.count("SELECT COUNT(*) FROM pragma_foreign_key_check") == 0);
  CHECK(village.count(fmt::format("SELECT COUNT(*) FROM identities WHERE person_id = {}", village.ben)) == 2);
  CHECK(village.count(fmt::format(
            "SELECT joined_at FROM memberships WHERE person_id = {} AND project_id = 1 AND role = 'coordinator'",
            village.ben)) == 3);
  CHECK(village.count(fmt::format("SELECT COUNT(*) FROM memberships WHERE person_id = {}", village.ben)) == 2);
  CHECK(village.count("SELECT COUNT(*) FROM team_roles") == 2);
  CHECK(village.count("SELECT COUNT(*) FROM profiles WHERE country = 'GH' AND hours = 3 AND stopped_at = 8 AND "
                      "consented_at = 9") == 1);
  CHECK(village.count("SELECT COUNT(*) FROM person_skills WHERE kind = 'wants'") == 2);
  CHECK(village.count("SELECT COUNT(*) FROM needs WHERE filled = 1 AND state = 'open'") == 1);
  CHECK(village.meet("benjamin", "console") == village.ben);
  CHECK(village.meet("carol", "console") > other);
}

TEST_CASE("an account can be taken off again; the last one cannot") {
  Village village;
  const std::int64_t other = village.meet("benjamin", "console");
  merging::merge(village.db, other, village.ben);
  const auto apart = merging::split(village.db, village.ben, "console", noon);
  REQUIRE(apart);
  CHECK(village.meet("benjamin", "console") == *apart);
  CHECK_FALSE(merging::split(village.db, village.ben, "telegram", noon));
  CHECK_FALSE(merging::split(village.db, village.ben, "slack", noon));
}

TEST_CASE("people who were silent for long are asked once, and those who answer are left alone") {
  Village village;
  Connection& db = village.db;
  for (const std::int64_t person : {village.ana, village.ben}) {
    db.run("INSERT INTO profiles (person_id, consent_version, consented_at, last_active_at) VALUES (?, 1, 5, ?)",
           {person, noon});
  }
  CHECK(silences::silent_since(db, noon, 10).empty());
  CHECK(silences::silent_since(db, noon + seconds(1), 10).size() == 2);
  silences::note_asked(db, village.ana, noon + hours(1));
  silences::note_asked(db, village.ben, noon + hours(1));
  CHECK(silences::silent_since(db, noon + seconds(1), 10).empty());
  CHECK(silences::unanswered_since(db, noon + hours(1), 10).empty());
  db.run("UPDATE profiles SET last_active_at = ? WHERE person_id = ?", {noon + hours(2), village.ben});
  CHECK(silences::unanswered_since(db, noon + hours(3), 10) == std::vector{village.ana});
  CHECK(village.count("SELECT COUNT(*) FROM silences") == 1);
}

TEST_CASE("docs/privacy.md names every table and column once") {
  Village village;
  std::ifstream file(std::filesystem::path(OSRBOT_SOURCE_DIR) / "docs" / "privacy.md");
  std::map<std::string, std::string> lines;  // of the list, by table
  for (std::string line; std::getline(file, line);) {
    if (!line.starts_with("| `")) continue;
    const std::string table = line.substr(3, line.find('`', 3) - 3);
    CAPTURE(table);
    CHECK_MESSAGE(lines.emplace(table, line).second, "one table, one line");
  }
  CHECK(lines.size() > 40);
  village.db.each("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'", {},
                  [&](const Row& row) {
                    const std::string table = row.text(0);
                    CAPTURE(table);
                    REQUIRE(lines.contains(table));
                    for (const std::string& column : columns_of(village.db, table)) {
                      CAPTURE(column);
                      CHECK(lines[table].find("`" + column + "`") != std::string::npos);
                    }
                  });
}
