#include "storage/people.h"

#include <algorithm>

#include <fmt/format.h>

namespace osrbot::storage::people {
namespace {

constexpr int person_columns = 5;  // of the lists below: identity's columns follow

Person read_person(const Row& row) {
  return {.id = row.integer(0),
          .name = row.text(1),
          .language = row.text(2),
          .time_zone = row.text(3),
          .first_timer = row.boolean(4)};
}

/// Handles are ASCII on every platform, so this is all the case folding they need.
std::string lower(std::string_view handle) {
  std::string result(handle);
  std::ranges::transform(result, result.begin(), [](char c) { return c >= 'A' && c <= 'Z' ? char(c - 'A' + 'a') : c; });
  return result;
}

struct Known {
  Person person;
  std::string handle;
  std::string direct;
};

/// A handle belongs to one person at a time: whoever had it before has another one now.
void take_handle(Connection& db, const Seen& seen, const std::string& key) {
  // Asked first: hardly ever has it been anybody's, and what changes nothing takes longer than a question.
  if (key.empty() || !find_by_handle(db, seen.adapter, seen.workspace, key)) return;
  db.run(
      "UPDATE identities SET handle = '', handle_key = '' WHERE adapter = ? AND workspace = ? AND handle_key = ? AND "
      "handle_key <> '' AND user_id <> ?",
      {seen.adapter, seen.workspace, key, seen.user_id});
}

// Numbers of those who are gone are not given again: events and copies still hold them.
constexpr std::string_view next_number =
    "MAX((SELECT COALESCE(MAX(id), 0) FROM people), COALESCE((SELECT highest FROM person_numbers WHERE one = 1), 0)) "
    "+ 1";

Person meet(Connection& db, const Seen& seen, std::chrono::sys_seconds now) {
  const std::string key = lower(seen.handle);
  take_handle(db, seen, key);
  Person person{.name = std::string(seen.name), .language = std::string(seen.language), .time_zone = ""};
  person.id =
      db.insert(fmt::format("INSERT INTO people (id, name, language, created_at) VALUES ({}, ?, ?, ?)", next_number),
                {person.name, person.language, now});
  db.run(
      "INSERT INTO identities (adapter, workspace, user_id, person_id, handle, handle_key, direct, met_at) "
      "VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
      {seen.adapter, seen.workspace, seen.user_id, person.id, seen.handle, key, seen.direct, now});
  return person;
}

}  // namespace

Person recognise(Connection& db, const Seen& seen, std::chrono::sys_seconds now) {
  const auto known = db.one(
      "SELECT p.id, p.name, p.language, p.time_zone, p.first_timer, i.handle, i.direct FROM identities i "
      "JOIN people p ON p.id = i.person_id WHERE i.adapter = ? AND i.workspace = ? AND i.user_id = ?",
      {seen.adapter, seen.workspace, seen.user_id}, [](const Row& row) {
        return Known{read_person(row), row.text(person_columns), row.text(person_columns + 1)};
      });
  if (!known) return meet(db, seen, now);
  const bool new_direct = !seen.direct.empty() && seen.direct != known->direct;
  if (seen.handle != known->handle || new_direct) {
    const std::string key = lower(seen.handle);
    take_handle(db, seen, key);
    db.run(
        "UPDATE identities SET handle = ?, handle_key = ?, direct = ? WHERE adapter = ? AND workspace = ? AND user_id "
        "= ?",
        {seen.handle, key, new_direct ? seen.direct : std::string_view(known->direct), seen.adapter, seen.workspace,
         seen.user_id});
  }
  return known->person;
}

std::optional<Person> find_by_user_id(Connection& db, std::string_view adapter, std::string_view workspace,
                                      std::string_view user_id) {
  return db.one(
      "SELECT p.id, p.name, p.language, p.time_zone, p.first_timer FROM identities i "
      "JOIN people p ON p.id = i.person_id WHERE i.adapter = ? AND i.workspace = ? AND i.user_id = ?",
      {adapter, workspace, user_id}, read_person);
}

std::vector<Person> with_user_id(Connection& db, std::string_view adapter, std::string_view user_id) {
  std::vector<Person> result;
  db.each(
      "SELECT p.id, p.name, p.language, p.time_zone, p.first_timer FROM identities i "
      "JOIN people p ON p.id = i.person_id WHERE i.adapter = ? AND i.user_id = ? ORDER BY p.id",
      {adapter, user_id}, [&](const Row& row) { result.push_back(read_person(row)); });
  return result;
}

std::optional<Person> find_by_handle(Connection& db, std::string_view adapter, std::string_view workspace,
                                     std::string_view handle) {
  return db.one(
      "SELECT p.id, p.name, p.language, p.time_zone, p.first_timer FROM identities i "
      "JOIN people p ON p.id = i.person_id WHERE i.adapter = ? AND i.workspace = ? AND i.handle_key = ? "
      "AND i.handle_key <> '' LIMIT 1",
      {adapter, workspace, lower(handle)}, read_person);
}

std::optional<Person> find(Connection& db, std::int64_t id) {
  return db.one("SELECT id, name, language, time_zone, first_timer FROM people WHERE id = ?", {id}, read_person);
}

std::vector<Account> accounts(Connection& db, std::int64_t person_id) {
  std::vector<Account> result;
  db.each("SELECT adapter, handle FROM identities WHERE person_id = ? ORDER BY adapter, workspace, user_id",
          {person_id}, [&](const Row& row) { result.push_back({.adapter = row.text(0), .handle = row.text(1)}); });
  return result;
}

void remove(Connection& db, std::int64_t id) {
  db.run("DELETE FROM people WHERE id = ?", {id});
  db.run(
      "INSERT INTO person_numbers (one, highest) VALUES (1, ?) ON CONFLICT (one) DO UPDATE SET highest = "
      "MAX(highest, excluded.highest)",
      {id});
}

std::int64_t add_copy(Connection& db, std::int64_t id, std::chrono::sys_seconds now) {
  return db.number(fmt::format("INSERT INTO people (id, name, language, time_zone, created_at) SELECT {}, name, "
                               "language, time_zone, ? FROM people WHERE id = ? RETURNING id",
                               next_number),
                   {now, id});
}

void set_time_zone(Connection& db, std::int64_t id, std::string_view zone) {
  db.run("UPDATE people SET time_zone = ? WHERE id = ?", {zone, id});
}

void set_language(Connection& db, std::int64_t id, std::string_view language) {
  db.run("UPDATE people SET language = ? WHERE id = ?", {language, id});
}

void set_first_timer(Connection& db, std::int64_t id, bool first_timer) {
  db.run("UPDATE people SET first_timer = ? WHERE id = ?", {first_timer, id});
}

std::optional<std::string> user_id_on(Connection& db, std::int64_t person_id, std::string_view adapter,
                                      std::string_view workspace) {
  return db.one("SELECT user_id FROM identities WHERE person_id = ? AND adapter = ? AND workspace = ? LIMIT 1",
                {person_id, adapter, workspace}, [](const Row& row) { return row.text(0); });
}

std::optional<Direct> direct_conversation(Connection& db, std::int64_t person_id, std::string_view preferred_adapter) {
  return db.one(
      "SELECT adapter, workspace, direct FROM identities WHERE person_id = ? AND direct <> '' "
      "ORDER BY adapter = ? DESC, adapter LIMIT 1",
      {person_id, preferred_adapter}, [](const Row& row) {
        return Direct{.adapter = row.text(0), .workspace = row.text(1), .conversation = row.text(2)};
      });
}

}  // namespace osrbot::storage::people
