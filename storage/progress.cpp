#include "storage/progress.h"

#include <algorithm>
#include <map>
#include <utility>

#include <fmt/format.h>

#include "storage/people.h"

namespace osrbot::storage::progress {
namespace {

constexpr std::string_view columns =
    "t.id, t.title, t.state, p.name, date(t.created_at, 'unixepoch'), date(t.claimed_at, 'unixepoch'), "
    "date(t.done_at, 'unixepoch'), t.evidence, t.size, t.skill, t.progress, t.due_on";
constexpr int number_of_columns = 12;

Line read_line(const Row& row) {
  return {.id = row.integer(0),
          .title = row.text(1),
          .state = row.text(2),
          .owner = row.text(3),
          .size = row.text(8),
          .skill = row.text(9),
          .progress = row.integer(10),
          .due = row.text(11),
          .created = row.text(4),
          .claimed = row.text(5),
          .done = row.text(6),
          .evidence = row.text(7)};
}

/// The first rows and their number, in one pass.
Lines lines(Connection& db, std::string_view where, std::string_view order, Parameters parameters) {
  Lines result;
  db.each(fmt::format("SELECT {}, COUNT(*) OVER () FROM tasks t LEFT JOIN people p ON p.id = t.owner_id "
                      "WHERE t.project_id = ? AND {} ORDER BY {}, t.id LIMIT ?",
                      columns, where, order),
          parameters, [&](const Row& row) {
            result.first.push_back(read_line(row));
            result.all = row.integer(number_of_columns);
          });
  return result;
}

}  // namespace

Lines finished(Connection& db, std::int64_t project_id, const Period& period, int limit) {
  return lines(db, "t.state = 'done' AND t.done_at >= ? AND t.done_at < ?", "t.done_at",
               {project_id, period.from, period.to, limit});
}

Lines added(Connection& db, std::int64_t project_id, const Period& period, int limit) {
  return lines(db, "t.state <> 'cancelled' AND t.created_at >= ? AND t.created_at < ?", "t.created_at",
               {project_id, period.from, period.to, limit});
}

Lines unowned(Connection& db, std::int64_t project_id, int limit) {
  return lines(db, "t.state = 'open'", "t.created_at", {project_id, limit});
}

Lines under_way(Connection& db, std::int64_t project_id, int limit) {
  return lines(db, "t.state IN ('claimed', 'doing')", "t.claimed_at", {project_id, limit});
}

Lines blocked(Connection& db, std::int64_t project_id, int limit) {
  return lines(db, "t.state = 'blocked'", "t.claimed_at", {project_id, limit});
}

Lines overdue(Connection& db, std::int64_t project_id, std::string_view today, int limit) {
  return lines(db, "t.due_on <> '' AND t.due_on < ? AND t.state NOT IN ('done', 'cancelled')", "t.due_on",
               {project_id, today, limit});
}

void each_task(Connection& db, std::int64_t project_id, const std::function<void(const Line&)>& line) {
  db.each(fmt::format("SELECT {} FROM tasks t LEFT JOIN people p ON p.id = t.owner_id WHERE t.project_id = ? "
                      "ORDER BY t.id",
                      columns),
          {project_id}, [&](const Row& row) { line(read_line(row)); });
}

Standing standing(Connection& db, std::int64_t project_id, std::string_view today, std::size_t people) {
  Standing result;
  std::map<std::int64_t, std::int64_t> held;
  result.counts = tasks::count(db, project_id, [&held](std::int64_t owner) { ++held[owner]; });

  std::vector<std::pair<std::int64_t, std::int64_t>> busiest(held.begin(), held.end());
  const auto named = busiest.begin() + static_cast<std::ptrdiff_t>(std::min(people, busiest.size()));
  std::ranges::partial_sort(busiest, named, [](const auto& a, const auto& b) {
    return a.second != b.second ? a.second > b.second : a.first < b.first;
  });
  for (auto load = busiest.begin(); load != named; ++load) {
    if (auto person = people::find(db, load->first)) {
      result.busiest.push_back({.person = std::move(person->name), .tasks = load->second});
    }
  }

  result.overdue = db.number(
      "SELECT COUNT(*) FROM tasks WHERE project_id = ? AND due_on <> '' AND due_on < ? AND state NOT IN ('done', "
      "'cancelled')",
      {project_id, today});
  return result;
}

}  // namespace osrbot::storage::progress
