#include "storage/person_columns.h"

#include <algorithm>
#include <map>
#include <utility>

namespace osrbot::storage {
namespace {

struct Decision {
  std::string_view table;
  std::string_view column;
  Fate fate;
};

// By table. Each column that refers to a person has its line here.
constexpr Decision decisions[] = {
    {"agendas", "person_id", Fate::erased},
    {"announcements", "person_id", Fate::nameless},
    {"approvals", "person_id", Fate::erased},
    {"audit", "person_id", Fate::nameless},
    {"author_details", "person_id", Fate::erased},
    {"authors", "person_id", Fate::erased},
    {"calls", "written_by", Fate::nameless},
    {"conflicts_of_interest", "person_id", Fate::erased},
    {"contributions", "confirmed_by_lead", Fate::nameless},
    {"contributions", "written_by", Fate::nameless},
    {"credits", "person_id", Fate::erased},
    {"dialogues", "person_id", Fate::erased},
    {"identities", "person_id", Fate::erased},
    {"invitations", "person_id", Fate::erased},
    {"join_requests", "decided_by", Fate::nameless},
    {"join_requests", "person_id", Fate::erased},
    {"link_codes", "claimed_by", Fate::erased},
    {"link_codes", "person_id", Fate::erased},
    {"link_guesses", "person_id", Fate::erased},
    {"manuscripts", "added_by", Fate::nameless},
    {"memberships", "person_id", Fate::erased},
    {"mentorships", "mentor_id", Fate::erased},
    {"mentorships", "person_id", Fate::erased},
    {"muted_authors", "muted_by", Fate::nameless},
    {"muted_authors", "person_id", Fate::erased},
    {"need_people", "person_id", Fate::erased},
    {"needs", "created_by", Fate::nameless},
    {"past_memberships", "person_id", Fate::erased},
    {"past_memberships", "removed_by", Fate::nameless},
    {"person_languages", "person_id", Fate::erased},
    {"person_skills", "person_id", Fate::erased},
    {"posts", "person_id", Fate::erased},
    {"profiles", "person_id", Fate::erased},
    {"projects", "created_by", Fate::nameless},
    {"reminders", "person_id", Fate::erased},
    {"reminders", "set_by", Fate::nameless},
    {"searches", "started_by", Fate::nameless},
    {"silences", "person_id", Fate::erased},
    {"task_helpers", "person_id", Fate::erased},
    {"tasks", "created_by", Fate::nameless},
    {"tasks", "owner_id", Fate::nameless},
    {"team_roles", "person_id", Fate::erased},
};

}  // namespace

std::vector<ForeignKey> foreign_keys(Connection& db) {
  std::vector<ForeignKey> keys;
  db.each(
      "SELECT t.name, k.\"from\", k.\"table\", COALESCE(k.\"to\", '') FROM sqlite_schema t, "
      "pragma_foreign_key_list(t.name) k WHERE t.type = 'table' ORDER BY t.name, k.id, k.seq",
      {}, [&](const Row& row) {
        keys.push_back({row.text(0), row.text(1), row.text(2), row.text(3)});
      });
  return keys;
}

namespace {

void describe(Connection& db, PersonColumn& column) {
  db.each("SELECT pk, \"notnull\" FROM pragma_table_info(?) WHERE name = ?", {column.table, column.column},
          [&](const Row& row) {
            column.is_key = row.boolean(0);
            column.may_be_null = !row.boolean(0) && !row.boolean(1);
          });
}

}  // namespace

std::vector<PersonColumn> person_columns(Connection& db) {
  const std::vector<ForeignKey> keys = foreign_keys(db);
  std::map<std::pair<std::string, std::string>, PersonColumn> found;
  std::vector<std::pair<std::string, std::string>> front = {{"people", "id"}};
  for (int depth = 1; !front.empty(); ++depth) {
    std::vector<std::pair<std::string, std::string>> next;
    for (const auto& target : front) {
      for (const ForeignKey& key : keys) {
        const bool refers = key.to_table == target.first && (key.to_column == target.second || key.to_column.empty());
        if (!refers) continue;
        if (const auto parent = found.find(target); parent != found.end()) parent->second.has_children = true;
        const auto [at, is_new] = found.try_emplace({key.table, key.column});
        at->second.table = key.table;
        at->second.column = key.column;
        at->second.depth = depth;
        if (is_new) next.emplace_back(key.table, key.column);
      }
    }
    front = std::move(next);
  }
  std::vector<PersonColumn> columns;
  for (auto& [name, column] : found) {
    describe(db, column);
    columns.push_back(std::move(column));
  }
  std::ranges::stable_sort(columns, {}, &PersonColumn::depth);
  return columns;
}

std::optional<Fate> fate_of(const PersonColumn& column) {
  const auto* decision = std::ranges::find_if(
      decisions, [&](const Decision& one) { return one.table == column.table && one.column == column.column; });
  if (decision == std::end(decisions)) return std::nullopt;
  return decision->fate;
}

std::vector<std::string> columns_of(Connection& db, std::string_view table) {
  std::vector<std::string> columns;
  db.each("SELECT name FROM pragma_table_info(?)", {table}, [&](const Row& row) { columns.push_back(row.text(0)); });
  return columns;
}

}  // namespace osrbot::storage
