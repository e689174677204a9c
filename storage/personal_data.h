// Everything that is kept of a person, as they and the operator may see it: complete because it is read by the schema.
#pragma once

#include <cstdint>
#include <string>

#include "storage/sql.h"

namespace osrbot::storage::personal_data {

/// JSON: for each table that holds rows of the person or rows that refer to them, those rows, the newest `limit` of
/// each table; `truncated` names tables with more. Columns that refer to other people are null, secrets are left out.
/// Undo copies (`changes`) repeat what other tables hold, and are not in it.
std::string export_json(Connection& db, std::int64_t person_id, std::int64_t limit);

}  // namespace osrbot::storage::personal_data
