#include "tests/bench/bare_loop.h"

#include <chrono>
#include <cstdint>
#include <stdexcept>
#include <string>

#include <sqlite3.h>
#include <time.h>

#include "tests/bench/load.h"

namespace osrbot::bench {
namespace {

constexpr std::int64_t batch = 100;

void check(int code, sqlite3* db) {
  if (code != SQLITE_OK && code != SQLITE_DONE && code != SQLITE_ROW) throw std::runtime_error(sqlite3_errmsg(db));
}

/// A prepared statement, bound by position.
class Bare {
 public:
  Bare(sqlite3* db, const char* sql) : db_(db) {
    check(sqlite3_prepare_v3(db, sql, -1, SQLITE_PREPARE_PERSISTENT, &statement_, nullptr), db);
  }
  ~Bare() { sqlite3_finalize(statement_); }
  Bare(const Bare&) = delete;
  Bare& operator=(const Bare&) = delete;

  template <class... Values>
  std::int64_t run(const Values&... values) {
    int index = 0;
    (bind(++index, values), ...);
    const int code = sqlite3_step(statement_);
    check(code, db_);
    const std::int64_t result = code == SQLITE_ROW ? sqlite3_column_int64(statement_, 0) : 0;
    sqlite3_reset(statement_);
    return result;
  }

 private:
  void bind(int index, std::int64_t value) { sqlite3_bind_int64(statement_, index, value); }
  void bind(int index, const std::string& value) {
    sqlite3_bind_text(statement_, index, value.data(), static_cast<int>(value.size()), SQLITE_STATIC);
  }

  sqlite3* db_;
  sqlite3_stmt* statement_ = nullptr;
};

double cpu_seconds() {
  timespec time{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
  return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_nsec) / 1e9;
}

}  // namespace

BareResult run_bare_loop(const std::filesystem::path& database) {
  sqlite3* db = nullptr;
  check(sqlite3_open(database.c_str(), &db), db);
  for (const char* pragma : {"PRAGMA journal_mode = WAL", "PRAGMA synchronous = FULL", "PRAGMA foreign_keys = ON",
                             "PRAGMA wal_autocheckpoint = 4000", "PRAGMA cache_size = -2000"}) {
    check(sqlite3_exec(db, pragma, nullptr, nullptr, nullptr), db);
  }
  const auto begin = std::chrono::steady_clock::now();
  const double cpu_begin = cpu_seconds();
  {
    Bare start(db, "BEGIN IMMEDIATE");
    Bare commit(db, "COMMIT");
    Bare seen(db, "INSERT INTO seen_updates (adapter, update_key, seen_at, commands) VALUES ('telegram', ?, ?, ?)");
    Bare known(db, "SELECT person_id FROM identities WHERE adapter = 'telegram' AND workspace = '' AND user_id = ?");
    Bare meet(db, "INSERT INTO people (name, language, created_at) VALUES (?, 'en', ?) RETURNING id");
    Bare identify(db,
                  "INSERT INTO identities (adapter, workspace, user_id, person_id, handle, handle_key) "
                  "VALUES ('telegram', '', ?, ?, ?, ?)");
    Bare join(db,
              "INSERT INTO memberships (project_id, person_id, role, joined_at) VALUES (?, ?, 'contributor', ?) "
              "ON CONFLICT (project_id, person_id) DO NOTHING");
    Bare claim(db, "UPDATE tasks SET state = 'claimed', owner_id = ?, claimed_at = ?, last_activity = ? WHERE id = ?");
    Bare add(db, "INSERT INTO tasks (project_id, title, created_by, created_at) VALUES (?, ?, ?, ?) RETURNING id");
    Bare audit(db,
               "INSERT INTO audit (at, person_id, action, object, project_id, details, adapter, update_key) "
               "VALUES (?, ?, ?, ?, ?, '{}', 'telegram', ?)");
    Bare note(db,
              "INSERT INTO changes (event_id, table_name, kind, row_key, before, after) "
              "VALUES ((SELECT MAX(id) FROM audit), ?, ?, ?, ?, ?)");
    Bare calendar(db, "INSERT INTO agendas (person_id, told_until) VALUES (?, ?) ON CONFLICT DO NOTHING");
    Bare plan(db,
              "INSERT INTO jobs (kind, unique_key, due_at, payload) VALUES ('agenda', ?, ?, '{}') "
              "ON CONFLICT (unique_key) DO UPDATE SET due_at = excluded.due_at");
    Bare count(db, "SELECT COUNT(*) FROM tasks WHERE project_id = ?");
    Bare queue(
        db,
        "INSERT INTO outbox (adapter, workspace, conversation, thread, is_private, reply_to, message, update_key, "
        "created_at) VALUES ('telegram', '', ?, '', 0, ?, ?, ?, ?) RETURNING id");
    Bare sending(db, "UPDATE outbox SET state = 'sending', attempts = attempts + 1 WHERE id = ?");
    Bare sent(db, "UPDATE outbox SET state = 'sent', finished_at = ?, message_id = '17', message = '' WHERE id = ?");
    Bare cursor(db,
                "INSERT INTO cursors (adapter, cursor) VALUES ('telegram', ?) "
                "ON CONFLICT (adapter) DO UPDATE SET cursor = excluded.cursor");

    const std::string message(250, 'x');  // about what the bot's answers take as JSON
    const std::string row(240, 'y');      // and a row as changes note it
    const std::int64_t now = 1'772'452'800;
    for (std::int64_t first = 0; first < updates; first += batch) {
      start.run();
      for (std::int64_t i = first; i < first + batch; ++i) {
        const std::int64_t kind = i % 10;
        if (kind != 2 && kind != 4 && kind != 6 && kind != 8) continue;
        const std::int64_t round = i / 10;
        const std::int64_t number = kind == 2 || kind == 6 ? round * 2 + (kind == 6 ? 1 : 0) : round;
        const std::int64_t project = number % groups + 1;
        const std::string key = "m-" + std::to_string(1'000'000'000'000 + project) + ":" + std::to_string(i);
        const std::string user = std::to_string(1000 + (kind == 2 || kind == 6 ? number / 2 : number));
        seen.run(key, now, std::string("0123456789abcdef"));
        std::int64_t person = known.run(user);
        if (person == 0) {
          person = meet.run("Person " + user, now);
          identify.run(user, person, "person" + user, "person" + user);
        }
        if (kind != 8) {
          join.run(project, person, now);
          if (sqlite3_changes(db) > 0) {
            audit.run(now, person, std::string("member.joined"), "P" + std::to_string(project), project, key);
            note.run(std::string("memberships"), std::string("insert"), std::string("{}"), std::string("{}"), row);
          }
        }
        std::int64_t task = number + 1;
        if (kind == 4) {
          task = add.run(project, "Check the tables of paper " + std::to_string(round), person, now);
        } else if (kind == 8) {
          count.run(project);
        } else {
          claim.run(person, now, now, task);
        }
        if (kind != 8) {
          const std::string action = kind == 4 ? "task.added" : "task.claimed";
          audit.run(now, person, action, "T" + std::to_string(task), project, key);
          note.run(std::string("tasks"), std::string(kind == 4 ? "insert" : "update"), std::string("{\"id\":17}"),
                   kind == 4 ? std::string("{}") : row, row);
          calendar.run(person, now);
          plan.run("agenda:" + std::to_string(person), now + 86'400);
        }
        const std::int64_t id = queue.run(std::to_string(project), std::to_string(i), message, key, now);
        sending.run(id);
        sent.run(now, id);
      }
      cursor.run(std::to_string(first + batch));
      commit.run();
    }
  }
  const BareResult result{.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count(),
                          .cpu_seconds = cpu_seconds() - cpu_begin};
  sqlite3_close(db);
  return result;
}

}  // namespace osrbot::bench
