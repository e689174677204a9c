#include "storage/credits.h"

#include <array>

#include <fmt/format.h>

namespace osrbot::storage::credits {
namespace {

constexpr std::array<std::string_view, 7> kinds = {"claimed",  "evidenced", "confirmed", "corrected",
                                                   "disputed", "withdrawn", "restored"};

/// Each credit with the last line of the ledger about it.
constexpr std::string_view standing =
    "SELECT c.id, c.project_id, c.person_id, p.name, c.task_id, COALESCE(t.title, ''), "
    "t.id IS NULL OR t.state = 'done', COALESCE(t.evidence, ''), e.role, e.degree, e.evidence, e.confirmed_by_person, "
    "e.is_lead_sure, e.confirmed_by_lead, e.dispute, e.is_withdrawn, e.written_by, e.at "
    "FROM credits c CROSS JOIN contributions e ON e.id = (SELECT MAX(id) FROM contributions WHERE credit_id = c.id) "
    "JOIN people p ON p.id = c.person_id LEFT JOIN tasks t ON t.id = c.task_id WHERE ";

constexpr std::string_view is_unconfirmed =
    "e.is_withdrawn = 0 AND (t.id IS NULL OR t.state = 'done') AND "
    "(e.confirmed_by_person = 0 OR e.is_lead_sure = 0 OR e.dispute <> '')";

/// Stands for a lead who confirmed something and was forgotten since.
constexpr std::int64_t somebody = 0;

std::optional<std::int64_t> known(std::optional<std::int64_t> lead) {
  return lead == somebody ? std::nullopt : lead;
}

std::string with(std::string_view condition) {
  return fmt::format("{}{}", standing, condition);
}

Contribution read_contribution(const Row& row, int first) {
  return {.role = row.text(first),
          .degree = row.text(first + 1),
          .evidence = row.text(first + 2),
          .confirmed_by_person = row.boolean(first + 3),
          .confirmed_by_lead =
              row.boolean(first + 4) ? std::optional(row.maybe_integer(first + 5).value_or(somebody)) : std::nullopt,
          .dispute = row.text(first + 6),
          .is_withdrawn = row.boolean(first + 7)};
}

Credit read(const Row& row) {
  return {.id = row.integer(0),
          .project_id = row.integer(1),
          .person_id = row.integer(2),
          .person_name = row.text(3),
          .task_id = row.maybe_integer(4),
          .task_title = row.text(5),
          .is_work_done = row.boolean(6),
          .task_evidence = row.text(7),
          .standing = read_contribution(row, 8),
          .written_by = row.integer(16),
          .at = row.time(17)};
}

std::vector<Credit> credits_from(Connection& db, std::string_view sql, Parameters parameters) {
  std::vector<Credit> result;
  db.each(sql, parameters, [&](const Row& row) { result.push_back(read(row)); });
  return result;
}

}  // namespace

std::string_view to_string(Kind kind) {
  return kinds[static_cast<std::size_t>(kind)];
}

std::int64_t open(Connection& db, std::int64_t project_id, std::int64_t person_id, std::optional<std::int64_t> task_id,
                  const Contribution& first, std::int64_t written_by, std::chrono::sys_seconds now) {
  const std::int64_t id = db.insert("INSERT INTO credits (project_id, person_id, task_id) VALUES (?, ?, ?)",
                                    {project_id, person_id, task_id});
  add(db, id, Kind::claimed, first, written_by, now);
  return id;
}

void add(Connection& db, std::int64_t credit_id, Kind kind, const Contribution& said, std::int64_t written_by,
         std::chrono::sys_seconds now) {
  db.run(
      "INSERT INTO contributions (credit_id, kind, role, degree, evidence, confirmed_by_person, is_lead_sure, "
      "confirmed_by_lead, dispute, is_withdrawn, written_by, at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
      {credit_id, to_string(kind), said.role, said.degree, said.evidence, said.confirmed_by_person ? 1 : 0,
       said.confirmed_by_lead ? 1 : 0, known(said.confirmed_by_lead), said.dispute, said.is_withdrawn ? 1 : 0,
       written_by, now});
}

std::optional<Credit> find(Connection& db, std::int64_t id) {
  static const std::string sql = with("c.id = ?");
  return db.one(sql, {id}, read);
}

std::int64_t last_line(Connection& db, std::int64_t credit_id) {
  return db.number("SELECT COALESCE(MAX(id), 0) FROM contributions WHERE credit_id = ?", {credit_id});
}

std::optional<Contribution> before_last(Connection& db, std::int64_t credit_id) {
  return db.one(
      "SELECT role, degree, evidence, confirmed_by_person, is_lead_sure, confirmed_by_lead, dispute, is_withdrawn "
      "FROM contributions WHERE credit_id = ? ORDER BY id DESC LIMIT 1 OFFSET 1",
      {credit_id}, [](const Row& row) { return read_contribution(row, 0); });
}

std::vector<Credit> of_person(Connection& db, std::int64_t project_id, std::int64_t person_id, int limit) {
  static const std::string sql =
      with("c.project_id = ? AND c.person_id = ? AND e.is_withdrawn = 0 ORDER BY c.id LIMIT ?");
  return credits_from(db, sql, {project_id, person_id, limit});
}

std::vector<Credit> of_task(Connection& db, std::int64_t task_id, int limit) {
  static const std::string sql = with("c.task_id = ? AND e.is_withdrawn = 0 ORDER BY c.id LIMIT ?");
  return credits_from(db, sql, {task_id, limit});
}

std::vector<Credit> everywhere_of(Connection& db, std::int64_t person_id, std::int64_t after, int limit) {
  static const std::string sql = with("c.person_id = ? AND c.id > ? AND e.is_withdrawn = 0 ORDER BY c.id LIMIT ?");
  return credits_from(db, sql, {person_id, after, limit});
}

void each(Connection& db, std::int64_t project_id, const std::function<void(const Credit&)>& found) {
  static const std::string sql = with("c.project_id = ? AND e.is_withdrawn = 0 ORDER BY c.person_id, c.id");
  db.each(sql, {project_id}, [&](const Row& row) { found(read(row)); });
}

std::vector<std::int64_t> people(Connection& db, std::int64_t project_id, std::int64_t after, int limit) {
  std::vector<std::int64_t> result;
  db.each(
      "SELECT DISTINCT c.person_id FROM credits c CROSS JOIN contributions e "
      "ON e.id = (SELECT MAX(id) FROM contributions WHERE credit_id = c.id) "
      "WHERE c.project_id = ? AND c.person_id > ? AND e.is_withdrawn = 0 ORDER BY c.person_id LIMIT ?",
      {project_id, after, limit}, [&](const Row& row) { result.push_back(row.integer(0)); });
  return result;
}

void replay(Connection& db, std::int64_t project_id, const std::function<void(const Line&)>& line) {
  db.each(
      "SELECT e.credit_id, c.person_id, c.task_id, e.kind, e.role, e.degree, e.evidence, e.confirmed_by_person, "
      "e.is_lead_sure, e.confirmed_by_lead, e.dispute, e.is_withdrawn, e.written_by, e.at "
      "FROM credits c CROSS JOIN contributions e ON e.credit_id = c.id WHERE c.project_id = ? ORDER BY e.id",
      {project_id}, [&](const Row& row) {
        line({.credit_id = row.integer(0),
              .person_id = row.integer(1),
              .task_id = row.maybe_integer(2),
              .kind = row.text(3),
              .said = read_contribution(row, 4),
              .written_by = row.integer(12),
              .at = row.time(13)});
      });
}

std::int64_t unconfirmed(Connection& db, std::int64_t project_id) {
  static const std::string sql = fmt::format(
      "SELECT COUNT(*) FROM credits c CROSS JOIN contributions e "
      "ON e.id = (SELECT MAX(id) FROM contributions WHERE credit_id = c.id) LEFT JOIN tasks t ON t.id = c.task_id "
      "WHERE c.project_id = ? AND {}",
      is_unconfirmed);
  return db.number(sql, {project_id});
}

Waiting waiting(Connection& db, std::int64_t project_id) {
  return {.unconfirmed = unconfirmed(db, project_id),
          .tasks_without =
              db.number("SELECT COUNT(*) FROM tasks t WHERE t.project_id = ? AND t.state = 'done' AND NOT EXISTS "
                        "(SELECT 1 FROM credits c CROSS JOIN contributions e "
                        "ON e.id = (SELECT MAX(id) FROM contributions WHERE credit_id = c.id) "
                        "WHERE c.task_id = t.id AND e.is_withdrawn = 0)",
                        {project_id})};
}

std::vector<Credit> unconfirmed_by_person(Connection& db, std::int64_t person_id, int limit) {
  static const std::string sql =
      with(fmt::format("c.person_id = ? AND {} AND e.confirmed_by_person = 0 ORDER BY c.id LIMIT ?", is_unconfirmed));
  return credits_from(db, sql, {person_id, limit});
}

std::vector<Credit> unconfirmed_by_lead(Connection& db, std::int64_t project_id, int limit) {
  static const std::string sql =
      with(fmt::format("c.project_id = ? AND {} AND e.is_lead_sure = 0 ORDER BY c.id LIMIT ?", is_unconfirmed));
  return credits_from(db, sql, {project_id, limit});
}

std::vector<Uncredited> without_credit(Connection& db, std::int64_t project_id, int limit) {
  std::vector<Uncredited> result;
  db.each(
      "SELECT t.id, t.title, t.owner_id, COALESCE(p.name, '') FROM tasks t LEFT JOIN people p ON p.id = t.owner_id "
      "WHERE t.project_id = ? AND t.state = 'done' AND NOT EXISTS "
      "(SELECT 1 FROM credits c CROSS JOIN contributions e "
      "ON e.id = (SELECT MAX(id) FROM contributions WHERE credit_id = c.id) "
      "WHERE c.task_id = t.id AND e.is_withdrawn = 0) ORDER BY t.id LIMIT ?",
      {project_id, limit}, [&](const Row& row) {
        result.push_back({.task_id = row.integer(0),
                          .title = row.text(1),
                          .person_id = row.maybe_integer(2),
                          .person_name = row.text(3)});
      });
  return result;
}

}  // namespace osrbot::storage::credits
