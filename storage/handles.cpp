#include "storage/handles.h"

namespace osrbot::storage::people {

std::vector<Handle> handles(Connection& db, std::int64_t person_id) {
  std::vector<Handle> result;
  db.each("SELECT adapter, handle FROM identities WHERE person_id = ? AND handle <> '' ORDER BY adapter, handle",
          {person_id}, [&](const Row& row) {
            result.push_back({row.text(0), row.text(1)});
          });
  return result;
}

}  // namespace osrbot::storage::people
