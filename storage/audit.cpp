#include "storage/audit.h"

namespace osrbot::storage::audit {

std::int64_t append(Connection& db, const Event& event, std::chrono::sys_seconds now) {
  return db.number(
      "INSERT INTO audit (at, person_id, action, object, project_id, details, adapter, update_key) "
      "VALUES (?, ?, ?, ?, ?, ?, ?, ?) RETURNING id",
      {now, event.person_id, event.action, event.object, event.project_id, event.details, event.adapter,
       event.update_key});
}

}  // namespace osrbot::storage::audit
