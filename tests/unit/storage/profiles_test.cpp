#include "storage/profiles.h"

#include <doctest/doctest.h>

#include "storage/needs.h"
#include "storage/projects.h"
#include "tests/fakes/fresh_database.h"

using namespace osrbot::storage;
using namespace std::chrono;

namespace {

using osrbot::fakes::noon;

struct Profiled : osrbot::fakes::FreshDatabase {
  std::int64_t ana = 0;

  Profiled() : FreshDatabase(noon) { ana = meet("ana"); }
};

bool refused(const auto& statement) {
  try {
    statement();
  } catch (const Error& error) {
    return error.kind() == Error::Kind::constraint;
  }
  return false;
}

}  // namespace

TEST_CASE("nothing is kept of what people tell before they have consented") {
  Profiled house;
  CHECK_FALSE(profiles::find(house.db, house.ana));
  CHECK(refused([&] { profiles::describe(house.db, {.person_id = house.ana, .country = "GH"}); }));
  CHECK(refused([&] { profiles::set_skill(house.db, house.ana, "r", SkillKind::has); }));
  CHECK(refused([&] { profiles::set_languages(house.db, house.ana, {"en"}); }));
  CHECK(refused([&] { profiles::declare_conflict(house.db, house.ana, 1, noon); }));
  // ... and the schema itself refuses it too, whoever writes.
  CHECK(refused([&] { house.db.run("INSERT INTO profiles (person_id, country) VALUES (?, 'GH')", {house.ana}); }));
  CHECK_FALSE(profiles::find(house.db, house.ana));
}

TEST_CASE("whoever wants to hear nothing is heard without consent") {
  Profiled house;
  profiles::set_stopped_at(house.db, house.ana, noon);
  profiles::set_paused_until(house.db, house.ana, noon + days(7));
  profiles::set_quiet_hours(house.db, house.ana, "22:00", "07:00");
  profiles::set_invitations_open(house.db, house.ana, false);
  const auto profile = profiles::find(house.db, house.ana);
  REQUIRE(profile);
  CHECK(profile->stopped_at == noon);
  CHECK(profile->paused_until == noon + days(7));
  CHECK(profile->quiet_from == "22:00");
  CHECK_FALSE(profile->invitations_open);
  CHECK_FALSE(profile->has_consent());
  CHECK(refused([&] { profiles::set_skill(house.db, house.ana, "r", SkillKind::has); }));
}

TEST_CASE("a profile is read back as it was told, and consent keeps what was there") {
  Profiled house;
  profiles::set_paused_until(house.db, house.ana, noon + days(1));
  profiles::consent(house.db, house.ana, 2, "telegram", noon);
  profiles::describe(house.db, {.person_id = house.ana,
                                .country = "GH",
                                .hours = 3.5,
                                .career_stage = "student",
                                .discipline = "nursing",
                                .orcid = "0000-0002-1825-0097",
                                .task_limit = 2,
                                .quiet_from = "22:00",
                                .quiet_until = "06:30",
                                .growth = true});
  const auto profile = profiles::find(house.db, house.ana);
  REQUIRE(profile);
  CHECK(profile->country == "GH");
  CHECK(profile->hours == 3.5);
  CHECK(profile->career_stage == "student");
  CHECK(profile->discipline == "nursing");
  CHECK(profile->orcid == "0000-0002-1825-0097");
  CHECK(profile->task_limit == 2);
  CHECK(profile->quiet_until == "06:30");
  CHECK(profile->growth);
  CHECK(profile->consent_version == 2);
  CHECK(profile->consented_at == noon);
  CHECK(profile->consent_channel == "telegram");
  CHECK(profile->paused_until == noon + days(1));
  CHECK(profile->invitations_open);
  CHECK(refused([&] { profiles::describe(house.db, {.person_id = house.ana, .hours = 200}); }));
  CHECK(refused([&] { profiles::describe(house.db, {.person_id = house.ana, .quiet_from = "22:00"}); }));
}

TEST_CASE("a skill is one that somebody has or one that they want to learn, and never both") {
  Profiled house;
  profiles::consent(house.db, house.ana, 1, "console", noon);
  profiles::set_skill(house.db, house.ana, "spss", SkillKind::has);
  profiles::set_skill(house.db, house.ana, "python", SkillKind::wants);
  profiles::set_skill(house.db, house.ana, "r", SkillKind::wants);
  profiles::set_skill(house.db, house.ana, "r", SkillKind::has);
  using Skills = std::vector<PersonSkill>;
  CHECK(profiles::skills(house.db, house.ana) ==
        Skills{{"python", SkillKind::wants}, {"r", SkillKind::has}, {"spss", SkillKind::has}});
  profiles::remove_skill(house.db, house.ana, "spss");
  profiles::remove_skills(house.db, house.ana, SkillKind::wants);
  CHECK(profiles::skills(house.db, house.ana) == Skills{{"r", SkillKind::has}});
}

TEST_CASE("languages are set as a whole, conflicts one by one, and all goes with the profile") {
  Profiled house;
  profiles::consent(house.db, house.ana, 1, "console", noon);
  profiles::set_languages(house.db, house.ana, {"fr", "en", "fr"});
  CHECK(profiles::languages(house.db, house.ana) == std::vector<std::string>{"en", "fr"});
  profiles::set_languages(house.db, house.ana, {"ar"});
  CHECK(profiles::languages(house.db, house.ana) == std::vector<std::string>{"ar"});

  const auto project = house.db.number(
      "INSERT INTO projects (title, created_by, created_at) VALUES ('Hernia', ?, ?) RETURNING id", {house.ana, noon});
  CHECK(profiles::declare_conflict(house.db, house.ana, project, noon));
  CHECK_FALSE(profiles::declare_conflict(house.db, house.ana, project, noon));
  CHECK(profiles::conflicts(house.db, house.ana) == std::vector<std::int64_t>{project});
  CHECK(profiles::withdraw_conflict(house.db, house.ana, project));
  CHECK_FALSE(profiles::withdraw_conflict(house.db, house.ana, project));

  profiles::declare_conflict(house.db, house.ana, project, noon);
  profiles::set_skill(house.db, house.ana, "r", SkillKind::has);
  house.db.run("DELETE FROM profiles WHERE person_id = ?", {house.ana});
  CHECK(profiles::skills(house.db, house.ana).empty());
  CHECK(profiles::languages(house.db, house.ana).empty());
  CHECK(profiles::conflicts(house.db, house.ana).empty());
}

TEST_CASE("nobody is offered what is needed where they have a conflict of interest") {
  Profiled house;
  const std::int64_t ben = house.meet("ben");
  profiles::consent(house.db, ben, 1, "console", noon);
  const auto project = house.db.number(
      "INSERT INTO projects (title, created_by, created_at) VALUES ('Hernia', ?, ?) RETURNING id", {house.ana, noon});
  needs::create(house.db, {.project_id = project, .skill = "R", .skill_id = "r"}, house.ana, noon);
  CHECK(needs::open_for_skill(house.db, "r", ben, 5).size() == 1);
  profiles::declare_conflict(house.db, ben, project, noon);
  CHECK(needs::open_for_skill(house.db, "r", ben, 5).empty());
  profiles::withdraw_conflict(house.db, ben, project);
  CHECK(needs::open_for_skill(house.db, "r", ben, 5).size() == 1);
}

TEST_CASE("activity is noted by the day, and only of those who have a profile") {
  Profiled house;
  profiles::note_activity(house.db, house.ana, noon);
  CHECK_FALSE(profiles::find(house.db, house.ana));
  profiles::consent(house.db, house.ana, 1, "console", noon);
  profiles::note_activity(house.db, house.ana, noon + hours(5));
  CHECK(profiles::find(house.db, house.ana)->last_active_at == noon);
  profiles::note_activity(house.db, house.ana, noon + days(1));
  CHECK(profiles::find(house.db, house.ana)->last_active_at == noon + days(1));
}
