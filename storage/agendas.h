// Until when a person has been told what the calendar holds for them, and when they want to hear of it all.
#pragma once

#include <chrono>
#include <cstdint>

#include "storage/sql.h"

namespace osrbot::storage::agendas {

struct Agenda {
  std::chrono::sys_seconds told_until{};
  bool digest = true;                                         ///< a weekly summary
  std::chrono::weekday digest_weekday = std::chrono::Monday;  ///< in the person's time zone, as `digest_time`
  std::chrono::minutes digest_time = std::chrono::hours(9);
};

/// Makes an agenda for a person who has none: they have been told everything until `now`. False when there is one.
bool begin(Connection& db, std::int64_t person_id, std::chrono::sys_seconds now);

/// The agenda of a person; one who had none gets it.
Agenda open(Connection& db, std::int64_t person_id, std::chrono::sys_seconds now);

void set_told_until(Connection& db, std::int64_t person_id, std::chrono::sys_seconds time);

/// Sets the digest's fields.
void set_digest(Connection& db, std::int64_t person_id, const Agenda& agenda);

}  // namespace osrbot::storage::agendas
