// How quickly commands are answered when there are a million people, ten thousand projects and a million tasks: the
// real router, commands, engine and database file, with platforms of straw. A time is from the update's arrival until
// its answer was sent and both are committed. Prints figures and judges nothing.
// usage: scale_bench [PEOPLE PROJECTS TASKS]
#include <algorithm>
#include <chrono>
#include <cstdint>
#include <cstdlib>
#include <functional>
#include <random>
#include <string>
#include <vector>

#include <fmt/format.h>

#include "storage/migrations.h"
#include "storage/sql.h"
#include "tests/fakes/temporary_folder.h"
#include "tests/scenario/world.h"

using namespace osrbot;
using std::chrono::steady_clock;

namespace {

struct Size {
  std::int64_t people = 1'000'000;
  std::int64_t projects = 10'000;
  std::int64_t tasks = 1'000'000;
};

constexpr int warm_up = 20;
constexpr int repetitions = 300;

/// Person n is user "id-n" on Telegram and member of project n modulo the number of projects, which person 1..projects
/// coordinates. Every fifth task is held, every second done. One project is a hundred times as large as the others.
void fill(const std::string& file, const Size& size) {
  {
    storage::Connection db(file, storage::Connection::Mode::read_write);
    storage::migrate(db, {});
  }
  storage::Connection db(file, storage::Connection::Mode::read_write);  // one that notes no changes
  storage::Transaction transaction(db);
  const auto numbers = [](std::int64_t count) {
    return fmt::format("WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {}) ", count);
  };
  db.run(numbers(size.people) + "INSERT INTO people (id, name, created_at) SELECT i, 'Person ' || i, 0 FROM n");
  db.run(numbers(size.people) +
         "INSERT INTO identities (adapter, workspace, user_id, person_id, handle, handle_key) "
         "SELECT 'telegram', '', 'id-' || i, i, 'p' || i, 'p' || i FROM n");
  db.run(numbers(size.projects) +
         "INSERT INTO projects (id, title, created_by, created_at) SELECT i, 'Study ' || i, i, 0 FROM n");
  db.run(numbers(size.people) +
             "INSERT INTO memberships (project_id, person_id, role, joined_at) "
             "SELECT 1 + (i - 1) % ?1, i, CASE WHEN i <= ?1 THEN 'coordinator' ELSE 'contributor' END, 0 FROM n",
         {size.projects});
  db.run(
      numbers(size.tasks) +
          "INSERT INTO tasks (id, project_id, title, state, owner_id, claimed_at, last_activity, created_by, "
          "created_at, done_at) SELECT i, CASE WHEN i % 100 = 0 THEN 1 ELSE 1 + (i / 100 * 7 + i) % ?1 END, "
          "'Task ' || i, CASE i % 10 WHEN 0 THEN 'claimed' WHEN 1 THEN 'doing' WHEN 2 THEN 'open' WHEN 3 THEN 'open' "
          "WHEN 4 THEN 'open' ELSE 'done' END, CASE WHEN i % 10 IN (2, 3, 4) THEN NULL ELSE 1 + (i * 13) % ?2 END, "
          "CASE WHEN i % 10 IN (2, 3, 4) THEN NULL ELSE 1 END, CASE WHEN i % 10 IN (2, 3, 4) THEN NULL ELSE 1 END, 1, "
          "0, CASE WHEN i % 10 > 4 THEN 1 END FROM n",
      {size.projects, size.people});
  db.run(numbers(size.tasks) +
         "INSERT INTO audit (at, person_id, action, object, project_id, adapter, update_key) SELECT 0, "
         "t.owner_id, 'task.claimed', 'T' || i, t.project_id, 'telegram', '' || i FROM n JOIN tasks t ON t.id = n.i");
  transaction.commit();
}

class Bench {
 public:
  Bench(const std::string& folder, const Size& size)
      : world_(folder, std::string(OSRBOT_SOURCE_DIR) + "/config"), size_(size) {}

  /// Milliseconds that each of many commands took.
  void measure(const char* name, const std::function<std::string()>& command) {
    std::vector<double> times;
    std::size_t bytes = 0;
    for (int i = 0; i < warm_up + repetitions; ++i) {
      Update update = from(1 + pick(size_.people), command());
      const auto begin = steady_clock::now();
      world_.happens(std::move(update));
      const std::chrono::duration<double, std::milli> took = steady_clock::now() - begin;
      for (const auto& said : world_.take_said()) bytes += plain_text(said.message).size();
      if (i >= warm_up) times.push_back(took.count());
    }
    for (const std::string& failure : world_.take_failures()) fmt::print("failed: {}\n", failure);
    std::ranges::sort(times);
    const auto at = [&](double share) { return times[static_cast<std::size_t>(share * double(times.size() - 1))]; };
    fmt::print("{:<22} p50 {:7.2f} ms   p99 {:7.2f} ms   {:5} bytes an answer\n", name, at(0.5), at(0.99),
               bytes / (warm_up + repetitions));
  }

  std::int64_t pick(std::int64_t count) { return std::uniform_int_distribution<std::int64_t>(0, count - 1)(random_); }
  std::string project() { return fmt::format("P{}", 1 + pick(size_.projects)); }
  std::string task() { return fmt::format("T{}", 1 + pick(size_.tasks)); }

  /// An open task, and whoever may claim it is the next to write.
  std::string open_task_of_next_sender() {
    const std::int64_t task = pick(size_.tasks / 10) * 10 + 2;
    const std::int64_t project = world_.db().number("SELECT project_id FROM tasks WHERE id = ?", {task});
    next_sender_ = project + size_.projects * pick(size_.people / size_.projects);
    return fmt::format("claim T{}", task);
  }

 private:
  Update from(std::int64_t person, std::string text) {
    if (next_sender_ > 0) person = std::exchange(next_sender_, 0);
    Update update;
    update.key = std::to_string(++updates_) + "-bench";
    update.place = {.adapter = "telegram",
                    .workspace = "",
                    .conversation = fmt::format("with-{}", person),
                    .thread = "",
                    .is_private = true};
    update.from.id = fmt::format("id-{}", person);
    update.from.name = fmt::format("Person {}", person);
    update.from.handle = fmt::format("p{}", person);
    update.text = std::move(text);
    update.addressed = true;
    update.message_id = update.key;
    return update;
  }

  scenario::World world_;
  Size size_;
  std::mt19937_64 random_{20260302};
  std::int64_t next_sender_ = 0;
  std::uint64_t updates_ = 0;
};

}  // namespace

int main(int count, char** arguments) {
  Size size;
  if (count == 4) size = {std::atoll(arguments[1]), std::atoll(arguments[2]), std::atoll(arguments[3])};
  const fakes::TemporaryFolder folder;
  const auto begin = steady_clock::now();
  fill((folder.path() / "osrbot.db").string(), size);
  fmt::print("{} people, {} projects, {} tasks: filled in {:.0f} s\n", size.people, size.projects, size.tasks,
             std::chrono::duration<double>(steady_clock::now() - begin).count());
  Bench bench(folder.path().string(), size);
  bench.measure("status", [&] { return "status " + bench.project(); });
  bench.measure("status (largest)", [] { return std::string("status P1"); });
  bench.measure("tasks", [&] { return "tasks " + bench.project(); });
  bench.measure("tasks (largest)", [] { return std::string("tasks P1"); });
  bench.measure("tasks mine", [&] { return std::string("tasks mine"); });
  bench.measure("project list", [&] { return std::string("project list"); });
  bench.measure("project list, later", [&] { return "project list after " + bench.project(); });
  bench.measure("claim", [&] { return bench.open_task_of_next_sender(); });
  bench.measure("undo", [&] { return std::string("undo"); });
  bench.measure("log", [&] { return "log " + bench.project(); });
  bench.measure("log of a task", [&] { return "log " + bench.task(); });
  bench.measure("report", [&] { return "report " + bench.project(); });
  bench.measure("report (largest)", [] { return std::string("report P1"); });
}
