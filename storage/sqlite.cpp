// SQLite behind storage/sql.h: the only file that knows SQLiteCpp.
#include <unordered_map>

#include <SQLiteCpp/Backup.h>
#include <SQLiteCpp/SQLiteCpp.h>
#include <fmt/format.h>
#include <sqlite3.h>

#include "storage/sql.h"

namespace osrbot::storage {
namespace {

Error::Kind kind_of(int code) {
  switch (code & 0xff) {
    case SQLITE_FULL:
    case SQLITE_IOERR:
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
    case SQLITE_NOMEM:
    case SQLITE_CANTOPEN:
    case SQLITE_READONLY:
      return Error::Kind::unavailable;
    case SQLITE_CONSTRAINT:
      return Error::Kind::constraint;
    default:
      return Error::Kind::other;
  }
}

/// Runs `work` and turns the library's exceptions into ours.
template <class Work>
auto translated(std::string_view doing, Work&& work) {
  try {
    return work();
  } catch (const SQLite::Exception& error) {
    throw Error(kind_of(error.getErrorCode()), fmt::format("{} ({})", error.what(), doing));
  }
}

/// A statement that is kept, with room for the texts bound to it.
struct Prepared {
  Prepared(const SQLite::Database& database, const std::string& sql)
      : statement(database, sql),
        texts(static_cast<std::size_t>(statement.getBindParameterCount())),
        only_reads(sql.starts_with("SELECT")) {}

  SQLite::Statement statement;
  std::vector<std::string> texts;
  bool only_reads;
  bool in_use = false;
};

void bind(Prepared& prepared, Parameters parameters) {
  SQLite::Statement& statement = prepared.statement;
  int index = 0;
  for (const Value& parameter : parameters) {
    ++index;
    const auto& value = parameter.get();
    if (const auto* number = std::get_if<std::int64_t>(&value)) {
      statement.bind(index, *number);
    } else if (const auto* text = std::get_if<std::string_view>(&value)) {
      // Kept here instead of copied by the library: a statement is used again and again with texts of like lengths.
      std::string& kept = prepared.texts.at(static_cast<std::size_t>(index - 1));
      statement.bindNoCopy(index, kept.assign(*text));
    } else if (const auto* real = std::get_if<double>(&value)) {
      statement.bind(index, *real);
    } else {
      statement.bind(index);
    }
  }
}

SQLite::Column column(void* statement, int index) {
  return static_cast<SQLite::Statement*>(statement)->getColumn(index);
}

}  // namespace

bool Row::is_null(int index) const {
  return column(statement_, index).isNull();
}
std::int64_t Row::integer(int index) const {
  return column(statement_, index).getInt64();
}
double Row::real(int index) const {
  return column(statement_, index).getDouble();
}

std::string Row::text(int index) const {
  const SQLite::Column value = column(statement_, index);
  const char* data = value.getText();
  return {data, static_cast<std::size_t>(value.getBytes())};
}

std::chrono::sys_seconds Row::time(int index) const {
  return std::chrono::sys_seconds(std::chrono::seconds(integer(index)));
}

std::optional<std::int64_t> Row::maybe_integer(int index) const {
  if (is_null(index)) return std::nullopt;
  return integer(index);
}

std::optional<std::chrono::sys_seconds> Row::maybe_time(int index) const {
  if (is_null(index)) return std::nullopt;
  return time(index);
}

/// Which savepoints are open. Each page that is written under one is copied first, and most are opened around what
/// writes nothing, or right inside each other. So SQLite hears of them only when something is about to be written, and
/// once for all that were opened since the last time: they lead back to the same state.
class Savepoints {
 public:
  /// Whether one is to be begun before anything is written.
  bool is_due() const { return open_ > begun_; }

  void open() { ++open_; }

  void begin() {
    outermost_.push_back(begun_ + 1);
    begun_ = open_;
  }

  /// What ending the one that was opened last means for SQLite.
  struct End {
    bool is_begun = false;  ///< nothing was written since it was opened, otherwise
    bool is_last = false;   ///< of those that share it
  };
  End close() {
    const std::size_t closed = open_--;
    if (closed > begun_) return {};
    begun_ = open_;
    const bool is_last = outermost_.back() == closed;
    if (is_last) outermost_.pop_back();
    return {.is_begun = true, .is_last = is_last};
  }

 private:
  std::size_t open_ = 0;
  std::size_t begun_ = 0;               ///< of those that are open, counted from the outermost one
  std::vector<std::size_t> outermost_;  ///< of those that share a savepoint of SQLite's, for each of these
};

struct Connection::State {
  SQLite::Database database;
  Savepoints savepoints;
  // Keyed by the statement's text. Declared after `database`, so that the statements go first: closing a database
  // before its statements aborts the process.
  struct TextHash {
    using is_transparent = void;
    // Some hundred statements that differ in length, middle or end: to hash all their words would cost more than to
    // compare them once.
    std::size_t operator()(std::string_view text) const {
      constexpr std::size_t sample = 16;
      const std::hash<std::string_view> hash;
      if (text.size() <= 2 * sample) return hash(text);
      return hash(text.substr(text.size() - sample)) ^ (31 * hash(text.substr(text.size() / 2, sample)) + text.size());
    }
  };
  std::unordered_map<std::string, std::unique_ptr<Prepared>, TextHash, std::equal_to<>> prepared;

  State(const std::filesystem::path& file, int flags) : database(file.string(), flags, /*busy timeout, ms*/ 5000) {}

  Prepared& statement(std::string_view sql) {
    const auto found = prepared.find(sql);
    if (found != prepared.end()) return *found->second;
    auto fresh = std::make_unique<Prepared>(database, std::string(sql));
    return *prepared.emplace(sql, std::move(fresh)).first->second;
  }

  void begin_savepoint() {
    savepoints.begin();
    Use use(*this, "SAVEPOINT one_update", {});
    (*use).executeStep();
  }

  /// A statement with its parameters bound, given back clean whatever happens. A query that is started again from
  /// inside its own rows gets a statement of its own.
  class Use {
   public:
    Use(State& state, std::string_view sql, Parameters parameters) : prepared_(&state.statement(sql)) {
      if (!prepared_->only_reads && state.savepoints.is_due()) state.begin_savepoint();
      if (prepared_->in_use) {
        own_ = std::make_unique<Prepared>(state.database, std::string(sql));
        prepared_ = own_.get();
      }
      prepared_->in_use = true;
      try {
        bind(*prepared_, parameters);
      } catch (...) {
        finish();
        throw;
      }
    }
    ~Use() { finish(); }
    Use(const Use&) = delete;
    Use& operator=(const Use&) = delete;
    SQLite::Statement& operator*() const { return prepared_->statement; }

   private:
    void finish() {
      prepared_->statement.tryReset();  // reset() would throw the error of the last step again
      prepared_->in_use = false;
    }

    Prepared* prepared_;
    std::unique_ptr<Prepared> own_;
  };
};

Connection::Connection(const std::filesystem::path& file, Mode mode) {
  const bool writes = mode == Mode::read_write;
  static const int without_statistics = sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);  // each allocation takes a lock
  static_cast<void>(without_statistics);
  translated(file.string(), [&] {
    // A connection is never used by two threads at once, so it needs no locks of its own.
    const int access = writes ? SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE : SQLite::OPEN_READONLY;
    state_ = std::make_unique<State>(file, access | SQLite::OPEN_NOMUTEX);
    if (writes) {
      state_->database.exec("PRAGMA journal_mode = WAL");
      state_->database.exec("PRAGMA synchronous = FULL");  // a commit survives a power cut
      // A larger log is checkpointed less often; the file stays below about 16 MB.
      state_->database.exec("PRAGMA wal_autocheckpoint = 4000");
    }
    state_->database.exec("PRAGMA foreign_keys = ON");
    state_->database.exec("PRAGMA cache_size = -1000");  // KiB: the whole process is to stay small
    state_->database.exec("PRAGMA temp_store = MEMORY");
  });
}

Connection::~Connection() = default;
Connection::Connection(Connection&&) noexcept = default;
Connection& Connection::operator=(Connection&&) noexcept = default;

std::int64_t Connection::run(std::string_view sql, Parameters parameters) {
  return translated(sql, [&] {
    State::Use use(*state_, sql, parameters);
    while ((*use).executeStep()) {
    }
    return static_cast<std::int64_t>(state_->database.getChanges());
  });
}

std::int64_t Connection::insert(std::string_view sql, Parameters parameters) {
  if (run(sql, parameters) != 1) throw Error(Error::Kind::other, fmt::format("no row was inserted by: {}", sql));
  return state_->database.getLastInsertRowid();
}

void Connection::each(std::string_view sql, Parameters parameters, const std::function<void(const Row&)>& row) {
  translated(sql, [&] {
    State::Use use(*state_, sql, parameters);
    const Row current(&*use);
    while ((*use).executeStep()) row(current);
  });
}

void Connection::first(std::string_view sql, Parameters parameters, const std::function<void(const Row&)>& row) {
  translated(sql, [&] {
    State::Use use(*state_, sql, parameters);
    if ((*use).executeStep()) row(Row(&*use));
  });
}

std::int64_t Connection::number(std::string_view sql, Parameters parameters) {
  const auto result = one(sql, parameters, [](const Row& row) { return row.integer(0); });
  if (!result) throw Error(Error::Kind::other, fmt::format("no row from: {}", sql));
  return *result;
}

void Connection::script(const std::string& sql) {
  translated(std::string_view(sql).substr(0, 60), [&] {
    if (state_->savepoints.is_due()) state_->begin_savepoint();
    state_->database.exec(sql);
  });
}

bool Connection::in_transaction() const {
  return sqlite3_get_autocommit(state_->database.getHandle()) == 0;
}

std::vector<std::string> Connection::statements() const {
  std::vector<std::string> texts;
  for (const auto& [text, statement] : state_->prepared) texts.push_back(text);
  return texts;
}

void Connection::backup(const std::filesystem::path& file) {
  if (std::filesystem::exists(file)) {
    throw Error(Error::Kind::other, fmt::format("{} exists already: a backup never overwrites a file", file.string()));
  }
  translated(file.string(), [&] {
    SQLite::Database copy(file.string(), SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE);
    SQLite::Backup backup(copy, state_->database);
    backup.executeStep();
    copy.exec("PRAGMA journal_mode = DELETE");  // one file, also once it has been looked into
  });
}

Transaction::Transaction(Connection& connection) : connection_(connection) {
  connection_.run("BEGIN IMMEDIATE");
}

Transaction::~Transaction() {
  if (!open_ || !connection_.in_transaction()) return;
  try {
    connection_.run("ROLLBACK");
  } catch (const Error&) {
    // The engine has rolled back by itself, as it does when the disk is full.
  }
}

void Transaction::commit() {
  connection_.run("COMMIT");
  open_ = false;
}

void Connection::open_savepoint() {
  state_->savepoints.open();
}

void Connection::close_savepoint(bool keep) {
  const auto end = state_->savepoints.close();
  if (!end.is_begun || !in_transaction()) return;
  if (!keep) run("ROLLBACK TO one_update");
  if (end.is_last) run("RELEASE one_update");
}

Savepoint::Savepoint(Connection& connection) : connection_(connection) {
  connection_.open_savepoint();
}

Savepoint::~Savepoint() {
  if (!open_) return;
  try {
    connection_.close_savepoint(/*keep=*/false);
  } catch (const Error&) {
    // The whole transaction is gone already; whoever commits it will hear.
  }
}

void Savepoint::keep() {
  open_ = false;
  connection_.close_savepoint(/*keep=*/true);
}

}  // namespace osrbot::storage
