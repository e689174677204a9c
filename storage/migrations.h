// The schema and its history: numbered steps that are never changed once released, only added to.
#pragma once

#include <chrono>
#include <string>

#include "storage/sql.h"

namespace osrbot::storage {

/// The version that this program works with: the number of the last migration.
int schema_version();

/// Has a program like this one written the database? An empty one was written by none.
bool holds_schema(Connection& db);

/// Does it hold tables, and none of this program's?
bool is_of_another_program(Connection& db);

/// The version of the database, 0 when it is empty.
int database_version(Connection& db);

/// Brings the database up to schema_version(), each step in a transaction of its own; the number of steps taken.
/// Throws Error when the database is of a newer version than the program, or holds the tables of another one.
int migrate(Connection& db, std::chrono::sys_seconds now);

}  // namespace osrbot::storage
