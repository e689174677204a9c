// After "forget me" no value of a person is found in any table or log line, whatever they did before.
// OSRBOT_RANDOM_SEED and OSRBOT_RANDOM_STEPS choose other histories.
#include "storage/forgetting.h"

#include <random>
#include <string>
#include <vector>

#include <doctest/doctest.h>
#include <fmt/format.h>

#include "storage/person_columns.h"
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

std::vector<std::string> tables(storage::Connection& db) {
  std::vector<std::string> names;
  db.each("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name", {},
          [&](const Row& row) { names.push_back(row.text(0)); });
  return names;
}

/// "table: row" for each row that holds one of the values in any column, whatever its type.
std::vector<std::string> rows_with(storage::Connection& db, const std::vector<std::string>& values) {
  std::vector<std::string> found;
  for (const std::string& table : tables(db)) {
    std::string columns;
    for (const std::string& column : storage::columns_of(db, table)) {
      columns += (columns.empty() ? "" : ", ") + column;
    }
    db.each(fmt::format("SELECT json_array({}) FROM {}", columns, table), {}, [&](const Row& row) {
      const std::string text = row.text(0);
      for (const std::string& value : values) {
        if (text.find(value) != std::string::npos) found.push_back(table + ": " + text);
      }
    });
  }
  return found;
}

/// A person whose every value is found again: zquin does things nobody else's words would name.
const std::vector<std::string> traces = {"zquin", "Zquin", "zxwords", "0000-0002-1825-0097"};

class History {
 public:
  explicit History(std::uint64_t seed) : random_(seed) {
    for (const char* line :
         {"ana: project new A study in many places", "ana: yes", "ana in #room: /project here P1",
          "ana in #room: /task add One", "ana in #room: /task add Two", "ana in #room: /task add Three",
          "ana in #room: /need 3 statisticians by 31 December 3h/week for authorship", "zquin: agree",
          "zquin in #room: /claim T1", "zquin on slack: agree", "zquin on slack: link", "zquin: link {code}",
          "zquin: yes", "zquin on slack presses \"Yes, that is me\""}) {
      say(line);
    }
  }

  void random_step() {
    static const std::vector<std::string> forms = {
        "zquin in #room: /claim {t}",
        "zquin in #room: /release {t} zxwords are in the folder",
        "zquin in #room: /progress {t} 40% zxwords so far",
        "zquin in #room: /block {t} zxwords are missing",
        "zquin in #room: /unblock {t}",
        "zquin in #room: /working {t}",
        "zquin in #room: /done {t}",
        "zquin in #room: /reopen {t} zxwords came late",
        "zquin in #room: /assist {t}",
        "zquin in #room: /join N1",
        "zquin in #room: /leave P1 zxwords at home",
        "zquin in #room: /undo",
        "zquin on slack: remind me to send zxwords in 3 weeks",
        "zquin: remind me about {t} in 2 weeks zxwords",
        "zquin: my time zone Africa/Nairobi",
        "zquin: digest Friday 14:00",
        "zquin: stop",
        "zquin: resume",
        "zquin: pause 2 weeks",
        "zquin: link",
        "zquin: join P1",
        "zquin: my orcid 0000-0002-1825-0097",
        "zquin: I am a zxwords and know statistics",
        "zquin: unlink slack",
        "zquin: nonsense zxwords nonsense",
        "zquin in #room: /project add @ana",
        "zquin: project new Another study",
        "zquin: no",
        "ana in #room: /assign {t} @zquin",
        "ana in #room: /project add @zquin as coordinator",
        "ana in #room: /project add @zquin as statistician",
        "ana in #room: /project remove @zquin",
        "ana: remind @zquin about {t} in 1 week",
        "ana in #room: /release {t}",
        "ana in #room: /undo",
        "ana in #room: /log P1",
    };
    const std::string& form = forms[pick(forms.size())];
    const std::string task = fmt::format("T{}", 1 + pick(3));
    say(fmt::format(fmt::runtime(form), fmt::arg("t", task)));
    if (pick(6) == 0) world_.advance(std::chrono::hours(pick(60)));
    if (pick(40) == 0) world_.advance(std::chrono::days(25));
  }

  void say(const std::string& line) {
    for (const Step& step : parse_transcript({line})) stage_.play(step);
    const auto failures = world_.take_failures();
    for (const std::string& failure : failures) log_ += failure + "\n";
    CAPTURE(line);
    REQUIRE(failures.empty());
  }

  /// All accounts, also one that was taken off on the way.
  void forget() {
    for (const char* where : {"zquin", "zquin on slack"}) {
      say(fmt::format("{}: forget me", where));
      say(fmt::format("{}: yes", where));
    }
    world_.advance(std::chrono::minutes(1));
  }

  World& world() { return world_; }
  storage::Connection& db() { return world_.db(); }
  const std::string& log() const { return log_; }

 private:
  std::size_t pick(std::size_t count) { return std::uniform_int_distribution<std::size_t>(0, count - 1)(random_); }

  fakes::TemporaryFolder folder_;
  World world_{folder_.path(), source_folder / "config"};
  Stage stage_{world_};
  std::mt19937_64 random_;
  std::string log_;
};

}  // namespace

TEST_CASE("after forget me no value of the person is found in any table or log line") {
  const std::uint64_t first = from_environment("OSRBOT_RANDOM_SEED", 1);
  const std::uint64_t steps = from_environment("OSRBOT_RANDOM_STEPS", 120);
  for (std::uint64_t seed = first; seed < first + 4; ++seed) {
    CAPTURE(seed);
    History history(seed);
    for (std::uint64_t step = 0; step < steps; ++step) history.random_step();
    REQUIRE_FALSE(rows_with(history.db(), traces).empty());
    history.forget();
    for (const std::string& row : rows_with(history.db(), traces)) FAIL_CHECK(row);
    for (const std::string& trace : traces) CHECK(history.log().find(trace) == std::string::npos);
    CHECK(history.db().number("SELECT COUNT(*) FROM pragma_foreign_key_check") == 0);
    CHECK(history.db().number("SELECT COUNT(*) FROM people WHERE id <> 0") == 1);
    // Life goes on: nothing that is left stumbles over the gap.
    for (const char* line : {"ana in #room: /log P1", "ana in #room: /tasks", "ana in #room: /status",
                             "ana in #room: /team", "ana in #room: /report P1", "ana in #room: /undo"}) {
      history.say(line);
    }
    history.world().advance(std::chrono::days(40));
    CHECK(history.world().take_failures().empty());
  }
}

TEST_CASE("a value that is left is found") {
  History history(7);
  history.db().run("INSERT INTO dead_letters (at, adapter, update_key, kind, error) VALUES (0, '', '', '', 'zxwords')");
  history.forget();
  CHECK(rows_with(history.db(), traces).size() == 1);
}
