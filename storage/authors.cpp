#include "storage/authors.h"

#include <algorithm>

namespace osrbot::storage::authors {
namespace {

constexpr std::array<std::string_view, 4> namings = {"", "author", "acknowledged", "unnamed"};

Naming naming_of(std::string_view name) {
  return static_cast<Naming>(std::ranges::find(namings, name) - namings.begin());
}

Author read(const Row& row) {
  return {.project_id = row.integer(0),
          .person_id = row.integer(1),
          .naming = naming_of(row.text(2)),
          .contributed = row.text(3),
          .drafted = row.boolean(4),
          .accountable = row.boolean(5),
          .position = row.maybe_integer(6),
          .corresponding = row.boolean(7),
          .offered_at = row.maybe_time(8)};
}

}  // namespace

Author find(Connection& db, std::int64_t project_id, std::int64_t person_id) {
  const auto found = db.one(
      "SELECT project_id, person_id, naming, contributed, drafted, accountable, position, corresponding, offered_at "
      "FROM authors WHERE project_id = ? AND person_id = ?",
      {project_id, person_id}, read);
  if (found) return *found;
  Author nobody;
  nobody.project_id = project_id;
  nobody.person_id = person_id;
  return nobody;
}

void save(Connection& db, const Author& author) {
  db.run(
      "INSERT INTO authors (project_id, person_id, naming, contributed, drafted, accountable, position, corresponding, "
      "offered_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (project_id, person_id) DO UPDATE SET "
      "naming = excluded.naming, contributed = excluded.contributed, drafted = excluded.drafted, "
      "accountable = excluded.accountable, position = excluded.position, corresponding = excluded.corresponding, "
      "offered_at = excluded.offered_at",
      {author.project_id, author.person_id, namings[static_cast<std::size_t>(author.naming)], author.contributed,
       author.drafted ? 1 : 0, author.accountable ? 1 : 0, author.position, author.corresponding ? 1 : 0,
       author.offered_at});
}

std::vector<Author> of_project(Connection& db, std::int64_t project_id) {
  std::vector<Author> result;
  db.each(
      "SELECT project_id, person_id, naming, contributed, drafted, accountable, position, corresponding, offered_at "
      "FROM authors WHERE project_id = ? ORDER BY person_id",
      {project_id}, [&](const Row& row) { result.push_back(read(row)); });
  return result;
}

AuthorDetails details(Connection& db, std::int64_t project_id, std::int64_t person_id) {
  const auto found = db.one(
      "SELECT given_name, middle_name, family_name, email, affiliation_1, affiliation_2, affiliation_3, funding, "
      "conflicts FROM author_details WHERE project_id = ? AND person_id = ?",
      {project_id, person_id}, [](const Row& row) {
        return AuthorDetails{.given_name = row.text(0),
                             .middle_name = row.text(1),
                             .family_name = row.text(2),
                             .email = row.text(3),
                             .affiliations = {row.text(4), row.text(5), row.text(6)},
                             .funding = row.text(7),
                             .conflicts = row.text(8)};
      });
  return found.value_or(AuthorDetails{});
}

void save_details(Connection& db, std::int64_t project_id, std::int64_t person_id, const AuthorDetails& details) {
  db.run(
      "INSERT INTO author_details (project_id, person_id, given_name, middle_name, family_name, email, affiliation_1, "
      "affiliation_2, affiliation_3, funding, conflicts) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) "
      "ON CONFLICT (project_id, person_id) DO UPDATE SET given_name = excluded.given_name, "
      "middle_name = excluded.middle_name, family_name = excluded.family_name, email = excluded.email, "
      "affiliation_1 = excluded.affiliation_1, affiliation_2 = excluded.affiliation_2, "
      "affiliation_3 = excluded.affiliation_3, funding = excluded.funding, conflicts = excluded.conflicts",
      {project_id, person_id, details.given_name, details.middle_name, details.family_name, details.email,
       details.affiliations[0], details.affiliations[1], details.affiliations[2], details.funding, details.conflicts});
}

}  // namespace osrbot::storage::authors
