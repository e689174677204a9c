#include "storage/changes.h"

#include <doctest/doctest.h>

#include "storage/audit.h"
#include "storage/migrations.h"
#include "storage/tasks.h"
#include "tests/fakes/fresh_database.h"
#include "tests/fakes/temporary_folder.h"

using namespace osrbot::storage;
using osrbot::fakes::TemporaryFolder;

namespace {

using osrbot::fakes::noon;

struct Ledger {
  TemporaryFolder folder;
  Connection db{folder / "test.db", Connection::Mode::read_write};

  Ledger() {
    migrate(db, noon);
    db.run("INSERT INTO people (id, name, created_at) VALUES (1, 'Ana', 0), (2, 'Ben', 0)");
    db.run("INSERT INTO projects (id, title, created_by, created_at) VALUES (1, 'Study', 1, 0)");
    changes::begin(db);
  }

  std::int64_t event(std::string_view action) {
    return audit::append(db,
                         {.person_id = 1,
                          .action = action,
                          .object = "T1",
                          .project_id = 1,
                          .details = "{}",
                          .adapter = "console",
                          .update_key = "1"},
                         noon);
  }
  std::string row() {
    return *db.one("SELECT json_array(title, state, owner_id, claimed_at, handover) FROM tasks", {},
                   [](const Row& row) { return row.text(0); });
  }
};

}  // namespace

TEST_CASE("an event owns what changed since the one before, column by column") {
  Ledger ledger;
  tasks::create(ledger.db, 1, "Screen", 1, noon);
  ledger.event("task.added");
  tasks::claim(ledger.db, 1, 2, noon);
  const auto claimed = ledger.event("task.claimed");
  const auto changes = changes::of_event(ledger.db, claimed);
  REQUIRE(changes.size() == 1);
  CHECK(changes[0].table == "tasks");
  CHECK(changes[0].kind == "update");
  CHECK(changes[0].key == R"({"id":1})");
  CHECK(changes[0].before == R"({"state":"open","owner_id":null,"claimed_at":null,"last_activity":null})");
  CHECK(changes::of_event(ledger.db, ledger.event("task.looked.at")).empty());
}

TEST_CASE("a change can be reversed and repeated while nobody touched the same columns") {
  Ledger ledger;
  tasks::create(ledger.db, 1, "Screen “ad'lib”; -- \n\"x\"", 1, noon);
  const auto added = changes::of_event(ledger.db, ledger.event("task.added")).front();
  const std::string before = ledger.row();
  tasks::claim(ledger.db, 1, 2, noon);
  const auto claim = changes::of_event(ledger.db, ledger.event("task.claimed")).front();
  const std::string after = ledger.row();

  CHECK_FALSE(changes::reverse(ledger.db, added));  // the row is not as it was when it was new
  CHECK(changes::reverse(ledger.db, claim));
  CHECK(ledger.row() == before);
  CHECK_FALSE(changes::reverse(ledger.db, claim));
  CHECK(changes::repeat(ledger.db, claim));
  CHECK(ledger.row() == after);

  ledger.db.run("UPDATE tasks SET title = 'Another title'");
  CHECK(changes::reverse(ledger.db, claim));  // another column
  ledger.db.run("UPDATE tasks SET state = 'cancelled'");
  CHECK_FALSE(changes::repeat(ledger.db, claim));
}

TEST_CASE("new rows go, deleted ones come back, and rows that others refer to stay") {
  Ledger ledger;
  ledger.db.run("INSERT INTO memberships (project_id, person_id, role, joined_at) VALUES (1, 2, 'contributor', 7)");
  const auto joined = changes::of_event(ledger.db, ledger.event("member.joined")).front();
  CHECK(joined.key == R"({"project_id":1,"person_id":2})");
  ledger.db.run("DELETE FROM memberships");
  const auto left = changes::of_event(ledger.db, ledger.event("member.left")).front();
  CHECK_FALSE(changes::reverse(ledger.db, joined));
  CHECK(changes::reverse(ledger.db, left));
  CHECK_FALSE(changes::reverse(ledger.db, left));  // it is there
  CHECK(changes::reverse(ledger.db, joined));
  CHECK(ledger.db.number("SELECT COUNT(*) FROM memberships") == 0);

  changes::begin(ledger.db);
  ledger.db.run("INSERT INTO projects (id, title, created_by, created_at) VALUES (2, 'Another', 1, 0)");
  const auto created = changes::of_event(ledger.db, ledger.event("project.created")).front();
  ledger.db.run("INSERT INTO homes VALUES ('console', '', 'c', '', 2, 0)");
  CHECK_FALSE(changes::reverse(ledger.db, created));
  CHECK(ledger.db.number("SELECT COUNT(*) FROM projects") == 2);
}

TEST_CASE("what belongs to no event is forgotten, and old changes go in portions") {
  Ledger ledger;
  tasks::create(ledger.db, 1, "Screen", 1, noon);
  changes::begin(ledger.db);
  CHECK(changes::of_event(ledger.db, ledger.event("task.nothing")).empty());
  tasks::claim(ledger.db, 1, 2, noon);
  const auto claimed = ledger.event("task.claimed");
  tasks::release(ledger.db, 1, "");
  ledger.event("task.released");
  CHECK(changes::prune(ledger.db, noon, 100) == 0);
  CHECK(changes::prune(ledger.db, noon + std::chrono::seconds(1), 1) == 1);
  CHECK(changes::of_event(ledger.db, claimed).empty());
}

TEST_CASE("people's own data are not copied into the changes") {
  Ledger ledger;
  ledger.db.run("UPDATE people SET name = 'Ana María' WHERE id = 1");
  CHECK(changes::of_event(ledger.db, ledger.event("person.renamed")).empty());
}

TEST_CASE("no event is taken back twice") {
  Ledger ledger;
  const auto first = ledger.event("task.claimed");
  const audit::Event undoing{.person_id = 1,
                             .action = "undone",
                             .object = "T1",
                             .project_id = 1,
                             .details = "{}",
                             .adapter = "console",
                             .update_key = "2",
                             .undoes = first};
  audit::append(ledger.db, undoing, noon);
  CHECK_THROWS_AS(audit::append(ledger.db, undoing, noon), Error);
}
