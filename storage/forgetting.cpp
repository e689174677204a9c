#include "storage/forgetting.h"

#include <algorithm>
#include <array>
#include <map>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "storage/changes.h"
#include "storage/keyed_hash.h"
#include "storage/needs.h"
#include "storage/outbox.h"
#include "storage/person_columns.h"
#include "storage/tasks.h"

namespace osrbot::storage::forgetting {
namespace {

using std::chrono::sys_seconds;

constexpr int tasks_at_once = 100;

// Details of events that are no words of a person about themselves: what a project is called, numbers, states.
constexpr std::array<std::string_view, 19> kept_details = {
    "after", "asks", "before", "category", "field", "key",  "phase", "role",      "run",       "skill",
    "state", "tag",  "taken",  "tags",     "title", "type", "aim",   "team_role", "team_roles"};

struct Account {
  std::string adapter;
  std::string workspace;
  std::string user_id;
  std::string direct;
};

std::vector<Account> accounts_of(Connection& db, std::int64_t person_id) {
  std::vector<Account> accounts;
  db.each("SELECT adapter, workspace, user_id, direct FROM identities WHERE person_id = ?", {person_id},
          [&](const Row& row) {
            accounts.push_back({row.text(0), row.text(1), row.text(2), row.text(3)});
          });
  return accounts;
}

std::string hash_of(Connection& db, const Account& account) {
  return keyed_hash(db, "identity", fmt::format("{}\n{}\n{}", account.adapter, account.workspace, account.user_id));
}

std::vector<std::int64_t> numbers(Connection& db, std::string_view sql, Parameters parameters) {
  std::vector<std::int64_t> result;
  db.each(sql, parameters, [&](const Row& row) { result.push_back(row.integer(0)); });
  return result;
}

/// A private conversation leads to the person: nothing may name it any more.
void leave_conversation(Connection& db, const Account& account, std::chrono::sys_seconds now) {
  db.run("DELETE FROM x_summons WHERE key = ?", {"dm:" + account.user_id});
  if (account.direct.empty()) return;
  // The rows stay, emptied: their numbers never come to mean other messages.
  outbox::cancel_conversation(db, {account.adapter, account.workspace, account.direct}, "", now);
  db.run("DELETE FROM homes WHERE adapter = ? AND workspace = ? AND conversation = ?",
         {account.adapter, account.workspace, account.direct});
  db.run("DELETE FROM queue_home WHERE id = 1 AND adapter = ? AND workspace = ? AND conversation = ?",
         {account.adapter, account.workspace, account.direct});
}

void give_tasks_back(Connection& db, std::int64_t person_id) {
  for (std::vector<Task> held = tasks::held_by(db, person_id, tasks_at_once); !held.empty();
       held = tasks::held_by(db, person_id, tasks_at_once)) {
    for (const Task& task : held) tasks::release(db, task.id, "");
  }
}

/// Notes for the next owner that the person wrote, or that were written about them.
void clear_notes(Connection& db, std::int64_t task_id, const std::string& note, const std::string& name) {
  db.run(
      "UPDATE tasks SET handover = '' WHERE id = ?1 AND handover <> '' AND (handover = ?2 OR (?3 <> '' AND "
      "instr(handover, ?3) > 0))",
      {task_id, note, name});
}

struct Event {
  std::int64_t id = 0;
  std::string object;
  std::string details;
  bool in_project = false;
};

std::vector<Event> events_where(Connection& db, std::string_view where, std::int64_t person_id) {
  std::vector<Event> events;
  db.each(fmt::format("SELECT id, object, details, project_id IS NOT NULL FROM audit WHERE {}", where), {person_id},
          [&](const Row& row) {
            events.push_back({row.integer(0), row.text(1), row.text(2), row.boolean(3)});
          });
  return events;
}

/// What an event says without what somebody wrote in it, and whom it was about.
std::string without_words(const std::string& details, std::int64_t person_id) {
  nlohmann::json json = nlohmann::json::parse(details);
  for (auto& [name, value] : json.items()) {
    if (value.is_string() && std::ranges::find(kept_details, name) == kept_details.end()) value = "";
    if (name == "person" && value == person_id) value = nobody;
  }
  return json.dump();
}

/// Events stay as the history of their projects and name nobody; of those that are of no project nothing is left but
/// that there was one: the number of an event never comes to mean another one.
void clear_history(Connection& db, std::int64_t person_id, const std::string& name) {
  std::vector<Event> events = events_where(db, "person_id = ?", person_id);
  const auto about = events_where(
      db, "json_extract(details, '$.person') IS NOT NULL AND json_extract(details, '$.person') = ?", person_id);
  events.insert(events.end(), about.begin(), about.end());
  for (const Event& event : events) {
    db.run("DELETE FROM changes WHERE event_id = ?", {event.id});
    if (event.object.starts_with('T')) {
      const auto details = nlohmann::json::parse(event.details);
      clear_notes(db, std::atoll(event.object.c_str() + 1), details.value("handover", ""), name);
    }
    if (event.in_project) {
      db.run("UPDATE audit SET details = ?, update_key = '' WHERE id = ?",
             {without_words(event.details, person_id), event.id});
    } else {
      db.run("UPDATE audit SET object = '', details = '{}', update_key = '' WHERE id = ?", {event.id});
    }
  }
}

void require_decisions(const std::vector<PersonColumn>& columns) {
  for (const PersonColumn& column : columns) {
    if (fate_of(column)) continue;
    throw Error(Error::Kind::other, fmt::format("nobody has decided what becomes of {}.{} when a person is forgotten",
                                                column.table, column.column));
  }
}

/// Rows that stay are not to lead to the person's private conversation: a reminder that they set for somebody else.
void clear_conversation(Connection& db, std::int64_t person_id, const std::string& direct) {
  if (direct.empty()) return;
  for (const PersonColumn& of : person_columns(db)) {
    if (fate_of(of) != Fate::nameless) continue;
    for (const std::string& column : columns_of(db, of.table)) {
      if (!column.ends_with("conversation")) continue;
      db.run(fmt::format("UPDATE {0} SET {1} = '' WHERE {2} = ? AND {1} = ?", of.table, column, of.column),
             {person_id, direct});
    }
  }
}

/// Rows of other tables that hang on rows which are erased, but not on the person: a ledger's entries on its credit.
void erase_what_hangs_on(Connection& db, const PersonColumn& column, const std::vector<PersonColumn>& columns,
                         std::int64_t person_id) {
  for (const ForeignKey& key : foreign_keys(db)) {
    const bool refers_by_person = std::ranges::any_of(
        columns, [&](const PersonColumn& one) { return one.table == key.table && one.column == key.column; });
    if (key.to_table != column.table || key.to_column != "id" || refers_by_person) continue;
    db.run(fmt::format("DELETE FROM {} WHERE {} IN (SELECT id FROM {} WHERE {} = ?)", key.table, key.column,
                       column.table, column.column),
           {person_id});
  }
}

void clear_columns(Connection& db, std::int64_t person_id) {
  std::vector<PersonColumn> columns = person_columns(db);
  require_decisions(columns);
  std::ranges::reverse(columns);  // rows that hang on others first
  for (const PersonColumn& column : columns) {
    if (fate_of(column) == Fate::erased) {
      erase_what_hangs_on(db, column, columns, person_id);
      db.run(fmt::format("DELETE FROM {} WHERE {} = ?", column.table, column.column), {person_id});
    } else if (column.may_be_null) {
      db.run(fmt::format("UPDATE {0} SET {1} = NULL WHERE {1} = ?", column.table, column.column), {person_id});
    } else {
      db.run(fmt::format("UPDATE {0} SET {1} = ?2 WHERE {1} = ?1", column.table, column.column), {person_id, nobody});
    }
  }
}

}  // namespace

Consequences consequences(Connection& db, std::int64_t person_id, int limit) {
  Consequences result;
  result.accounts = people::accounts(db, person_id);
  result.projects = numbers(db, "SELECT project_id FROM memberships WHERE person_id = ? ORDER BY project_id LIMIT ?",
                            {person_id, limit});
  result.uncoordinated = numbers(
      db,
      "SELECT m.project_id FROM memberships m WHERE m.person_id = ?1 AND m.role = 'coordinator' AND NOT EXISTS (SELECT "
      "1 FROM memberships o WHERE o.project_id = m.project_id AND o.role = 'coordinator' AND o.person_id <> ?1) ORDER "
      "BY m.project_id LIMIT ?2",
      {person_id, limit});
  for (const Task& task : tasks::held_by(db, person_id, limit)) result.tasks.push_back(task.id);
  result.papers = manuscripts::published_with(db, person_id, limit);
  result.reminders = db.number("SELECT COUNT(*) FROM reminders WHERE person_id = ?", {person_id});
  result.finished_tasks = db.number("SELECT COUNT(*) FROM tasks WHERE owner_id = ? AND state = 'done'", {person_id});
  return result;
}

void forget(Connection& db, std::int64_t person_id, sys_seconds now) {
  const auto name =
      db.one("SELECT name FROM people WHERE id = ?", {person_id}, [](const Row& row) { return row.text(0); });
  if (!name || person_id == nobody) return;
  db.run("INSERT INTO people (id, name, created_at) VALUES (?, '', 0) ON CONFLICT (id) DO NOTHING", {nobody});
  for (const Account& account : accounts_of(db, person_id)) {
    db.run(
        "INSERT INTO forgotten (identity, forgotten_at) VALUES (?, ?) ON CONFLICT (identity) DO UPDATE SET "
        "forgotten_at = excluded.forgotten_at",
        {hash_of(db, account), now});
    leave_conversation(db, account, now);
    clear_conversation(db, person_id, account.direct);
  }
  give_tasks_back(db, person_id);
  for (const std::int64_t need : numbers(db, "SELECT need_id FROM need_people WHERE person_id = ?", {person_id})) {
    needs::remove_person(db, need, person_id);
  }
  clear_history(db, person_id, *name);
  db.run("DELETE FROM jobs WHERE json_valid(payload) AND json_extract(payload, '$.person') = ?", {person_id});
  clear_columns(db, person_id);
  people::remove(db, person_id);
  // What the rows looked like before must not be taken for the work of the next event.
  changes::begin(db);
}

std::int64_t forget_again(Connection& db, Connection& newer, sys_seconds now) {
  const auto key = [](Connection& one) {
    keyed_hash(one, "", "");  // makes the key, where there is none
    return *one.one("SELECT key FROM hash_keys WHERE name = 'people'", {}, [](const Row& row) { return row.text(0); });
  };
  db.run("DELETE FROM hash_keys WHERE name = 'people'");
  db.run("INSERT INTO hash_keys (name, key) VALUES ('people', ?)", {key(newer)});
  std::map<std::string, std::int64_t> forgotten;
  newer.each("SELECT identity, forgotten_at FROM forgotten", {},
             [&](const Row& row) { forgotten.emplace(row.text(0), row.integer(1)); });
  for (const auto& [identity, at] : forgotten) {
    db.run("INSERT INTO forgotten (identity, forgotten_at) VALUES (?, ?) ON CONFLICT (identity) DO NOTHING",
           {identity, at});
  }
  struct Known {
    Account account;
    std::int64_t person_id = 0;
    std::int64_t met_at = 0;
  };
  std::vector<Known> all;
  if (!forgotten.empty()) {
    db.each("SELECT adapter, workspace, user_id, person_id, met_at FROM identities", {}, [&](const Row& row) {
      all.push_back({{row.text(0), row.text(1), row.text(2), ""}, row.integer(3), row.integer(4)});
    });
  }
  std::int64_t people = 0;
  for (const Known& known : all) {
    const auto found = forgotten.find(hash_of(db, known.account));
    if (found == forgotten.end() || known.met_at > found->second) continue;
    if (db.number("SELECT COUNT(*) FROM people WHERE id = ?", {known.person_id}) == 0) continue;
    forget(db, known.person_id, now);
    ++people;
  }
  return people;
}

std::int64_t prune(Connection& db, sys_seconds before, int limit) {
  return db.run(
      "DELETE FROM forgotten WHERE identity IN (SELECT identity FROM forgotten WHERE forgotten_at < ? ORDER BY "
      "forgotten_at LIMIT ?)",
      {before, limit});
}

}  // namespace osrbot::storage::forgetting
