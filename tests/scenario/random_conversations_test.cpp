// Conversations that nobody wrote: several people give random commands, through the real router, engine and database,
// and what must never happen does not. OSRBOT_RANDOM_STEPS sets how many commands, OSRBOT_RANDOM_SEED which ones.
#include <map>
#include <random>
#include <string>
#include <vector>

#include <doctest/doctest.h>
#include <fmt/format.h>

#include "storage/changes.h"
#include "storage/migrations.h"
#include "storage/sql.h"
#include "tests/fakes/temporary_folder.h"
#include "tests/scenario/environment.h"
#include "tests/scenario/stage.h"
#include "tests/scenario/transcript.h"
#include "tests/scenario/world.h"

using namespace osrbot;
using namespace osrbot::scenario;
using storage::Row;

namespace {

constexpr int people = 5;
constexpr int first_tasks = 6;

std::string rows_of(storage::Connection& db, const std::string& what) {
  std::string text;
  db.each(what, {}, [&](const Row& row) { text += row.text(0) + "\n"; });
  return text;
}

/// All columns of a table, row by row.
std::string table_of(storage::Connection& db, const std::string& table) {
  std::string columns;
  db.each("SELECT name FROM pragma_table_info(?)", {table},
          [&](const Row& row) { columns += (columns.empty() ? "" : ", ") + row.text(0); });
  return table + "\n" + rows_of(db, fmt::format("SELECT json_array({}) FROM {} ORDER BY 1", columns, table));
}

std::string work_of(storage::Connection& db) {
  return table_of(db, "tasks") + table_of(db, "task_helpers") + table_of(db, "task_dependencies");
}

class Conversation {
 public:
  explicit Conversation(std::uint64_t seed) : random_(seed) {
    say("ana: project new A study in many places");
    say("ana: yes");
    say("ana in #room: /project here P1");
    for (int i = 0; i < first_tasks; ++i) say(fmt::format("ana in #room: /task add Task {}", i));
    world_.advance(std::chrono::hours(1));  // so that nobody takes them back by an undo of their own
  }

  std::string random_line() {
    static const std::vector<std::string> forms = {"/task add Task {n}",
                                                   "/claim {t}",
                                                   "/claim {t}",
                                                   "/claim {t}",
                                                   "/done {t}",
                                                   "/release {t}",
                                                   "/undo",
                                                   "/undo E{e}",
                                                   "/assign {t} {who}",
                                                   "/release {t} note {n}",
                                                   "/project add {who}",
                                                   "/log {t}",
                                                   "/tasks",
                                                   "/status",
                                                   "/done {t} https://osf.io/{n}",
                                                   "/working {t}",
                                                   "/block {t} no answer",
                                                   "/unblock {t}",
                                                   "/progress {t} {n}%",
                                                   "/reopen {t}",
                                                   "/assist {t}",
                                                   "/due {t} 2026-05-04",
                                                   "/depends {t} on T1",
                                                   "/leave P1",
                                                   "/task cancel {t}",
                                                   "/report P1"};
    const std::string form = forms[pick(forms.size())];
    const std::string text =
        fmt::format(fmt::runtime(form), fmt::arg("t", fmt::format("T{}", 1 + pick(8))), fmt::arg("n", pick(101)),
                    fmt::arg("e", 1 + pick(40)), fmt::arg("who", "@" + who()));
    return fmt::format("{} in #room: {}", who(), text);
  }

  void say(const std::string& line) {
    for (const Step& step : parse_transcript({line})) stage_.play(step);
    REQUIRE(world_.take_failures().empty());
  }

  void let_time_pass() { world_.advance(std::chrono::minutes(pick(90))); }

  storage::Connection& db() { return world_.db(); }
  std::size_t pick(std::size_t count) { return std::uniform_int_distribution<std::size_t>(0, count - 1)(random_); }

 private:
  std::string who() {
    static constexpr const char* names[people] = {"ana", "ben", "carol", "dev", "eve"};
    return names[pick(people)];
  }

  fakes::TemporaryFolder folder_;
  World world_{folder_.path(), source_folder / "config"};
  Stage stage_{world_};
  std::mt19937_64 random_;
};

std::int64_t count(storage::Connection& db, std::string_view sql) {
  return db.number(sql);
}

void check_rows(storage::Connection& db) {
  CHECK(count(db, "SELECT COUNT(*) FROM tasks WHERE state IN ('claimed','doing','blocked') AND owner_id IS NULL") == 0);
  CHECK(count(db, "SELECT COUNT(*) FROM tasks WHERE state = 'open' AND owner_id IS NOT NULL") == 0);
  CHECK(count(db, "SELECT COUNT(*) FROM tasks WHERE (state = 'done') <> (done_at IS NOT NULL)") == 0);
  // Whoever holds a task is in the team, and somebody coordinates it.
  CHECK(count(db,
              "SELECT COUNT(*) FROM tasks t WHERE state IN ('claimed','doing','blocked') AND NOT EXISTS (SELECT 1 "
              "FROM memberships m WHERE m.project_id = t.project_id AND m.person_id = t.owner_id)") == 0);
  CHECK(count(db,
              "SELECT COUNT(*) FROM projects p WHERE NOT EXISTS (SELECT 1 FROM memberships m WHERE m.project_id = "
              "p.id AND m.role = 'coordinator')") == 0);
  CHECK(count(db, "SELECT COUNT(*) FROM pragma_foreign_key_check") == 0);
  CHECK(count(db, "SELECT COUNT(*) FROM changes WHERE event_id > (SELECT COALESCE(MAX(id), 0) FROM audit)") == 0);
}

/// A finished task changes only by being reopened or by taking a change back, and nobody claims beyond the limit.
void check_step(storage::Connection& db, const std::map<std::int64_t, std::string>& before, std::int64_t last_event) {
  std::string actions;
  db.each("SELECT action FROM audit WHERE id > ?", {last_event}, [&](const Row& row) { actions += row.text(0) + " "; });
  CAPTURE(actions);
  db.each("SELECT id, state FROM tasks", {}, [&](const Row& row) {
    const auto old = before.find(row.integer(0));
    if (old == before.end() || old->second != "done" || row.text(1) == "done") return;
    CHECK((actions.find("undone") != actions.npos || actions.find("task.reopened") != actions.npos));
  });
  if (actions.find("task.claimed") != actions.npos) {
    CHECK(db.number("SELECT COUNT(*) FROM tasks WHERE state IN ('claimed','doing','blocked') AND owner_id = "
                    "(SELECT person_id FROM audit WHERE id > ? AND action = 'task.claimed')",
                    {last_event}) <= 3);
  }
}

std::map<std::int64_t, std::string> states(storage::Connection& db) {
  std::map<std::int64_t, std::string> result;
  db.each("SELECT id, state FROM tasks", {}, [&](const Row& row) { result[row.integer(0)] = row.text(1); });
  return result;
}

/// Makes every change of the audit log again in an empty database.
void replay(storage::Connection& from, storage::Connection& to) {
  to.run("PRAGMA foreign_keys = OFF");
  std::vector<std::int64_t> events;
  from.each("SELECT id FROM audit ORDER BY id", {}, [&](const Row& row) { events.push_back(row.integer(0)); });
  for (const std::int64_t event : events) {
    auto changes = storage::changes::of_event(from, event);
    for (auto change = changes.rbegin(); change != changes.rend(); ++change) {
      CAPTURE(change->table);
      CAPTURE(change->after);
      CHECK(storage::changes::repeat(to, *change));
    }
  }
}

}  // namespace

TEST_CASE("random commands by several people never break what must hold, and the audit log leads to the same state") {
  const std::uint64_t first = from_environment("OSRBOT_RANDOM_SEED", 1);
  const std::uint64_t steps = from_environment("OSRBOT_RANDOM_STEPS", 250);
  for (std::uint64_t seed = first; seed < first + 2; ++seed) {
    CAPTURE(seed);
    Conversation conversation(seed);
    storage::Connection& db = conversation.db();
    for (std::uint64_t step = 0; step < steps; ++step) {
      const auto before = states(db);
      const std::int64_t last_event = db.number("SELECT MAX(id) FROM audit");
      const std::string line = conversation.random_line();
      CAPTURE(line);
      conversation.say(line);
      check_rows(db);
      check_step(db, before, last_event);
      if (conversation.pick(10) == 0) conversation.let_time_pass();
    }
    CHECK(db.number("SELECT COUNT(*) FROM audit") > first_tasks + 15);  // something did happen
    const fakes::TemporaryFolder folder;
    storage::Connection copy(folder / "copy.db", storage::Connection::Mode::read_write);
    storage::migrate(copy, {});
    replay(db, copy);
    CHECK(work_of(copy) == work_of(db));
    CHECK(table_of(copy, "memberships") == table_of(db, "memberships"));
  }
}

TEST_CASE("taking the last change back restores the rows exactly") {
  const std::uint64_t seed = from_environment("OSRBOT_RANDOM_SEED", 7);
  const std::uint64_t steps = from_environment("OSRBOT_RANDOM_STEPS", 250);
  CAPTURE(seed);
  Conversation conversation(seed);
  storage::Connection& db = conversation.db();
  int taken_back = 0;
  for (std::uint64_t step = 0; step < steps; ++step) {
    const std::string tasks = work_of(db);
    const std::string members = table_of(db, "memberships");
    const std::int64_t last = db.number("SELECT MAX(id) FROM audit");
    const std::string line = conversation.random_line();
    CAPTURE(line);
    conversation.say(line);
    const bool changed = db.number("SELECT EXISTS (SELECT 1 FROM audit WHERE id > ?)", {last}) != 0;
    const bool added =
        db.number("SELECT EXISTS (SELECT 1 FROM audit WHERE id > ? AND action IN ('task.added', 'undone'))", {last}) !=
        0;  // a new task is cancelled instead
    if (!changed || added || conversation.pick(2) == 0) continue;
    conversation.say(line.substr(0, line.find(' ')) + " in #room: /undo");
    ++taken_back;
    CHECK(work_of(db) == tasks);
    CHECK(table_of(db, "memberships") == members);
  }
  CHECK(taken_back > 5);
}
