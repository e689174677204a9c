#include "storage/projects.h"

#include <doctest/doctest.h>

#include "storage/join_requests.h"
#include "storage/migrations.h"
#include "storage/needs.h"
#include "storage/team.h"
#include "tests/fakes/fresh_database.h"
#include "tests/fakes/temporary_folder.h"

using namespace osrbot::storage;
using osrbot::fakes::TemporaryFolder;
using namespace std::chrono_literals;

namespace {

using osrbot::fakes::noon;
constexpr std::int64_t ana = 1;
constexpr std::int64_t ben = 2;
constexpr std::int64_t carol = 3;

struct Study {
  TemporaryFolder folder;
  Connection db{folder / "test.db", Connection::Mode::read_write};
  std::int64_t id = 0;

  Study() {
    migrate(db, noon);
    db.run("INSERT INTO people (id, name, created_at) VALUES (1, 'Ana', 0), (2, 'Ben', 0), (3, 'Carol', 0)");
    id = projects::create(db, "Hernia repair", ana, noon).id;
  }

  std::int64_t need(std::int64_t count) {
    Need need;
    need.project_id = id;
    need.skill = "statistics";
    need.count = count;
    return needs::create(db, need, ana, noon);
  }
  JoinRequest request(std::int64_t person) {
    return {.project_id = id,
            .person_id = person,
            .need_id = {},
            .team_role = {},
            .asked_in = {"telegram", "", "17", ""},
            .asked_at = {},
            .state = {},
            .decided_by = {}};
  }
};

std::vector<std::int64_t> ids(const std::vector<Project>& list) {
  std::vector<std::int64_t> result;
  for (const Project& one : list) result.push_back(one.id);
  return result;
}

using Ids = std::vector<std::int64_t>;

}  // namespace

TEST_CASE("a project is found by its slug and by its tags, and no two share one") {
  Study study;
  CHECK(projects::take_slug(study.db, study.id, "hernia-repair") == "hernia-repair");
  const auto second = projects::create(study.db, "Hernia repair", ben, noon);
  CHECK(projects::take_slug(study.db, second.id, "hernia-repair") == "hernia-repair-2");
  CHECK(projects::take_slug(study.db, projects::create(study.db, "More", ben, noon).id, "hernia-repair-today") != "");
  const auto namesakes = projects::namesakes(study.db, *projects::find(study.db, study.id), 5);
  REQUIRE(namesakes.size() == 1);
  CHECK(namesakes.front().id == second.id);
  projects::add_tag(study.db, study.id, "coloai", "#ColoAI", noon);
  CHECK(projects::find_by_name(study.db, "hernia-repair")->id == study.id);
  CHECK(projects::find_by_name(study.db, "coloai")->id == study.id);
  CHECK_FALSE(projects::find_by_name(study.db, "colo"));
  CHECK_FALSE(projects::find_by_name(study.db, ""));
  CHECK_THROWS_AS(projects::add_tag(study.db, second.id, "coloai", "#coloai", noon), Error);
  CHECK_FALSE(projects::remove_tag(study.db, second.id, "coloai"));
  CHECK(projects::tags(study.db, study.id) == std::vector<std::string>{"#ColoAI"});
  CHECK(projects::remove_tag(study.db, study.id, "coloai"));
  CHECK_FALSE(projects::find_by_name(study.db, "coloai"));
}

TEST_CASE("lists keep to their filters, and a project of its team is seen by nobody else") {
  Study study;
  const auto hidden = projects::create(study.db, "Burns", ben, noon).id;
  const auto old = projects::create(study.db, "Cataract", ben, noon).id;
  projects::set_team_only(study.db, hidden, true);
  projects::set_archived(study.db, old, noon);
  projects::set_phase(study.db, study.id, Phase::writing);
  projects::set_study_type(study.db, study.id, "cohort");
  study.need(1);
  const auto seen = [&](projects::Filter filter, std::int64_t after = 0) {
    return ids(projects::list(study.db, filter, after, 10));
  };
  CHECK(seen({.viewer = ana}) == Ids{study.id});
  CHECK(seen({.viewer = ben}) == Ids{study.id, hidden});
  CHECK(seen({.viewer = carol, .sees_all = true}) == Ids{study.id, hidden});
  CHECK(seen({.viewer = ben, .mine = true}) == Ids{hidden});
  CHECK(seen({.viewer = ana, .archived = true}) == Ids{old});
  CHECK(seen({.viewer = ana, .phase = Phase::writing}) == Ids{study.id});
  CHECK(seen({.viewer = ana, .phase = Phase::idea}) == Ids{});
  CHECK(seen({.viewer = ana, .study_type = "cohort"}) == Ids{study.id});
  CHECK(seen({.viewer = ana, .study_type = "trial"}) == Ids{});
  CHECK(seen({.viewer = ben, .needs_open = true}) == Ids{study.id});
  CHECK(seen({.viewer = ben}, study.id) == Ids{hidden});
}

TEST_CASE("a phase has a date until it has none, and the schema knows no other phases") {
  Study study;
  CHECK_FALSE(projects::phase_due(study.db, study.id, Phase::protocol));
  projects::set_phase_due(study.db, study.id, Phase::protocol, 2026y / 5 / 31);
  projects::set_phase_due(study.db, study.id, Phase::protocol, 2026y / 6 / 30);
  CHECK(projects::phase_due(study.db, study.id, Phase::protocol) == 2026y / 6 / 30);
  projects::set_phase_due(study.db, study.id, Phase::protocol, std::nullopt);
  CHECK_FALSE(projects::phase_due(study.db, study.id, Phase::protocol));
  for (const std::string_view name : phase_names) {
    projects::set_phase(study.db, study.id, *phase_named(name));
    CHECK(to_string(projects::find(study.db, study.id)->phase) == name);
  }
  CHECK_THROWS_AS(study.db.run("UPDATE projects SET phase = 'lunch'"), Error);
}

TEST_CASE("whoever leaves is kept with when and why, and comes back without the old roles") {
  Study study;
  projects::set_role(study.db, study.id, ben, projects::Role::contributor, noon);
  CHECK(team::add_role(study.db, study.id, ben, "statistician", noon));
  CHECK_FALSE(team::add_role(study.db, study.id, ben, "statistician", noon));
  CHECK_THROWS_AS(team::add_role(study.db, study.id, ben, "clown", noon), Error);
  CHECK_THROWS_AS(team::add_role(study.db, study.id, carol, "statistician", noon), Error);
  team::leave(study.db, study.id, ben, "exams", std::nullopt, noon + 1h);
  CHECK_FALSE(projects::role_of(study.db, study.id, ben));
  CHECK(team::holders(study.db, study.id, 3).empty());
  const auto past = team::last_past(study.db, study.id, ben);
  REQUIRE(past);
  CHECK(past->why == "exams");
  CHECK(past->team_roles == "statistician");
  CHECK(past->left_at == noon + 1h);
  CHECK_FALSE(past->removed_by);
  projects::set_role(study.db, study.id, ben, projects::Role::contributor, noon + 2h);
  CHECK(team::member(study.db, study.id, ben)->team_roles.empty());
  team::leave(study.db, study.id, ben, "", ana, noon + 3h);
  CHECK(team::last_past(study.db, study.id, ben)->removed_by == ana);
  CHECK_FALSE(team::last_past(study.db, study.id, carol));
}

TEST_CASE("a need is filled by the last who comes, and opens when one goes") {
  Study study;
  const auto id = study.need(2);
  CHECK(needs::people_wanted(study.db, study.id) == 2);
  CHECK(needs::add_person(study.db, id, ben, noon));
  CHECK_FALSE(needs::add_person(study.db, id, ben, noon));
  CHECK(needs::find(study.db, id)->state == NeedState::open);
  CHECK(needs::add_person(study.db, id, carol, noon));
  CHECK(needs::find(study.db, id)->state == NeedState::filled);
  CHECK(needs::people_wanted(study.db, study.id) == 0);
  CHECK(needs::of_project(study.db, study.id, true, 0, 10).empty());
  CHECK(needs::of_project(study.db, study.id, false, 0, 10).size() == 1);
  CHECK(needs::remove_person(study.db, id, ben));
  CHECK_FALSE(needs::remove_person(study.db, id, ben));
  CHECK(needs::find(study.db, id)->state == NeedState::open);
  needs::close(study.db, id, "found elsewhere");
  needs::add_person(study.db, id, ben, noon);
  CHECK(needs::find(study.db, id)->state == NeedState::closed);
  needs::reopen(study.db, id);
  CHECK(needs::find(study.db, id)->state == NeedState::filled);
}

TEST_CASE("an edited need opens or is filled with the number, and keeps to the limits") {
  Study study;
  const auto id = study.need(1);
  needs::add_person(study.db, id, ben, noon);
  Need need = *needs::find(study.db, id);
  need.count = 3;
  need.hours = 2.5;
  need.deadline = 2026y / 3 / 31;
  needs::edit(study.db, need);
  CHECK(needs::find(study.db, id)->state == NeedState::open);
  CHECK(needs::find(study.db, id)->hours == 2.5);
  CHECK(needs::find(study.db, id)->deadline == 2026y / 3 / 31);
  need.count = 1;
  needs::edit(study.db, need);
  CHECK(needs::find(study.db, id)->state == NeedState::filled);
  need.count = 0;
  CHECK_THROWS_AS(needs::edit(study.db, need), Error);
  need.count = 101;
  CHECK_THROWS_AS(needs::edit(study.db, need), Error);
}

TEST_CASE("needs of projects that are archived or not to be seen are in no common list") {
  Study study;
  const auto id = study.need(1);
  const auto seen = [&](std::int64_t viewer) { return needs::open_everywhere(study.db, viewer, 0, 10).size(); };
  CHECK(seen(carol) == 1);
  projects::set_team_only(study.db, study.id, true);
  CHECK(seen(carol) == 0);
  CHECK(seen(ana) == 1);
  projects::set_archived(study.db, study.id, noon);
  CHECK(seen(ana) == 0);
  CHECK(needs::find(study.db, id)->state == NeedState::open);
}

TEST_CASE("a request waits once, and is decided once") {
  Study study;
  const auto number = join_requests::ask(study.db, study.request(ben), noon);
  JoinRequest again = study.request(ben);
  again.team_role = "validator";
  CHECK(join_requests::ask(study.db, again, noon) == number);
  CHECK(join_requests::waiting(study.db, study.id, ben)->team_role == "validator");
  CHECK(join_requests::waiting_for(study.db, ana, ben).size() == 1);
  CHECK(join_requests::waiting_for(study.db, carol, ben).empty());
  CHECK(join_requests::decide(study.db, number, "approved", ana, "", noon));
  CHECK_FALSE(join_requests::decide(study.db, number, "declined", ana, "", noon));
  CHECK(join_requests::find(study.db, number)->decided_by == "Ana");
  CHECK_FALSE(join_requests::waiting(study.db, study.id, ben));
  CHECK(join_requests::ask(study.db, study.request(ben), noon) != number);
}

namespace {

/// The plan of a query, one line for each step.
std::string plan_of(Connection& db, const std::string& sql) {
  std::string plan;
  db.each("EXPLAIN QUERY PLAN " + sql, {}, [&](const Row& row) { plan += row.text(3) + "\n"; });
  return plan;
}

}  // namespace

TEST_CASE("what is asked often is found through an index, and comes in its order") {
  Study study;
  for (const char* sql : {
           "SELECT id FROM projects p WHERE p.id > 1 AND p.archived_at IS NULL AND p.team_only = 0 ORDER BY p.id LIMIT "
           "11",
           "SELECT id FROM projects p WHERE p.id > 1 AND p.archived_at IS NOT NULL ORDER BY p.id LIMIT 11",
           "SELECT id FROM projects p WHERE p.id > 1 AND p.archived_at IS NULL AND p.phase = 'idea' ORDER BY p.id "
           "LIMIT 11",
           "SELECT id FROM projects p WHERE p.id > 1 AND p.archived_at IS NULL AND p.study_type = 'trial' ORDER BY "
           "p.id "
           "LIMIT 11",
           "SELECT id FROM projects p WHERE p.id > 1 AND p.archived_at IS NULL AND p.id IN (SELECT project_id FROM "
           "memberships WHERE person_id = 2 AND project_id > 1) ORDER BY p.id LIMIT 11",
           "SELECT id FROM projects p WHERE p.id > 1 AND p.archived_at IS NULL AND p.id IN (SELECT project_id FROM "
           "needs "
           "WHERE state = 'open' AND project_id > 1) ORDER BY p.id LIMIT 11",
           "SELECT id FROM projects p WHERE p.slug = 'x' AND p.slug <> ''",
           "SELECT project_id FROM project_tags WHERE tag_key = 'x'",
           "SELECT n.id FROM needs n WHERE n.project_id = 1 AND n.id > 1 AND n.state = 'open' ORDER BY n.id LIMIT 11",
           "SELECT n.id FROM needs n WHERE n.project_id = 1 AND n.id > 1 ORDER BY n.id LIMIT 11",
           "SELECT n.id FROM needs n JOIN projects p ON p.id = n.project_id WHERE n.state = 'open' AND n.id > 1 AND "
           "p.archived_at IS NULL ORDER BY n.id LIMIT 11",
           "SELECT COALESCE(SUM(count - filled), 0) FROM needs WHERE project_id = 1 AND state = 'open'",
           "SELECT n.id FROM need_people p JOIN needs n ON n.id = p.need_id WHERE p.person_id = 1 AND n.project_id = 1",
           "SELECT p.id FROM memberships m JOIN people p ON p.id = m.person_id WHERE m.project_id = 1 AND m.person_id "
           "> 1 "
           "ORDER BY m.person_id LIMIT 11",
           "SELECT t.team_role FROM team_roles t JOIN people p ON p.id = t.person_id WHERE t.project_id = 1",
           "SELECT why FROM past_memberships WHERE project_id = 1 AND person_id = 1 ORDER BY id DESC LIMIT 1",
           "SELECT r.id FROM join_requests r WHERE r.person_id = 1 AND r.state = 'waiting'",
           "SELECT r.id FROM join_requests r WHERE r.project_id = 1 AND r.person_id = 1 AND r.state = 'waiting'",
       }) {
    CAPTURE(sql);
    const std::string plan = plan_of(study.db, sql);
    CAPTURE(plan);
    CHECK_FALSE(plan.empty());
    CHECK_FALSE(plan.contains("SCAN"));
    CHECK_FALSE(plan.contains("TEMP B-TREE"));
  }
}
