// Where people stand in the schema, found through its foreign keys: nothing that refers to a person can be overlooked
// when somebody is shown all that is kept of them, is forgotten, or turns out to be somebody the bot knows already.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "storage/sql.h"

namespace osrbot::storage {

/// A column that holds a person's number.
struct PersonColumn {
  std::string table;
  std::string column;
  bool is_key = false;  ///< of the table's primary key
  bool may_be_null = false;
  int depth = 0;  ///< foreign keys between it and people.id: 1, or more for rows that hang on a person's rows
  bool has_children = false;  ///< other person columns refer to it
};

/// All of them, those that others refer to first. The schema changes with migrations only, so it is read once.
std::vector<PersonColumn> person_columns(Connection& db);

/// What becomes of a row when the person it refers to is forgotten.
enum class Fate : std::uint8_t {
  erased,    ///< it is the person's own and goes with them
  nameless,  ///< it belongs to others, or to a project: it stays, and refers to nobody
};

/// What is decided for a column. Nothing for one that nobody has decided about: then nobody can be forgotten, and a
/// test says so long before.
std::optional<Fate> fate_of(const PersonColumn& column);

struct ForeignKey {
  std::string table;
  std::string column;
  std::string to_table;
  std::string to_column;  ///< empty: the primary key
};

std::vector<ForeignKey> foreign_keys(Connection& db);

/// The columns of a table, in their order.
std::vector<std::string> columns_of(Connection& db, std::string_view table);

}  // namespace osrbot::storage
