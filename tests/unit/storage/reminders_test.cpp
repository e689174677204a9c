#include "storage/reminders.h"

#include <doctest/doctest.h>

#include "storage/agendas.h"
#include "tests/fakes/fresh_database.h"

using namespace osrbot::storage;
using namespace std::chrono;

namespace {

const sys_seconds nine{sys_days(year(2026) / 3 / 2) + hours(9)};

struct Diary : osrbot::fakes::FreshDatabase {
  std::int64_t ana = 0;

  Diary() : FreshDatabase(nine) { ana = meet("ana"); }

  std::int64_t remind(sys_seconds due) {
    return reminders::add(db, {.person_id = ana,
                               .set_by = ana,
                               .task_id = std::nullopt,
                               .words = "call",
                               .local_time = local_seconds(due.time_since_epoch()),
                               .zone = "",
                               .due_at = due,
                               .asked_in = {"console", "", "terminal", ""}});
  }
};

}  // namespace

TEST_CASE("reminders come in the order of their time, and only those that are due") {
  Diary house;
  const auto later = house.remind(nine + days(2));
  const auto sooner = house.remind(nine + days(1));
  CHECK(reminders::next_due(house.db, house.ana) == nine + days(1));
  CHECK(reminders::due(house.db, house.ana, nine + days(1) - seconds(1), 10).empty());
  const auto due = reminders::due(house.db, house.ana, nine + days(1), 10);
  REQUIRE(due.size() == 1);
  CHECK(due.front().id == sooner);
  CHECK(due.front().words == "call");
  CHECK(due.front().asked_in.conversation == "terminal");
  reminders::remove(house.db, sooner);
  CHECK_FALSE(reminders::find(house.db, sooner));
  CHECK(reminders::count(house.db, house.ana) == 1);
  CHECK(reminders::of_person(house.db, house.ana, 10).front().id == later);
}

TEST_CASE("a reminder that moves keeps what was meant") {
  Diary house;
  const auto id = house.remind(nine + days(1));
  reminders::move(house.db, id, "Africa/Nairobi", nine + days(1) - hours(3));
  const auto moved = reminders::find(house.db, id);
  REQUIRE(moved);
  CHECK(moved->zone == "Africa/Nairobi");
  CHECK(moved->due_at == nine + days(1) - hours(3));
  CHECK(moved->local_time == local_seconds((nine + days(1)).time_since_epoch()));
}

TEST_CASE("the number of a reminder never means another one") {
  Diary house;
  const auto first = house.remind(nine + days(1));
  reminders::remove(house.db, first);
  CHECK(house.remind(nine + days(2)) > first);
}

TEST_CASE("a new agenda has told everything there was, and keeps its digest's time") {
  Diary house;
  agendas::Agenda agenda = agendas::open(house.db, house.ana, nine);
  CHECK(agenda.told_until == nine);
  CHECK(agenda.digest);
  CHECK(agenda.digest_weekday == Monday);
  agenda.digest_weekday = Sunday;
  agenda.digest_time = hours(17) + minutes(30);
  agendas::set_digest(house.db, house.ana, agenda);
  agendas::set_told_until(house.db, house.ana, nine + hours(1));
  const agendas::Agenda again = agendas::open(house.db, house.ana, nine + days(7));
  CHECK(again.told_until == nine + hours(1));
  CHECK(again.digest_weekday == Sunday);
  CHECK(again.digest_time == hours(17) + minutes(30));
}
