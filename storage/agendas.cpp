#include "storage/agendas.h"

namespace osrbot::storage::agendas {

bool begin(Connection& db, std::int64_t person_id, std::chrono::sys_seconds now) {
  return db.run("INSERT INTO agendas (person_id, told_until) VALUES (?, ?) ON CONFLICT DO NOTHING", {person_id, now}) >
         0;
}

Agenda open(Connection& db, std::int64_t person_id, std::chrono::sys_seconds now) {
  begin(db, person_id, now);
  return *db.one("SELECT told_until, digest, digest_weekday, digest_minute FROM agendas WHERE person_id = ?",
                 {person_id}, [](const Row& row) {
                   return Agenda{.told_until = row.time(0),
                                 .digest = row.boolean(1),
                                 .digest_weekday = std::chrono::weekday(static_cast<unsigned>(row.integer(2))),
                                 .digest_time = std::chrono::minutes(row.integer(3))};
                 });
}

void set_told_until(Connection& db, std::int64_t person_id, std::chrono::sys_seconds time) {
  db.run("UPDATE agendas SET told_until = ? WHERE person_id = ?", {time, person_id});
}

void set_digest(Connection& db, std::int64_t person_id, const Agenda& agenda) {
  db.run("UPDATE agendas SET digest = ?, digest_weekday = ?, digest_minute = ? WHERE person_id = ?",
         {agenda.digest ? 1 : 0, agenda.digest_weekday.c_encoding(), agenda.digest_time.count(), person_id});
}

}  // namespace osrbot::storage::agendas
