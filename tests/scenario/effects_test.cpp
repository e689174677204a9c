// What holds over all transcripts together: every action that anybody records can be told and taken back (or says why
// not), and no statement that the bot makes reads a whole table.
#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <regex>
#include <set>
#include <string>

#include <doctest/doctest.h>

#include "commands/all.h"
#include "commands/catalogue.h"
#include "commands/reversals.h"
#include "storage/sql.h"
#include "tests/fakes/temporary_folder.h"
#include "tests/scenario/environment.h"
#include "tests/scenario/stage.h"
#include "tests/scenario/transcript.h"
#include "tests/scenario/world.h"

using namespace osrbot;
using namespace osrbot::scenario;

namespace {

std::vector<Step> steps_of(const std::filesystem::path& file) {
  std::ifstream in(file, std::ios::binary);
  return parse_transcript(lines_of(std::string(std::istreambuf_iterator<char>(in), {})));
}

/// Tables that a statement reads from one end to the other, and indexes too: with millions of rows it would be slow.
std::set<std::string> scans_of(storage::Connection& db, const std::string& statement) {
  static const std::regex scan(R"(SCAN (\w+)( USING .*)?)");
  std::set<std::string> scans;
  db.each("EXPLAIN QUERY PLAN " + statement, {}, [&](const storage::Row& row) {
    std::smatch match;
    const std::string detail = row.text(3);
    if (std::regex_match(detail, match, scan) && match[1] != "CONSTANT") scans.insert(detail);
  });
  return scans;
}

/// A scan that is right, with the reason.
bool is_bounded(const std::string& statement) {
  // Rows that refer to a new one are looked for only while a foreign key is violated.
  if (statement.starts_with("INSERT INTO") && statement.find("VALUES (") != statement.npos) return true;
  static const std::pair<std::string_view, std::string_view> reasons[] = {
      {"FROM schema_migrations", "as many rows as migrations"},
      {"FROM posts WHERE state IN ('queued', 'later')", "an index of what waits in the queue"},
      {"p.told_at IS NULL AND p.state = 'queued'", "an index of what waits in the queue"},
      {"FROM sqlite_schema", "as many rows as tables"},
      {"FROM pragma_table_info", "as many rows as columns"},
      {"FROM jobs ORDER BY due_at LIMIT 1", "one row of the index"},
      {"MIN(due_at) FROM jobs", "one row of the index"},
      {"FROM seen_updates", "deletes the oldest, by number, until it meets one that stays"},
      {"FROM outbox", "deletes the oldest, by number, until it meets one that stays"},
      {"FROM dialogues WHERE expires_at", "open questions live for minutes"},
      {"UPDATE needs SET filled = c.people", "one row: a count"},
      {"WITH RECURSIVE before", "those few tasks that one waits for"},
      {"FROM changed_volunteers", "those who changed since the last commit"},
      {"FROM (SELECT sent_at, answered_at", "the newest few invitations of one person"},
      {"FROM changes WHERE id IN", "the oldest first, as many as are deleted"},
  };
  return std::ranges::any_of(reasons, [&](const auto& one) { return statement.find(one.first) != statement.npos; });
}

struct Effects {
  std::set<std::string> actions;
  std::set<std::string> statements;
  std::map<std::string, std::string> scans;           ///< by statement
  std::map<std::string, std::int64_t> without_event;  ///< changes that no event owns, by transcript
};

Effects effects_of_all_transcripts() {
  Effects effects;
  for (const auto& entry : std::filesystem::directory_iterator(source_folder / "tests" / "scenario" / "transcripts")) {
    const fakes::TemporaryFolder folder;
    World world(folder.path(), source_folder / "config");
    Stage stage(world);
    for (const Step& step : steps_of(entry.path())) stage.play(step);
    storage::Connection& db = world.db();
    for (const std::string& statement : db.statements()) {
      if (!effects.statements.insert(statement).second || statement.starts_with("PRAGMA")) continue;
      for (const std::string& scan : scans_of(db, statement)) {
        if (!is_bounded(statement)) effects.scans[statement] = scan;
      }
    }
    db.each("SELECT DISTINCT action FROM audit", {},
            [&](const storage::Row& row) { effects.actions.insert(row.text(0)); });
    db.each(
        "SELECT table_name, COUNT(*) FROM changes WHERE event_id > (SELECT COALESCE(MAX(id), 0) FROM audit) GROUP BY "
        "table_name",
        {}, [&](const storage::Row& row) {
          effects.without_event[entry.path().stem().string() + " " + row.text(0)] = row.integer(1);
        });
  }
  return effects;
}

}  // namespace

// One test for all three: playing all transcripts takes much longer than looking at what they left.
TEST_CASE("over all transcripts, what must hold holds") {
  static const Effects effects = effects_of_all_transcripts();
  SUBCASE("every recorded action can be taken back, or says why not") {
    REQUIRE(effects.actions.size() > 5);
    const auto reversals = all_reversals();
    for (const std::string& action : effects.actions) {
      CAPTURE(action);
      const auto found = std::ranges::find(reversals, action, &Reversal::action);
      REQUIRE(found != reversals.end());
      CHECK((found->reverse == nullptr) != found->reason.empty());
    }
  }
  SUBCASE("what a command changes belongs to an event") {
    for (const auto& [where, count] : effects.without_event) {
      FAIL_CHECK(where << ": " << count << " changes that no event recorded");
    }
  }
  SUBCASE("no statement reads a whole table") {
    REQUIRE(effects.statements.size() > 50);
    for (const auto& [statement, scan] : effects.scans) FAIL_CHECK(scan << ": " << statement);
  }
}

TEST_CASE("every recorded action is declared once and told in words") {
  const auto words = Catalogue::load(source_folder / "config" / "locales");
  std::set<std::string_view> declared;
  for (const Reversal& reversal : all_reversals()) {
    CAPTURE(reversal.action);
    CHECK(declared.insert(reversal.action).second);
    CHECK(words.has("log." + std::string(reversal.action)));
  }
}

TEST_CASE("a statement that reads a whole table is found") {
  const fakes::TemporaryFolder folder;
  World world(folder.path(), source_folder / "config");
  CHECK(scans_of(world.db(), "SELECT id FROM tasks WHERE title = ?") == std::set<std::string>{"SCAN tasks"});
  CHECK(scans_of(world.db(), "SELECT COUNT(*) FROM people").size() == 1);
  CHECK(scans_of(world.db(), "SELECT id FROM tasks WHERE id = ?").empty());
}

TEST_CASE("help fits in 15 lines for every role, and lists every command that the role may give") {
  const fakes::TemporaryFolder folder;
  World world(folder.path(), source_folder / "config");
  Stage stage(world);
  const auto play = [&](const char* text) {
    std::vector<std::string> answers;
    for (const Step& step : parse_transcript(lines_of(text))) answers = stage.play(step);
    return answers;
  };
  play(
      "ana: project new A study\nana: yes\nana in #room: /project here P1\nana: task add P1 Screen\nben in #room: "
      "/claim T1");
  play("-- root administers the bot --");
  const std::pair<Role, const char*> roles[] = {{Role::guest, "zoe: help"},
                                                {Role::contributor, "ben: help"},
                                                {Role::coordinator, "ana: help"},
                                                {Role::administrator, "root: help"}};
  for (const auto& [role, says] : roles) {
    const auto lines = play(says);
    CAPTURE(says);
    CHECK(lines.size() <= 15);
    std::string text;
    for (const std::string& line : lines) text += line + "\n";
    for (const Command& command : all_commands()) {
      if (command.hidden) continue;
      CAPTURE(command.name);
      CHECK((text.find("`/" + std::string(command.name) + "`") != std::string::npos) == (command.role <= role));
    }
  }
}
