#include "storage/tasks.h"

#include <doctest/doctest.h>

#include "storage/projects.h"
#include "storage/task_activity.h"
#include "storage/task_links.h"
#include "tests/fakes/fresh_database.h"

using namespace osrbot::storage;
using namespace std::chrono;

namespace {

using osrbot::fakes::noon;

struct TaskBoard : osrbot::fakes::FreshDatabase {
  std::int64_t ana = 0;
  std::int64_t ben = 0;
  std::int64_t project = 0;

  TaskBoard() : FreshDatabase(noon) {
    ana = meet("ana");
    ben = meet("ben");
    project = projects::create(db, "Hernia repair", ana, noon).id;
  }

  std::int64_t add(const char* title = "Screen") { return tasks::create(db, project, title, ana, noon); }
  Task task(std::int64_t id) { return *tasks::find(db, id); }
};

}  // namespace

TEST_CASE("of two who claim a task, exactly one has it") {
  TaskBoard house;
  const auto id = house.add();
  CHECK(tasks::claim(house.db, id, house.ana, noon));
  CHECK_FALSE(tasks::claim(house.db, id, house.ben, noon));
  CHECK(house.task(id).owner_id == house.ana);
}

TEST_CASE("a task goes from open over doing and blocked to done, and back") {
  TaskBoard house;
  const auto id = house.add();
  tasks::work(house.db, id, 10, noon);
  CHECK_MESSAGE(house.task(id).state == TaskState::open, "nobody works on a task that nobody has");
  tasks::claim(house.db, id, house.ben, noon);
  tasks::work(house.db, id, 60, noon + days(1));
  CHECK(house.task(id).state == TaskState::doing);
  CHECK(house.task(id).progress == 60);
  tasks::block(house.db, id, "no data", noon + days(2));
  CHECK(house.task(id).state == TaskState::blocked);
  CHECK(house.task(id).block_reason == "no data");
  tasks::unblock(house.db, id, noon + days(3));
  CHECK(house.task(id).state == TaskState::doing);
  CHECK(house.task(id).block_reason.empty());
  tasks::finish(house.db, id, house.ben, "", noon + days(4));
  tasks::work(house.db, id, 70, noon + days(5));
  CHECK_MESSAGE(house.task(id).state == TaskState::done, "what is done stays done");
  tasks::reopen(house.db, id, noon + days(5));
  CHECK(house.task(id).state == TaskState::doing);
  CHECK(house.task(id).owner_id == house.ben);
  tasks::cancel(house.db, id);
  CHECK(house.task(id).state == TaskState::cancelled);
  CHECK_FALSE(house.task(id).owner_id);
  tasks::reopen(house.db, id, noon + days(6));
  CHECK(house.task(id).state == TaskState::open);
}

TEST_CASE("no task waits for itself, however long the way round is") {
  TaskBoard house;
  const auto a = house.add();
  const auto b = house.add();
  const auto c = house.add();
  CHECK(tasks::add_dependency(house.db, b, a));
  CHECK(tasks::add_dependency(house.db, c, b));
  CHECK_FALSE(tasks::add_dependency(house.db, a, c));
  CHECK_FALSE(tasks::add_dependency(house.db, a, b));
  CHECK_FALSE(tasks::add_dependency(house.db, a, a));
  CHECK_MESSAGE(tasks::add_dependency(house.db, c, b), "saying it twice is no circle");
  CHECK(tasks::waits_for(house.db, c).size() == 1);
  tasks::finish(house.db, b, house.ana, "", noon);
  CHECK(tasks::waits_for(house.db, c).empty());
  CHECK(tasks::awaited_by(house.db, b).front().id == c);
  CHECK(tasks::remove_dependency(house.db, c, b));
  CHECK_FALSE(tasks::remove_dependency(house.db, c, b));
}

TEST_CASE("helpers come in the order in which they came, each once") {
  TaskBoard house;
  const auto id = house.add();
  CHECK(tasks::add_helper(house.db, id, house.ben, noon));
  CHECK(tasks::add_helper(house.db, id, house.ana, noon + seconds(1)));
  CHECK_FALSE(tasks::add_helper(house.db, id, house.ben, noon + seconds(2)));
  const auto helpers = tasks::helpers(house.db, id);
  REQUIRE(helpers.size() == 2);
  CHECK(helpers.front().name == "ben");
  CHECK(tasks::helped_by(house.db, house.ana, 10).size() == 1);
  tasks::finish(house.db, id, house.ben, "", noon);
  CHECK(tasks::helped_by(house.db, house.ana, 10).empty());
}

TEST_CASE("a task is quiet when no person did anything with it; blocked ones may rest") {
  TaskBoard house;
  const auto quiet = house.add();
  const auto busy = house.add();
  const auto resting = house.add();
  for (const auto id : {quiet, busy, resting}) tasks::claim(house.db, id, house.ben, noon);
  tasks::work(house.db, busy, 10, noon + days(5));
  tasks::block(house.db, resting, "waits", noon);
  const auto found = tasks::quiet_since(house.db, noon + days(1), 10);
  REQUIRE(found.size() == 1);
  CHECK(found.front().id == quiet);
}

TEST_CASE("no more quiet tasks are found than a run may have, the quietest first") {
  TaskBoard house;
  for (int i = 0; i < 5; ++i) tasks::claim(house.db, house.add(), house.ben, noon - hours(i));
  const auto found = tasks::quiet_since(house.db, noon, 2);
  REQUIRE(found.size() == 2);
  CHECK(found.front().id == 5);
  CHECK(found.back().id == 4);
}

TEST_CASE("nobody loses a task about which they were not asked, and any activity counts as an answer") {
  TaskBoard house;
  const auto id = house.add();
  tasks::claim(house.db, id, house.ben, noon);
  tasks::mark_nudged(house.db, id, noon + days(7));
  CHECK(tasks::unanswered_since(house.db, noon + days(21), 10).empty());
  CHECK(tasks::nudges_untold(house.db, house.ben, 10).size() == 1);
  tasks::mark_nudge_told(house.db, id);
  CHECK(tasks::nudges_untold(house.db, house.ben, 10).empty());
  CHECK(tasks::unanswered_since(house.db, noon + days(6), 10).empty());
  CHECK(tasks::unanswered_since(house.db, noon + days(7), 10).size() == 1);
  tasks::work(house.db, id, 0, noon + days(8));
  CHECK(tasks::unanswered_since(house.db, noon + days(21), 10).empty());
  tasks::mark_nudged(house.db, id, noon + days(15));
  CHECK_MESSAGE(tasks::nudges_untold(house.db, house.ben, 10).size() == 1, "the second time it is told again");
}

TEST_CASE("days are compared as days, leap day included") {
  TaskBoard house;
  const auto leap = house.add();
  const auto march = house.add();
  for (const auto id : {leap, march}) tasks::claim(house.db, id, house.ben, noon);
  tasks::set_due(house.db, leap, year(2028) / 2 / 29);
  tasks::set_due(house.db, march, year(2028) / 3 / 1);
  CHECK(house.task(leap).due == year(2028) / 2 / 29);
  CHECK(tasks::overdue(house.db, house.project, year(2028) / 3 / 1, 0, 10).size() == 1);
  CHECK(tasks::overdue(house.db, house.project, year(2028) / 2 / 29, 0, 10).empty());
  CHECK(tasks::next_due_day(house.db, house.ben, year(2028) / 2 / 1) == year(2028) / 2 / 29);
  CHECK(tasks::next_due_day(house.db, house.ben, year(2028) / 3 / 1) == year(2028) / 3 / 1);
  CHECK_FALSE(tasks::next_due_day(house.db, house.ben, year(2028) / 3 / 2));
  CHECK(tasks::due_between(house.db, house.ben, year(2028) / 2 / 29, year(2028) / 3 / 1, 10).size() == 2);
  tasks::set_due(house.db, leap, std::nullopt);
  CHECK_FALSE(house.task(leap).due);
}
