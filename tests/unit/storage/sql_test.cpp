#include "storage/sql.h"

#include <fstream>

#include <doctest/doctest.h>

#include "storage/migrations.h"
#include "tests/fakes/fresh_database.h"
#include "tests/fakes/temporary_folder.h"

using namespace osrbot::storage;
using osrbot::fakes::TemporaryFolder;
using Mode = Connection::Mode;

namespace {

using osrbot::fakes::noon;

Connection with_table(const TemporaryFolder& folder) {
  Connection db(folder / "test.db", Mode::read_write);
  db.run("CREATE TABLE notes (id INTEGER PRIMARY KEY, text TEXT UNIQUE, weight REAL, at INTEGER)");
  return db;
}

}  // namespace

TEST_CASE("values come back as they went in, whatever bytes they hold") {
  const TemporaryFolder folder;
  Connection db = with_table(folder);
  const std::string text("a\0b'; DROP TABLE notes; --", 26);
  db.run("INSERT INTO notes (id, text, weight, at) VALUES (?, ?, ?, ?)", {1, text, 0.5, noon});
  db.run("INSERT INTO notes (id, text, weight, at) VALUES (?, ?, ?, ?)",
         {2, nullptr, nullptr, std::optional<std::int64_t>()});
  const auto first = db.one("SELECT text, weight, at FROM notes WHERE id = 1", {},
                            [](const Row& row) { return std::tuple(row.text(0), row.real(1), row.time(2)); });
  CHECK(first == std::tuple(text, 0.5, noon));
  const auto nulls = db.one("SELECT text, at FROM notes WHERE id = 2", {}, [](const Row& row) {
    return row.is_null(0) && !row.maybe_integer(1) && row.text(0).empty();
  });
  CHECK(nulls == true);
  CHECK_FALSE(db.one("SELECT id FROM notes WHERE id = 3", {}, [](const Row& row) { return row.integer(0); }));
}

TEST_CASE("a query may be asked again from inside its own rows") {
  const TemporaryFolder folder;
  Connection db = with_table(folder);
  for (int i = 1; i <= 3; ++i) db.run("INSERT INTO notes (id) VALUES (?)", {i});
  int pairs = 0;
  db.each("SELECT id FROM notes", {},
          [&](const Row&) { db.each("SELECT id FROM notes", {}, [&](const Row&) { ++pairs; }); });
  CHECK(pairs == 9);
}

TEST_CASE("a statement that failed works again") {
  const TemporaryFolder folder;
  Connection db = with_table(folder);
  const auto insert = [&](const char* text) { db.run("INSERT INTO notes (text) VALUES (?)", {text}); };
  insert("one");
  try {
    insert("one");
    FAIL("the second one must be refused");
  } catch (const Error& error) {
    CHECK(error.kind() == Error::Kind::constraint);
  }
  insert("two");
  CHECK(db.number("SELECT COUNT(*) FROM notes") == 2);
}

TEST_CASE("what is not committed is gone, what a savepoint undoes is gone alone") {
  const TemporaryFolder folder;
  Connection db = with_table(folder);
  {
    const Transaction dropped(db);
    db.run("INSERT INTO notes (text) VALUES ('dropped')");
  }
  CHECK(db.number("SELECT COUNT(*) FROM notes") == 0);
  Transaction transaction(db);
  {
    Savepoint kept(db);
    db.run("INSERT INTO notes (text) VALUES ('kept')");
    {
      const Savepoint inner(db);
      db.run("INSERT INTO notes (text) VALUES ('undone')");
    }
    kept.keep();
  }
  transaction.commit();
  CHECK(db.number("SELECT COUNT(*) FROM notes WHERE text = 'kept'") == 1);
  CHECK(db.number("SELECT COUNT(*) FROM notes") == 1);
}

TEST_CASE("savepoints inside each other are undone each for itself, whatever was written between them") {
  const TemporaryFolder folder;
  Connection db = with_table(folder);
  const auto note = [&](const char* text) { db.run("INSERT INTO notes (text) VALUES (?)", {text}); };
  const auto notes = [&] {
    std::string all;
    db.each("SELECT text FROM notes ORDER BY id", {}, [&](const Row& row) { all += row.text(0) + " "; });
    return all;
  };
  const Transaction transaction(db);
  {
    Savepoint outer(db);
    {
      const Savepoint nothing_written(db);
      CHECK(notes() == "");
    }
    {
      Savepoint shared(db);  // nothing was written since the outer one
      note("a");
      shared.keep();
    }
    {
      const Savepoint undone(db);
      const Savepoint undone_too(db);
      note("b");
    }
    CHECK(notes() == "a ");
    {
      const Savepoint undone(db);
      note("c");
      {
        Savepoint kept(db);
        note("d");
        kept.keep();
      }
      CHECK(notes() == "a c d ");
    }
    CHECK(notes() == "a ");
    note("e");
  }
  CHECK(notes() == "");
  {
    const Savepoint outer(db);
    {
      const Savepoint shared(db);
      note("f");
    }
    CHECK(notes() == "");
    note("g");
    CHECK(notes() == "g ");
  }
  CHECK(notes() == "");
  {
    Savepoint fails(db);
    note("h");
    CHECK_THROWS_AS(note("h"), Error);
    fails.keep();
  }
  CHECK(notes() == "h ");
}

TEST_CASE("a reader sees what is committed, and cannot write") {
  const TemporaryFolder folder;
  Connection writer = with_table(folder);
  Connection reader(folder / "test.db", Mode::read_only);
  Transaction transaction(writer);
  writer.run("INSERT INTO notes (text) VALUES ('new')");
  CHECK(reader.number("SELECT COUNT(*) FROM notes") == 0);
  transaction.commit();
  CHECK(reader.number("SELECT COUNT(*) FROM notes") == 1);
  CHECK_THROWS_AS(reader.run("DELETE FROM notes"), Error);
}

TEST_CASE("a full disk is told from a mistake, and is over when there is room again") {
  const TemporaryFolder folder;
  Connection db = with_table(folder);
  db.run("PRAGMA max_page_count = 8");
  const std::string page(4000, 'x');
  Error::Kind kind = Error::Kind::other;
  try {
    Transaction transaction(db);
    for (int i = 0; i < 20; ++i) db.run("INSERT INTO notes (text) VALUES (?)", {page + std::to_string(i)});
    transaction.commit();
  } catch (const Error& error) {
    kind = error.kind();
  }
  CHECK(kind == Error::Kind::unavailable);
  CHECK(db.number("SELECT COUNT(*) FROM notes") == 0);
  db.run("PRAGMA max_page_count = 1000");
  db.run("INSERT INTO notes (text) VALUES (?)", {page});
  CHECK(db.number("SELECT COUNT(*) FROM notes") == 1);
}

TEST_CASE("a backup is a whole database, and never overwrites a file") {
  const TemporaryFolder folder;
  Connection db(folder / "test.db", Mode::read_write);
  migrate(db, noon);
  db.run("INSERT INTO people (name, created_at) VALUES ('Ana', 0)");
  db.backup(folder / "copy.db");
  Connection copy(folder / "copy.db", Mode::read_only);
  CHECK(copy.number("SELECT COUNT(*) FROM people") == 1);
  CHECK_THROWS_AS(db.backup(folder / "copy.db"), Error);
}

TEST_CASE("migrations run once, and a newer database is refused by its number") {
  const TemporaryFolder folder;
  Connection db(folder / "test.db", Mode::read_write);
  CHECK(migrate(db, noon) == schema_version());
  CHECK(migrate(db, noon) == 0);
  CHECK(database_version(db) == schema_version());
  db.run("INSERT INTO schema_migrations (version, name, applied_at) VALUES (999, 'future', 0)");
  CHECK_THROWS_WITH_AS(migrate(db, noon), doctest::Contains("schema version 999"), Error);
}

TEST_CASE("a file that is no database is refused with its name") {
  const TemporaryFolder folder;
  std::ofstream(folder / "test.db")
      << "this is a letter to a friend, and a long one, so that nobody takes it for a database";
  CHECK_THROWS_AS(Connection(folder / "test.db", Mode::read_write), Error);
  CHECK_THROWS_WITH_AS(Connection(folder / "missing" / "test.db", Mode::read_write), doctest::Contains("missing"),
                       Error);
}
