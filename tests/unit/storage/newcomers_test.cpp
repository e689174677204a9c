// How newcomers are met, as the database has it: greetings that come once, small tasks, and company.
#include <doctest/doctest.h>

#include "storage/greetings.h"
#include "storage/mentorships.h"
#include "storage/people.h"
#include "storage/profiles.h"
#include "storage/projects.h"
#include "storage/tasks.h"
#include "tests/fakes/fresh_database.h"

using namespace osrbot::storage;
using namespace std::chrono;

namespace {

using osrbot::fakes::noon;

struct Arrivals : osrbot::fakes::FreshDatabase {
  std::int64_t ana = 0;
  std::int64_t project = 0;
  std::int64_t task = 0;

  Arrivals() : FreshDatabase(noon) {
    ana = meet("ana");
    project = projects::create(db, "Hernia", ana, noon).id;
    task = tasks::create(db, project, "Look up a paper", ana, noon);
  }

  std::int64_t member(std::string_view id, std::string_view skill = "", std::string_view stage = "") {
    const std::int64_t one = meet(id);
    projects::set_role(db, project, one, projects::Role::contributor, noon);
    profiles::consent(db, one, 1, "console", noon);
    profiles::describe(db, {.person_id = one, .career_stage = std::string(stage)});
    if (!skill.empty()) profiles::set_skill(db, one, skill, SkillKind::has);
    return one;
  }

  std::int64_t ask(std::int64_t newcomer, std::int64_t mentor) {
    return mentorships::ask(
        db, {.person_id = newcomer, .mentor_id = mentor, .task_id = task, .skill = "r", .state = ""}, noon);
  }
};

}  // namespace

TEST_CASE("a thousand who join at once are greeted once, and counted") {
  Arrivals house;
  const conversations::Id here{"telegram", "", "group"};
  const minutes pause{5};
  CHECK(greetings::greet(house.db, here, pause, noon));
  for (int i = 0; i < 999; ++i) CHECK_FALSE(greetings::greet(house.db, here, pause, noon));
  CHECK(greetings::greet(house.db, {"telegram", "", "another group"}, pause, noon));
  // Nobody comes in between: whoever waits is greeted with the others, and not instead of them.
  CHECK_FALSE(greetings::greet(house.db, here, pause, noon + pause));
  CHECK(greetings::take_waiting(house.db, here, noon + pause) == 1000);
  CHECK(greetings::take_waiting(house.db, here, noon + pause) == 0);
  CHECK_FALSE(greetings::greet(house.db, here, pause, noon + pause + minutes(1)));
  CHECK(greetings::take_waiting(house.db, here, noon + 2 * pause) == 1);
  CHECK(greetings::greet(house.db, here, pause, noon + 3 * pause));
}

TEST_CASE("company is somebody of the team with the skill, who is not new, paused or asked before") {
  Arrivals house;
  const std::int64_t newcomer = house.meet("dora");
  CHECK(mentorships::find_mentor(house.db, house.project, newcomer, "", noon)->id == house.ana);
  CHECK_FALSE(mentorships::find_mentor(house.db, house.project, newcomer, "r", noon));
  house.member("student", "r", "student");
  CHECK_FALSE(mentorships::find_mentor(house.db, house.project, newcomer, "r", noon));
  const std::int64_t ben = house.member("ben", "r");
  CHECK(mentorships::find_mentor(house.db, house.project, newcomer, "r", noon)->id == ben);
  const std::int64_t carol = house.member("carol", "r", "senior");
  CHECK(mentorships::find_mentor(house.db, house.project, newcomer, "r", noon)->id == carol);
  profiles::set_paused_until(house.db, carol, noon + days(3));
  CHECK(mentorships::find_mentor(house.db, house.project, newcomer, "r", noon)->id == ben);
  CHECK(mentorships::find_mentor(house.db, house.project, newcomer, "r", noon + days(4))->id == carol);
  profiles::set_stopped_at(house.db, carol, noon);
  people::set_first_timer(house.db, ben, true);
  CHECK_FALSE(mentorships::find_mentor(house.db, house.project, newcomer, "r", noon + days(4)));
}

TEST_CASE("nobody keeps more than two people company, and nobody is asked twice") {
  Arrivals house;
  const std::int64_t ben = house.member("ben", "r");
  const std::int64_t first = house.ask(house.meet("dora"), ben);
  CHECK(mentorships::of_person(house.db, house.meet("dora"))->id == first);
  house.ask(house.meet("eva"), ben);
  const std::int64_t fay = house.meet("fay");
  CHECK_FALSE(mentorships::find_mentor(house.db, house.project, fay, "r", noon));
  CHECK(mentorships::set_state(house.db, first, "asked", "declined", noon));
  CHECK_FALSE(mentorships::set_state(house.db, first, "asked", "accepted", noon));
  CHECK_FALSE(mentorships::of_person(house.db, house.meet("dora")));
  CHECK(mentorships::find_mentor(house.db, house.project, fay, "r", noon)->id == ben);
  CHECK_FALSE(mentorships::find_mentor(house.db, house.project, house.meet("dora"), "r", noon));
}

TEST_CASE("small tasks are those of half an hour that anybody could take") {
  Arrivals house;
  CHECK(tasks::small_open(house.db, house.ana, 10).empty());
  tasks::set_size(house.db, house.task, "30 min");
  const std::int64_t dora = house.meet("dora");
  CHECK(tasks::small_open(house.db, dora, 10).size() == 1);
  projects::set_team_only(house.db, house.project, true);
  CHECK(tasks::small_open(house.db, dora, 10).empty());
  CHECK(tasks::small_open(house.db, house.ana, 10).size() == 1);
  profiles::consent(house.db, house.ana, 1, "console", noon);
  profiles::declare_conflict(house.db, house.ana, house.project, noon);
  CHECK(tasks::small_open(house.db, house.ana, 10).empty());
  projects::set_team_only(house.db, house.project, false);
  projects::set_archived(house.db, house.project, noon);
  CHECK(tasks::small_open(house.db, dora, 10).empty());
}
