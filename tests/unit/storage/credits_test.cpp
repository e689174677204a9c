#include "storage/credits.h"

#include <map>
#include <random>
#include <tuple>

#include <doctest/doctest.h>

#include "storage/manuscripts.h"
#include "storage/projects.h"
#include "storage/tasks.h"
#include "tests/fakes/fresh_database.h"

using namespace osrbot::storage;
using namespace std::chrono;
using credits::Kind;

namespace {

using osrbot::fakes::noon;
constexpr const char* roles[] = {"software", "formal-analysis", "writing-original-draft", "supervision"};
constexpr const char* degrees[] = {"lead", "equal", "supporting"};

struct CreditLedger : osrbot::fakes::FreshDatabase {
  std::vector<std::int64_t> people_ids;
  std::int64_t project = 0;

  explicit CreditLedger(int people_count = 2) : FreshDatabase(noon) {
    for (int i = 0; i < people_count; ++i) people_ids.push_back(meet("p" + std::to_string(i)));
    project = projects::create(db, "Hernia repair", people_ids[0], noon).id;
  }

  std::int64_t open(std::int64_t person, const Contribution& first, std::optional<std::int64_t> task = std::nullopt) {
    return credits::open(db, project, person, task, first, person, noon);
  }
};

Contribution software() {
  return {.role = "software", .degree = "lead", .evidence = {}, .dispute = {}};
}

/// How many credits stand in each role and state.
using Totals = std::map<std::string, int>;

void count(Totals& totals, std::int64_t person, const Contribution& said) {
  if (said.is_withdrawn) return;
  ++totals[std::to_string(person) + " " + said.role + " " + said.degree];
  ++totals[said.is_confirmed() ? "confirmed" : "unconfirmed"];
  if (!said.dispute.empty()) ++totals["disputed"];
}

Totals standing(CreditLedger& house) {
  Totals totals;
  credits::each(house.db, house.project,
                [&](const Credit& credit) { count(totals, credit.person_id, credit.standing); });
  return totals;
}

/// What the ledger says when it is read from its first line to its last.
Totals replayed(CreditLedger& house) {
  std::map<std::int64_t, std::pair<std::int64_t, Contribution>> last;
  credits::replay(house.db, house.project, [&](const credits::Line& line) {
    last[line.credit_id] = {line.person_id, line.said};
  });
  Totals totals;
  for (const auto& [credit, said] : last) count(totals, said.first, said.second);
  return totals;
}

}  // namespace

TEST_CASE("what is said later supersedes what was said before, and nothing is lost") {
  CreditLedger house;
  const auto id = house.open(house.people_ids[1], software());
  Contribution corrected = software();
  corrected.degree = "supporting";
  credits::add(house.db, id, Kind::corrected, corrected, house.people_ids[0], noon + hours(1));
  const auto credit = credits::find(house.db, id);
  REQUIRE(credit);
  CHECK(credit->standing == corrected);
  CHECK(credit->written_by == house.people_ids[0]);
  CHECK(credits::before_last(house.db, id) == software());
  std::vector<std::string> kinds;
  credits::replay(house.db, house.project, [&](const credits::Line& line) { kinds.push_back(line.kind); });
  CHECK(kinds == std::vector<std::string>{"claimed", "corrected"});
}

TEST_CASE("the ledger is only added to") {
  CreditLedger house;
  house.open(house.people_ids[1], software());
  CHECK_THROWS_AS(house.db.run("UPDATE contributions SET degree = 'equal'"), Error);
  CHECK_THROWS_AS(house.db.run("UPDATE contributions SET is_withdrawn = 1"), Error);
  Contribution wrong = software();
  wrong.role = "coffee";
  CHECK_THROWS_AS(house.open(house.people_ids[1], wrong), Error);
  wrong = software();
  wrong.degree = "most";
  CHECK_THROWS_AS(house.open(house.people_ids[1], wrong), Error);
}

TEST_CASE("work counts when it is done and confirmed by both") {
  CreditLedger house;
  const auto task = tasks::create(house.db, house.project, "Script", house.people_ids[0], noon);
  Contribution said = software();
  said.confirmed_by_person = true;
  const auto id = house.open(house.people_ids[1], said, task);
  said.confirmed_by_lead = house.people_ids[0];
  credits::add(house.db, id, Kind::confirmed, said, house.people_ids[0], noon);
  CHECK_FALSE(credits::find(house.db, id)->counts());
  CHECK(credits::waiting(house.db, house.project).tasks_without == 0);
  tasks::finish(house.db, task, house.people_ids[1], "https://osf.io/ab12c", noon);
  CHECK(credits::find(house.db, id)->counts());
  CHECK(credits::find(house.db, id)->task_evidence == "https://osf.io/ab12c");
  said.dispute = "it was somebody else";
  credits::add(house.db, id, Kind::disputed, said, house.people_ids[0], noon);
  CHECK_FALSE(credits::find(house.db, id)->counts());
  CHECK(credits::waiting(house.db, house.project).unconfirmed == 1);
}

TEST_CASE("what was confirmed stays so when whoever confirmed it is forgotten") {
  CreditLedger house;
  Contribution said = software();
  said.confirmed_by_person = true;
  said.confirmed_by_lead = house.people_ids[0];
  const auto id = house.open(house.people_ids[1], said);
  house.db.run("UPDATE contributions SET confirmed_by_lead = NULL WHERE confirmed_by_lead = ?", {house.people_ids[0]});
  CHECK(credits::find(house.db, id)->counts());
  CHECK(credits::waiting(house.db, house.project).unconfirmed == 0);
  credits::add(house.db, id, Kind::corrected, credits::find(house.db, id)->standing, house.people_ids[1], noon);
  CHECK(credits::find(house.db, id)->counts());
}

TEST_CASE("finished work without credit is listed, until somebody has it and again when they give it up") {
  CreditLedger house;
  const auto task = tasks::create(house.db, house.project, "Script", house.people_ids[0], noon);
  CHECK(credits::without_credit(house.db, house.project, 10).empty());
  tasks::finish(house.db, task, house.people_ids[1], "", noon);
  const auto without = credits::without_credit(house.db, house.project, 10);
  REQUIRE(without.size() == 1);
  CHECK(without[0].task_id == task);
  CHECK(without[0].person_name == "p1");
  Contribution said = software();
  const auto id = house.open(house.people_ids[1], said, task);
  CHECK(credits::without_credit(house.db, house.project, 10).empty());
  said.is_withdrawn = true;
  credits::add(house.db, id, Kind::withdrawn, said, house.people_ids[1], noon);
  CHECK(credits::without_credit(house.db, house.project, 10).size() == 1);
  CHECK(credits::of_task(house.db, task, 10).empty());
  CHECK(credits::find(house.db, id)->standing.is_withdrawn);
}

TEST_CASE("whatever is said, the ledger replays to the same totals") {
  for (unsigned seed = 1; seed <= 20; ++seed) {
    CAPTURE(seed);
    CreditLedger house(5);
    std::mt19937 random(seed);
    const auto pick = [&](std::size_t size) { return std::uniform_int_distribution<std::size_t>(0, size - 1)(random); };
    // What each credit ought to say, written down by hand beside the ledger.
    std::map<std::int64_t, std::pair<std::int64_t, Contribution>> expected;
    const Transaction transaction(house.db);
    for (int step = 0; step < 200; ++step) {
      const std::int64_t by = house.people_ids[pick(house.people_ids.size())];
      if (expected.empty() || pick(4) == 0) {
        const std::int64_t person = house.people_ids[pick(house.people_ids.size())];
        Contribution first = software();
        first.role = roles[pick(std::size(roles))];
        first.degree = degrees[pick(std::size(degrees))];
        const auto id = credits::open(house.db, house.project, person, std::nullopt, first, by, noon);
        expected[id] = {person, first};
        continue;
      }
      auto one = expected.begin();
      std::advance(one, static_cast<std::ptrdiff_t>(pick(expected.size())));
      Contribution said = one->second.second;
      constexpr Kind kinds[] = {Kind::confirmed, Kind::corrected, Kind::disputed, Kind::withdrawn, Kind::restored};
      const Kind kind = kinds[pick(std::size(kinds))];
      if (kind == Kind::confirmed) {
        said.confirmed_by_person = said.confirmed_by_person || pick(2) == 0;
        said.confirmed_by_lead = house.people_ids[0];
        said.dispute.clear();
      } else if (kind == Kind::corrected) {
        said.role = roles[pick(std::size(roles))];
        said.degree = degrees[pick(std::size(degrees))];
        said.confirmed_by_person = false;
        said.confirmed_by_lead.reset();
      } else if (kind == Kind::disputed) {
        said.dispute = "no";
      } else {
        said.is_withdrawn = kind == Kind::withdrawn;
      }
      credits::add(house.db, one->first, kind, said, by, noon + seconds(step));
      one->second.second = said;
    }
    Totals by_hand;
    for (const auto& [id, said] : expected) count(by_hand, said.first, said.second);
    CHECK(standing(house) == by_hand);
    CHECK(replayed(house) == by_hand);
    const auto waiting = credits::waiting(house.db, house.project).unconfirmed;
    CHECK(waiting == by_hand["unconfirmed"]);
  }
}

TEST_CASE("what counts when a project goes out is published with its latest version, and nothing else") {
  CreditLedger house(3);
  const auto [ana, ben, carol] = std::tuple(house.people_ids[0], house.people_ids[1], house.people_ids[2]);
  Contribution confirmed = software();
  confirmed.confirmed_by_person = true;
  confirmed.confirmed_by_lead = ana;
  house.open(ana, confirmed);
  house.open(ben, software());
  const auto task = tasks::create(house.db, house.project, "Screen", ana, noon);
  house.open(carol, confirmed, task);  // whose work is not done
  const auto version_of = [&](std::int64_t person) {
    const auto papers = manuscripts::published_with(house.db, person, 10);
    return papers.empty() ? std::nullopt : std::optional(papers.front().version);
  };
  manuscripts::publish(house.db, house.project, noon);
  CHECK(version_of(ana) == 0);
  CHECK_FALSE(version_of(ben));
  CHECK_FALSE(version_of(carol));

  manuscripts::add(house.db,
                   {.project_id = house.project, .version = 2, .link = "l", .added_by = ana, .added_at = noon});
  tasks::finish(house.db, task, carol, "", noon);
  manuscripts::publish(house.db, house.project, noon);
  CHECK(version_of(ana) == 2);
  CHECK_FALSE(version_of(ben));
  CHECK(version_of(carol) == 2);
}
