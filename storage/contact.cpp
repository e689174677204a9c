#include "storage/contact.h"

#include <vector>

#include "storage/conversations.h"
#include "storage/outbox.h"
#include "storage/people.h"
#include "storage/profiles.h"

namespace osrbot::storage::contact {

Wishes wishes(Connection& db, std::int64_t person_id) {
  return db
      .one("SELECT stopped_at, paused_until, quiet_from, quiet_until FROM profiles WHERE person_id = ?", {person_id},
           [](const Row& row) {
             return Wishes{.stopped = !row.is_null(0),
                           .paused_until = row.maybe_time(1),
                           .quiet_from = row.text(2),
                           .quiet_until = row.text(3)};
           })
      .value_or(Wishes{});
}

bool stop(Connection& db, std::int64_t person_id, std::chrono::sys_seconds now) {
  if (wishes(db, person_id).stopped) return false;
  profiles::set_stopped_at(db, person_id, now);
  return true;
}

void pause(Connection& db, std::int64_t person_id, std::chrono::sys_seconds until) {
  profiles::set_paused_until(db, person_id, until);
}

bool resume(Connection& db, std::int64_t person_id, std::chrono::sys_seconds now) {
  const Wishes before = wishes(db, person_id);
  if (before.stopped) profiles::set_stopped_at(db, person_id, std::nullopt);
  if (before.paused_until) profiles::set_paused_until(db, person_id, std::nullopt);
  return before.stopped || (before.paused_until && *before.paused_until > now);
}

std::int64_t drop_waiting(Connection& db, std::int64_t person_id, std::chrono::sys_seconds now) {
  std::vector<people::Direct> ways;
  db.each("SELECT adapter, workspace, direct FROM identities WHERE person_id = ? AND direct <> ''", {person_id},
          [&](const Row& row) {
            ways.push_back({row.text(0), row.text(1), row.text(2)});
          });
  std::int64_t dropped = 0;
  for (const people::Direct& way : ways) {
    dropped += outbox::cancel_conversation(db, {way.adapter, way.workspace, way.conversation},
                                           "the person wants no more messages", now);
  }
  return dropped;
}

}  // namespace osrbot::storage::contact
