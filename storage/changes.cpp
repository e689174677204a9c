#include "storage/changes.h"

#include <algorithm>
#include <array>
#include <utility>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace osrbot::storage::changes {
namespace {

constexpr auto not_watched = std::to_array<std::string_view>({
    "agendas",
    "announcements",  // what timers find out
    "audit",
    "author_details",
    "call_pictures",  // too long to be noted
    "changes",
    "conflicts_of_interest",
    "cursors",
    "dead_letters",
    "dialogues",
    "forgotten",
    "greetings",
    "hash_keys",
    "identities",
    "invitations",
    "jobs",
    "link_codes",
    "link_guesses",
    "mentorships",
    "outbox",
    "people",
    "person_languages",
    "person_numbers",
    "person_skills",
    "posts",  // people's words
    "profiles",
    "schema_migrations",
    "searches",
    "secrets",
    "seen_updates",
    "silences",
    "x_costs",
    "x_parts",
    "x_summons",
});

// What timers note about a row for themselves stands in nobody's way.
constexpr std::array<std::string_view, 2> not_compared = {"nudged_at", "nudge_told"};

struct Table {
  std::string name;
  std::vector<std::string> columns;
  std::vector<std::string> key;
};

Table describe(Connection& db, const std::string& name) {
  Table table{.name = name, .columns = {}, .key = {}};
  db.each("SELECT name, pk FROM pragma_table_info(?)", {name}, [&](const Row& row) {
    table.columns.push_back(row.text(0));
    if (row.boolean(1)) table.key.push_back(row.text(0));
  });
  return table;
}

/// "json_object('id', OLD.id, …)".
std::string object_of(const std::vector<std::string>& columns, std::string_view row) {
  std::string pairs;
  for (const std::string& column : columns) {
    pairs += fmt::format("{}'{}', {}.{}", pairs.empty() ? "" : ", ", column, row, column);
  }
  return "json_object(" + pairs + ")";
}

/// @param of " OF column, column": what has to be set for the trigger to fire; empty: anything
std::string trigger(const Table& table, std::string_view kind, std::string_view select, std::string_view of = {}) {
  return fmt::format(
      "DROP TRIGGER IF EXISTS temp.{0}_{1}; CREATE TEMP TRIGGER {0}_{1} AFTER {1}{3} ON main.{0} BEGIN "
      "INSERT INTO changes (event_id, table_name, kind, row_key, before, after) "
      "SELECT (SELECT COALESCE(MAX(id), 0) + 1 FROM audit), '{0}', '{1}', {2}; END;",
      table.name, kind, select, of);
}

/// " OF …": every column but those that timers note something in for themselves.
std::string of_compared(const Table& table) {
  std::string names;
  for (const std::string& column : table.columns) {
    if (std::ranges::find(not_compared, column) != not_compared.end()) continue;
    names += (names.empty() ? " OF " : ", ") + column;
  }
  return names;
}

/// Whole rows are noted, for comparing their columns here would cost every command more than it costs the few that are
/// reversed.
std::string triggers(const Table& table) {
  const std::string before = object_of(table.columns, "OLD");
  const std::string after = object_of(table.columns, "NEW");
  return trigger(table, "insert", object_of(table.key, "NEW") + ", '{}', " + after) +
         trigger(table, "delete", object_of(table.key, "OLD") + ", " + before + ", '{}'") +
         trigger(table, "update", object_of(table.key, "NEW") + ", " + before + ", " + after, of_compared(table));
}

/// Leaves in an update the columns that it changed; false when there are none.
bool keep_what_changed(Change& change) {
  if (change.kind != "update") return true;
  const nlohmann::ordered_json before = nlohmann::ordered_json::parse(change.before);
  const nlohmann::ordered_json after = nlohmann::ordered_json::parse(change.after);
  nlohmann::ordered_json old_values = nlohmann::ordered_json::object();
  nlohmann::ordered_json new_values = nlohmann::ordered_json::object();
  for (const auto& [name, value] : before.items()) {
    if (after.at(name) == value) continue;
    old_values[name] = value;
    new_values[name] = after.at(name);
  }
  change.before = old_values.dump();
  change.after = new_values.dump();
  return !old_values.empty();
}

std::vector<std::string> names_in(const std::string& json) {
  std::vector<std::string> names;
  const nlohmann::json object = nlohmann::json::parse(json);
  for (const auto& [name, value] : object.items()) names.push_back(name);
  return names;
}

/// `form` for each column with its name for {0}, joined. Names come from the schema, so few statements are made.
std::string each(const std::vector<std::string>& columns, fmt::format_string<const std::string&> form,
                 std::string_view between) {
  std::string text;
  for (const std::string& column : columns) {
    if (!text.empty()) text += between;
    text += fmt::format(form, column);
  }
  return text;
}

/// Turns the row with that key from one state into another, if it is in the first one. `from` empty: it is not there;
/// `to` empty: it is to go.
bool turn(Connection& db, const Change& change, const std::string& from, const std::string& to) {
  const auto columns = names_in(from == "{}" ? to : from);
  try {
    if (from == "{}") {
      return db.run(fmt::format("INSERT INTO {} ({}) SELECT {}", change.table, each(columns, "{0}", ", "),
                                each(columns, "json_extract(?1, '$.{0}')", ", ")),
                    {to}) == 1;
    }
    auto compared = columns;
    std::erase_if(compared, [](const std::string& column) {
      return std::ranges::find(not_compared, column) != not_compared.end();
    });
    if (compared.empty()) compared = columns;
    const std::string is_as_expected = each(compared, "{0} IS json_extract(?1, '$.{0}')", " AND ") + " AND " +
                                       each(names_in(change.key), "{0} = json_extract(?2, '$.{0}')", " AND ");
    if (to == "{}") {
      return db.run(fmt::format("DELETE FROM {} WHERE {}", change.table, is_as_expected), {from, change.key}) == 1;
    }
    return db.run(fmt::format("UPDATE {} SET {} WHERE {}", change.table,
                              each(names_in(to), "{0} = json_extract(?3, '$.{0}')", ", "), is_as_expected),
                  {from, change.key, to}) == 1;
  } catch (const Error& error) {
    if (error.kind() != Error::Kind::constraint) throw;
    return false;
  }
}

}  // namespace

void watch(Connection& db) {
  std::vector<std::string> names;
  db.each("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name", {},
          [&](const Row& row) { names.push_back(row.text(0)); });
  for (const std::string& name : names) {
    if (std::ranges::find(not_watched, name) == not_watched.end()) db.script(triggers(describe(db, name)));
  }
}

void begin(Connection& db) {
  // Asked first, for there is hardly ever anything to forget, and to ask costs a third of a deletion that finds
  // nothing.
  const auto stray =
      db.one("SELECT event_id FROM changes WHERE event_id > (SELECT COALESCE(MAX(id), 0) FROM audit) LIMIT 1", {},
             [](const Row& row) { return row.integer(0); });
  if (stray) db.run("DELETE FROM changes WHERE event_id >= ?", {*stray});
}

std::vector<Change> of_event(Connection& db, std::int64_t event_id) {
  std::vector<Change> result;
  db.each("SELECT id, table_name, kind, row_key, before, after FROM changes WHERE event_id = ? ORDER BY id DESC",
          {event_id}, [&](const Row& row) {
            Change change{row.integer(0), row.text(1), row.text(2), row.text(3), row.text(4), row.text(5)};
            if (keep_what_changed(change)) result.push_back(std::move(change));
          });
  return result;
}

bool reverse(Connection& db, const Change& change) {
  return turn(db, change, change.after, change.before);
}

bool repeat(Connection& db, const Change& change) {
  Change backwards = change;
  // The row is found by the key that it has after a change; columns of the key are among those that changed.
  nlohmann::json key = nlohmann::json::parse(change.key);
  const nlohmann::json before = nlohmann::json::parse(change.before);
  for (const auto& [name, value] : before.items()) {
    if (key.contains(name)) key[name] = value;
  }
  backwards.key = key.dump();
  return turn(db, backwards, change.before, change.after);
}

std::int64_t prune(Connection& db, std::chrono::sys_seconds before, int limit) {
  return db.run(
      "DELETE FROM changes WHERE id IN (SELECT c.id FROM changes c JOIN audit a ON a.id = c.event_id WHERE a.at < ? "
      "ORDER BY c.id LIMIT ?)",
      {before, limit});
}

}  // namespace osrbot::storage::changes
