// The index answers as the tables do, whatever happens to them: asked for the same, plain SQL finds the same people.
#include "commands/matching/pool.h"

#include <algorithm>
#include <map>
#include <random>
#include <set>
#include <string>

#include <doctest/doctest.h>
#include <fmt/format.h>

#include "storage/migrations.h"
#include "storage/people.h"
#include "storage/profiles.h"
#include "tests/fakes/temporary_folder.h"

using namespace osrbot;
using namespace osrbot::matching;
using std::chrono::days;
using std::chrono::sys_days;
using std::chrono::sys_seconds;
namespace profiles = storage::profiles;

namespace {

const sys_seconds now = sys_days(std::chrono::year(2026) / 3 / 1);

const std::vector<std::string> countries = {"KE", "DK", "BR", "ET", ""};
const std::vector<std::string> disciplines = {"", "surgery", "Surgery ", "nursing", "statistics"};
const std::vector<std::string> languages = {"en", "fr", "pt-BR", "sw", "ar"};
const std::map<std::string, int> shared_by_zone = {{"", 0}, {"Africa/Nairobi", 10}, {"America/Lima", 4}, {"UTC", 12}};

class World {
 public:
  World()
      : db(folder_.path() / "osrbot.db", storage::Connection::Mode::read_write),
        incomes(IncomeGroups::load(std::filesystem::path(OSRBOT_SOURCE_DIR) / "config" / "income_groups.json")),
        pool(incomes, config) {
    storage::migrate(db, now);
    db.script(
        "INSERT INTO people (id, name, created_at) VALUES (1, 'Ana', 0);"
        "INSERT INTO projects (id, title, created_by, created_at) VALUES (1, 'Study', 1, 0);");
    pool.build_in_background(folder_.path() / "osrbot.db");
  }

  std::mt19937 random{5};
  std::uint32_t upto(std::uint32_t most) { return static_cast<std::uint32_t>(random() % most); }
  template <class T>
  const T& any(const std::vector<T>& all) {
    return all[upto(static_cast<std::uint32_t>(all.size()))];
  }
  std::string skill() { return fmt::format("skill-{}", upto(4)); }

  std::int64_t add_person() {
    const std::int64_t id = db.number("INSERT INTO people (name, created_at) VALUES ('Ben', 0) RETURNING id");
    if (upto(10) > 0) profiles::consent(db, id, 1, "console", now);
    change(id);
    return id;
  }

  /// Something happens to a person.
  void change(std::int64_t id) {
    auto profile = profiles::find(db, id);
    if (!profile || !profile->has_consent()) {
      profiles::set_stopped_at(db, id, upto(2) == 0 ? std::optional(now) : std::nullopt);
      return;
    }
    switch (upto(9)) {
      case 0:
        profiles::set_paused_until(db, id, now + days(upto(5)) - days(2));
        break;
      case 1:
        profiles::set_stopped_at(db, id, upto(2) == 0 ? std::optional(now) : std::nullopt);
        break;
      case 2:
        profiles::set_invitations_open(db, id, upto(3) > 0);
        break;
      case 3:
        profiles::set_languages(db, id, {any(languages), any(languages)});
        break;
      case 4: {
        auto zone = shared_by_zone.begin();
        std::advance(zone, upto(4));
        storage::people::set_time_zone(db, id, zone->first);
        break;
      }
      case 5:
        ask(id);
        break;
      case 6:
        if (upto(4) == 0) db.run("DELETE FROM profiles WHERE person_id = ?", {id});
        break;
      default:
        profile->country = any(countries);
        profile->discipline = any(disciplines);
        if (upto(5) > 0) profile->hours = 0.1 * (1 + upto(100));
        profile->growth = upto(2) == 0;
        profiles::describe(db, *profile);
        profiles::set_skill(db, id, skill(), upto(3) == 0 ? storage::SkillKind::wants : storage::SkillKind::has);
        if (upto(3) == 0) profiles::remove_skill(db, id, skill());
    }
  }

  void ask(std::int64_t id) {
    const std::int64_t need = db.number(
        "INSERT INTO needs (project_id, skill, count, created_by, created_at) VALUES (1, 'x', 1, 1, 0) RETURNING id");
    const char* states[] = {"sent", "yes", "no", "unreachable"};
    const std::string state = states[upto(4)];
    const sys_seconds sent = now - days(upto(40));
    db.run(
        "INSERT INTO invitations (need_id, person_id, wave, state, why_not, because, sent_at, answered_at, adapter, "
        "workspace, conversation) VALUES (?, ?, 1, ?, ?, '{}', ?, ?, 'console', '', 'x')",
        {need, id, state, state == "no" && upto(2) == 0 ? "time" : "", sent,
         state == "sent" ? std::nullopt : std::optional(sent + days(upto(3)))});
  }

  std::map<std::int64_t, int> by_sql(const std::string& skill_id, const Wanted& wanted, bool lmic_only) {
    std::string team_languages;
    for (const std::string& one : wanted.team_languages) {
      team_languages += fmt::format(" OR l.language = '{0}' OR l.language LIKE '{0}-%'", one);
    }
    std::string team_disciplines = "''";
    for (const std::string& one : wanted.team_disciplines) team_disciplines += fmt::format(", '{}'", one);
    std::string zones;
    for (const auto& [zone, hours] : shared_by_zone) zones += fmt::format(" WHEN '{}' THEN {}", zone, hours);
    std::map<std::int64_t, int> found;
    db.each(
        fmt::format(
            "SELECT p.person_id, CASE s.kind WHEN 'has' THEN 45 ELSE round(45 * 0.5) END "
            "+ COALESCE(round(15 * min(1.0, p.hours / {0})), 0) "
            "+ CASE WHEN lower(trim(p.discipline)) IN ({1}) THEN 0 ELSE 10 END "
            "+ CASE WHEN EXISTS (SELECT 1 FROM person_languages l WHERE l.person_id = p.person_id AND (0{2})) "
            "THEN 10 ELSE 0 END + round(10 * (CASE o.time_zone{3} ELSE 0 END) / 12.0) + 10 * (p.growth OR p.country IN "
            "('KE', 'BR', 'ET')), p.country "
            "FROM profiles p JOIN people o ON o.id = p.person_id JOIN person_skills s ON s.person_id = p.person_id "
            "WHERE s.skill = ?1 AND p.consent_version IS NOT NULL AND p.stopped_at IS NULL AND p.invitations_open "
            "AND COALESCE(p.paused_until, 0) <= ?2 AND NOT EXISTS (SELECT 1 FROM invitations i WHERE "
            "i.person_id = p.person_id AND i.state <> 'unreachable' AND i.sent_at > ?2 - 7 * 86400) "
            "AND (SELECT COUNT(*) FROM invitations i WHERE i.person_id = p.person_id AND i.state <> 'unreachable' "
            "AND i.sent_at > ?2 - 30 * 86400) < 3 "
            "AND (SELECT COUNT(*) FROM (SELECT * FROM invitations i WHERE i.person_id = p.person_id AND "
            "i.state <> 'unreachable' ORDER BY i.sent_at DESC LIMIT 2) WHERE answered_at IS NULL) < 2 "
            "AND NOT EXISTS (SELECT 1 FROM (SELECT * FROM invitations i WHERE i.person_id = p.person_id AND "
            "i.state <> 'unreachable' ORDER BY i.sent_at DESC LIMIT 3) WHERE why_not = 'time' AND answered_at > ?2 - "
            "30 * 86400)",
            *wanted.hours, team_disciplines, team_languages, zones),
        {skill_id, now}, [&](const storage::Row& row) {
          const std::string country = row.text(2);
          if (lmic_only && country != "KE" && country != "BR" && country != "ET") return;
          found[row.integer(0)] = static_cast<int>(row.real(1));
        });
    return found;
  }

  /// Compares for every skill.
  void compare() {
    const Index* index = pool.index(db);
    REQUIRE(index != nullptr);
    const Wanted wanted{.skill = {},
                        .hours = 3.5,
                        .team_disciplines = {"surgery"},
                        .team_languages = {"fr", "pt"},
                        .shared_hours = [](const std::string& zone) { return shared_by_zone.at(zone); },
                        .weights = {}};
    for (int skill = 0; skill < 4; ++skill) {
      Wanted one = wanted;
      one.skill = fmt::format("skill-{}", skill);
      for (const bool lmic_only : {false, true}) {
        Index::Query query{.wanted = one, .now = now, .limit = 10'000, .lmic_only = lmic_only, .seed = 3};
        const auto all = index->best(query);
        std::map<std::int64_t, int> found;
        for (const Candidate& candidate : all) found[candidate.person] = candidate.fit.total();
        const auto expected = by_sql(one.skill, one, lmic_only);
        REQUIRE(all.size() == found.size());
        REQUIRE(found == expected);
        REQUIRE(std::ranges::is_sorted(all, std::ranges::greater(),
                                       [](const Candidate& candidate) { return candidate.fit.total(); }));
        query.limit = 7;
        const auto first = index->best(query);
        REQUIRE(first == std::vector(all.begin(), all.begin() + static_cast<std::ptrdiff_t>(first.size())));
        REQUIRE(first.size() == std::min<std::size_t>(7, all.size()));
      }
    }
  }

 private:
  fakes::TemporaryFolder folder_;

 public:
  storage::Connection db;
  IncomeGroups incomes;
  MatchingConfig config;
  Pool pool;
};

}  // namespace

TEST_CASE("the index finds the people whom plain SQL finds, before and after every commit and every rollback") {
  World world;
  world.pool.wait();
  std::vector<std::int64_t> people;
  for (int round = 0; round < 60; ++round) {
    {
      storage::Transaction transaction(world.db);
      for (int i = 0; i < 20; ++i) people.push_back(world.add_person());
      for (int i = 0; i < 60; ++i) world.change(world.any(people));
      if (world.upto(2) == 0) world.compare();
      {
        storage::Savepoint savepoint(world.db);
        for (int i = 0; i < 20; ++i) world.change(world.any(people));
        if (world.upto(2) == 0) world.compare();
        if (world.upto(2) == 0) savepoint.keep();
      }
      if (world.upto(2) == 0) world.compare();
      if (world.upto(4) > 0) {
        transaction.commit();
      } else {
        people.resize(people.size() - 20);
      }
    }
    if (world.upto(3) > 0) world.pool.settle(world.db);
    world.compare();
  }
  REQUIRE(people.size() > 500);
}

TEST_CASE("who changes while the index is being built is not missed") {
  World world;
  {
    storage::Transaction transaction(world.db);
    for (int i = 0; i < 200; ++i) world.add_person();
    transaction.commit();
  }
  world.pool.settle(world.db);
  world.pool.wait();
  world.pool.settle(world.db);
  world.compare();
}

TEST_CASE("nobody is found before the index is built") {
  const fakes::TemporaryFolder folder;
  storage::Connection db(folder.path() / "osrbot.db", storage::Connection::Mode::read_write);
  storage::migrate(db, now);
  const auto incomes = IncomeGroups::load(std::filesystem::path(OSRBOT_SOURCE_DIR) / "config" / "income_groups.json");
  const MatchingConfig config;
  Pool pool(incomes, config);
  CHECK(pool.index(db) == nullptr);
}

TEST_CASE("of those who fit as well, who was not asked for the longest time comes first, then the lot decides") {
  Index index;
  const auto person = [&](std::int64_t id, sys_seconds last_asked) {
    index.put({.person = id, .skills = {{.id = "r"}}, .last_asked = last_asked});
  };
  for (std::int64_t id = 1; id <= 50; ++id) person(id, {});
  person(60, now - days(90));
  person(61, now - days(100));
  const Wanted wanted{.skill = "r", .shared_hours = [](const std::string&) { return 0; }};
  const auto order = [&](std::uint64_t seed) {
    std::vector<std::int64_t> people;
    for (const Candidate& one : index.best({.wanted = wanted, .now = now, .limit = 100, .seed = seed})) {
      people.push_back(one.person);
    }
    return people;
  };
  const auto people = order(1);
  REQUIRE(people.size() == 52);
  CHECK(people[50] == 61);
  CHECK(people[51] == 60);
  CHECK(people == order(1));
  CHECK(people != order(2));
}

TEST_CASE("whoever lives in a low- or middle-income country gets the points of growth, whatever else they say") {
  const auto incomes = IncomeGroups::load(std::filesystem::path(OSRBOT_SOURCE_DIR) / "config" / "income_groups.json");
  const auto facts = [&](const std::string& country, bool says_so) {
    storage::Volunteer volunteer;
    volunteer.country = country;
    volunteer.growth = says_so;
    return facts_of(volunteer, incomes, MatchingConfig());
  };
  CHECK(facts("KE", false).lmic);
  CHECK(facts("KE", false).growth);
  CHECK_FALSE(facts("DK", false).growth);
  CHECK(facts("DK", true).growth);
  CHECK_FALSE(facts("DK", true).lmic);
  CHECK_FALSE(facts("", false).growth);
}

TEST_CASE("the best few are the first of all, whatever weighs most") {
  std::mt19937 random(11);
  const auto upto = [&](int most) { return static_cast<int>(random() % static_cast<unsigned>(most)); };
  Index index;
  for (std::int64_t id = 1; id <= 3000; ++id) {
    Facts facts{.person = id, .skills = {{.id = "r", .learning = upto(3) == 0}}};
    if (upto(4) > 0) facts.hours = 0.5 * (1 + upto(60));
    facts.discipline = upto(2) == 0 ? "nursing" : "surgery";
    facts.languages = {upto(2) == 0 ? "fr" : "en"};
    facts.time_zone = upto(2) == 0 ? "UTC" : "Africa/Nairobi";
    facts.lmic = upto(2) == 0;
    facts.growth = facts.lmic || upto(2) == 0;
    if (upto(2) == 0) facts.last_asked = now - days(30 + upto(5));
    index.put(facts);
  }
  for (int round = 0; round < 50; ++round) {
    const Wanted wanted{.skill = "r",
                        .hours = upto(3) == 0 ? std::nullopt : std::optional(0.5 * (1 + upto(80))),
                        .team_disciplines = {"surgery"},
                        .team_languages = {"en"},
                        .shared_hours = [](const std::string& zone) { return zone == "UTC" ? 12 : 5; },
                        .weights = {.skill = upto(50),
                                    .hours = upto(50),
                                    .discipline = upto(50),
                                    .language = upto(50),
                                    .waking = upto(50),
                                    .growth = upto(50),
                                    .learner_percent = upto(101)}};
    Index::Query query{.wanted = wanted, .now = now, .limit = 5000, .seed = static_cast<std::uint64_t>(round)};
    query.lmic_only = upto(2) == 0;
    query.skilled_only = upto(2) == 0;
    const auto all = index.best(query);
    for (const std::size_t limit : {1U, 7U, 40U}) {
      query.limit = limit;
      REQUIRE(index.best(query) == std::vector(all.begin(), all.begin() + static_cast<std::ptrdiff_t>(limit)));
    }
  }
}

TEST_CASE("an index that many changes have worn out says so") {
  Index index;
  const auto put = [&](std::int64_t id) { index.put({.person = id, .skills = {{.id = "r"}}}); };
  for (std::int64_t id = 1; id <= 3000; ++id) put(id);
  CHECK_FALSE(index.worn_out());
  for (std::int64_t id = 1; id <= 2000; ++id) put(id);
  CHECK(index.people() == 3000);
  CHECK(index.worn_out());
}
