// How long it takes to find the best people for a need among 10^4, 10^5 and 10^6, with 500 skills, five each, spread by
// Zipf's law as skills are; how much memory the index takes; and how long it is built from the tables.
// usage: matching_bench [MOST_PEOPLE]     default 1000000
#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdlib>
#include <ctime>
#include <filesystem>
#include <random>
#include <set>
#include <string>
#include <vector>

#include <fmt/format.h>

#include "commands/matching/pool.h"
#include "storage/migrations.h"
#include "tests/fakes/temporary_folder.h"

using namespace osrbot;
using namespace osrbot::matching;
using Clock = std::chrono::steady_clock;

namespace {

constexpr int skills = 500;
constexpr int skills_each = 5;
constexpr int needs = 2'000;
const std::chrono::sys_seconds now = std::chrono::sys_days(std::chrono::year(2026) / 3 / 1);

double ms_since(Clock::time_point begin) {
  return std::chrono::duration<double, std::milli>(Clock::now() - begin).count();
}

/// Of this program alone: what others do on the machine is not in it.
double processor_ms() {
  return 1000.0 * static_cast<double>(std::clock()) / CLOCKS_PER_SEC;
}

class Zipf {
 public:
  explicit Zipf(int most) {
    double sum = 0;
    for (int rank = 1; rank <= most; ++rank) below_.push_back(sum += 1.0 / rank);
  }
  std::size_t operator()(std::mt19937_64& random) const {
    const double at = std::uniform_real_distribution<double>(0, below_.back())(random);
    return static_cast<std::size_t>(std::ranges::lower_bound(below_, at) - below_.begin());
  }

 private:
  std::vector<double> below_;
};

/// People as they are: few languages and zones, hours between one and twelve, some paused, some asked lately.
class Crowd {
 public:
  Facts next() {
    Facts facts{
        .person = ++last_,
        .skills = {},
        .hours = static_cast<double>(1 + random() % 12),
        .discipline = fmt::format("discipline {}", disciplines_(random)),
        .languages = {fmt::format("l{}", languages_(random))},
        .time_zone = fmt::format("Zone/{}", random() % 400),
        .lmic = random() % 3 == 0,
        .growth = random() % 2 == 0,
        .free_from = random() % 10 == 0 ? now + std::chrono::days(3) : std::chrono::sys_seconds(),
        .last_asked = random() % 3 == 0 ? now - std::chrono::days(8 + random() % 300) : std::chrono::sys_seconds()};
    while (random() % 2 == 0 && facts.languages.size() < 4)
      facts.languages.push_back(fmt::format("l{}", languages_(random)));
    std::set<std::size_t> known;
    while (known.size() < skills_each) known.insert(skill(random));
    for (const std::size_t one : known) facts.skills.push_back({fmt::format("skill-{}", one), random() % 4 == 0});
    return facts;
  }
  std::mt19937_64 random{42};
  Zipf skill{skills};

 private:
  Zipf disciplines_{200};
  Zipf languages_{60};
  std::int64_t last_ = 0;
};

Wanted wanted_for(std::size_t skill) {
  return {.skill = fmt::format("skill-{}", skill),
          .hours = 4,
          .team_disciplines = {"discipline 0", "discipline 3"},
          .team_languages = {"l0", "l7"},
          .shared_hours = [](const std::string& zone) { return static_cast<int>(zone.size() * 7 % 13); },
          .weights = {}};
}

void measure(std::int64_t people) {
  Crowd crowd;
  Index index;
  const auto begin = Clock::now();
  for (std::int64_t i = 0; i < people; ++i) index.put(crowd.next());
  const double built = ms_since(begin);
  std::vector<double> work;
  const auto query = [&](std::size_t skill) {
    const Wanted wanted = wanted_for(skill);
    const double worked = processor_ms();
    const auto from = Clock::now();
    const auto best = index.best({.wanted = wanted, .now = now, .limit = 40, .seed = skill});
    const auto lmic = index.best({.wanted = wanted, .now = now, .limit = 40, .lmic_only = true, .seed = skill});
    const double ms = ms_since(from);
    work.push_back(processor_ms() - worked);
    if (best.empty() || lmic.empty()) std::abort();  // nothing would have been measured
    return ms;
  };
  std::vector<double> times;
  for (int i = 0; i < needs; ++i) times.push_back(query(crowd.skill(crowd.random)));
  std::ranges::sort(times);
  std::ranges::sort(work);
  const double work_p99 = work[work.size() * 99 / 100];
  const double most_wanted = query(0);
  fmt::print(
      "{:>9} people: p50 {:6.2f} ms  p99 {:6.2f} ms (on the processor {:6.2f} ms)  max {:6.2f} ms  commonest skill "
      "{:6.2f} ms  index {:5.1f} MB "
      "(generated and put in {:.0f} ms)\n",
      people, times[times.size() / 2], times[times.size() * 99 / 100], work_p99, times.back(), most_wanted,
      static_cast<double>(index.bytes()) / 1e6, built);
}

void measure_tables(std::int64_t people) {
  const fakes::TemporaryFolder folder;
  const auto file = folder / "osrbot.db";
  storage::Connection db(file, storage::Connection::Mode::read_write);
  storage::migrate(db, now);
  {
    Crowd crowd;
    storage::Transaction transaction(db);
    for (std::int64_t i = 0; i < people; ++i) {
      const Facts one = crowd.next();
      db.run("INSERT INTO people (id, name, time_zone, created_at) VALUES (?, 'Ana', ?, 0)",
             {one.person, one.time_zone});
      db.run(
          "INSERT INTO profiles (person_id, country, hours, discipline, growth, consent_version, consented_at) "
          "VALUES (?, ?, ?, ?, ?, 1, 0)",
          {one.person, one.lmic ? "KE" : "DK", one.hours, one.discipline, one.growth ? 1 : 0});
      for (const Skill& skill : one.skills) {
        db.run("INSERT INTO person_skills (person_id, skill, kind) VALUES (?, ?, ?)",
               {one.person, skill.id, skill.learning ? "wants" : "has"});
      }
      for (const std::string& language : one.languages) {
        db.run("INSERT INTO person_languages (person_id, language) VALUES (?, ?) ON CONFLICT DO NOTHING",
               {one.person, language});
      }
    }
    storage::volunteers::forget_changes(db);
    transaction.commit();
  }
  const auto incomes = IncomeGroups::load(std::filesystem::path(OSRBOT_SOURCE_DIR) / "config" / "income_groups.json");
  const MatchingConfig config;
  Pool pool(incomes, config);
  const auto begin = Clock::now();
  pool.build_in_background(file);
  pool.wait();
  const double built = ms_since(begin);
  pool.settle(db);
  std::vector<double> times;
  for (std::int64_t i = 1; i <= 200; ++i) {
    db.run("UPDATE profiles SET hours = 3 WHERE person_id = ?", {i});
    const auto from = Clock::now();
    pool.settle(db);
    times.push_back(ms_since(from));
  }
  std::ranges::sort(times);
  fmt::print(
      "{:>9} people: built from the tables in {:.0f} ms; one person read again after a commit in {:.3f} ms (p50), "
      "{:.3f} ms (p99)\n",
      people, built, times[100], times[198]);
}

}  // namespace

int main(int count, char** arguments) {
  const std::int64_t most = count > 1 ? std::atoll(arguments[1]) : 1'000'000;
  for (std::int64_t people = 10'000; people <= most; people *= 10) measure(people);
  for (std::int64_t people = 10'000; people <= most; people *= 10) measure_tables(people);
}
