// The only way to the database: connections, transactions and statements in terms of plain SQL. The SQL is portable
// (upserts, RETURNING), and nothing here names an engine, so that another one can stand behind it.
#pragma once

#include <chrono>
#include <concepts>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <initializer_list>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace osrbot::storage {

/// What went wrong, in the terms that decide what to do next.
class Error : public std::runtime_error {
 public:
  enum class Kind {
    unavailable,  ///< disk full, input/output error, locked by another program: may be over later, nothing was lost
    constraint,   ///< the data contradict a rule of the schema
    other,        ///< a wrong statement, a corrupt file, a database of a newer version
  };

  Error(Kind kind, const std::string& what) : std::runtime_error(what), kind_(kind) {}
  Kind kind() const { return kind_; }

 private:
  Kind kind_;
};

/// A parameter of a statement. Text must live until the call returns.
class Value {
 public:
  Value(std::nullptr_t) {}
  Value(std::integral auto number) : value_(static_cast<std::int64_t>(number)) {}
  Value(double number) : value_(number) {}
  Value(std::string_view text) : value_(text) {}
  Value(const std::string& text) : value_(std::string_view(text)) {}
  Value(const char* text) : value_(std::string_view(text)) {}
  Value(std::chrono::sys_seconds time) : value_(static_cast<std::int64_t>(time.time_since_epoch().count())) {}
  template <class T>
  Value(const std::optional<T>& optional) {
    if (optional) *this = Value(*optional);
  }

  const auto& get() const { return value_; }

 private:
  std::variant<std::nullptr_t, std::int64_t, double, std::string_view> value_{nullptr};
};

/// The row that a query stands on. Valid only inside the callback that it is given to.
class Row {
 public:
  explicit Row(void* statement) : statement_(statement) {}

  bool is_null(int column) const;
  std::int64_t integer(int column) const;
  double real(int column) const;
  bool boolean(int column) const { return integer(column) != 0; }
  std::string text(int column) const;
  std::chrono::sys_seconds time(int column) const;
  std::optional<std::int64_t> maybe_integer(int column) const;
  std::optional<std::chrono::sys_seconds> maybe_time(int column) const;

 private:
  void* statement_;
};

using Parameters = std::initializer_list<Value>;

/// A connection to a database file. Not for use by two threads at once. Statements are kept prepared by their text.
/// Every member throws Error.
class Connection {
 public:
  enum class Mode {
    read_write,  ///< the one connection of the process that writes; creates the file
    read_only,   ///< sees what is committed
  };

  Connection(const std::filesystem::path& file, Mode mode);
  ~Connection();
  Connection(Connection&&) noexcept;
  Connection& operator=(Connection&&) noexcept;

  /// Runs a statement that returns no rows; the number of rows that it changed.
  std::int64_t run(std::string_view sql, Parameters parameters = {});

  /// Inserts one row; the number that it got. Cheaper than RETURNING, which keeps its rows in a table of its own first.
  std::int64_t insert(std::string_view sql, Parameters parameters);

  /// Calls `row` for each row of the answer.
  void each(std::string_view sql, Parameters parameters, const std::function<void(const Row&)>& row);

  /// The first row of the answer turned into a value, or nothing. Works for statements with RETURNING too.
  template <class Read>
  auto one(std::string_view sql, Parameters parameters, Read&& read) {
    std::optional<std::decay_t<std::invoke_result_t<Read, const Row&>>> result;
    first(sql, parameters, [&](const Row& row) { result.emplace(read(row)); });
    return result;
  }

  /// The integer in the first column of the first row. Throws Error when there is no row.
  std::int64_t number(std::string_view sql, Parameters parameters = {});

  /// Runs several statements, for migrations.
  void script(const std::string& sql);

  /// Whether a transaction is open. A disk that fills up may end one from below.
  bool in_transaction() const;

  /// The statements that are kept prepared, so that tests can look at how each will be carried out.
  std::vector<std::string> statements() const;

  /// Copies the whole database to a new file while the bot works. Throws Error when `file` exists.
  void backup(const std::filesystem::path& file);

 private:
  friend class Savepoint;
  void first(std::string_view sql, Parameters parameters, const std::function<void(const Row&)>& row);
  void open_savepoint();
  void close_savepoint(bool keep);

  struct State;
  std::unique_ptr<State> state_;
};

/// A transaction that holds the write lock from its start. Rolled back unless committed.
class Transaction {
 public:
  explicit Transaction(Connection& connection);
  ~Transaction();
  Transaction(const Transaction&) = delete;
  Transaction& operator=(const Transaction&) = delete;

  void commit();

 private:
  Connection& connection_;
  bool open_ = true;
};

/// A part of a transaction that can be undone alone. Undone unless kept.
class Savepoint {
 public:
  explicit Savepoint(Connection& connection);
  ~Savepoint();
  Savepoint(const Savepoint&) = delete;
  Savepoint& operator=(const Savepoint&) = delete;

  void keep();

 private:
  Connection& connection_;
  bool open_ = true;
};

}  // namespace osrbot::storage
