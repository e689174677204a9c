// Authorship of a project's paper: what people said about it. Nobody becomes an author by a row here: that follows from
// what they did, agreed to and approved.
#pragma once

#include <array>
#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "storage/sql.h"

namespace osrbot::storage {

/// How somebody wants to appear in the paper.
enum class Naming {
  unsaid,
  author,
  acknowledged,  ///< in the acknowledgements only
  unnamed,       ///< nowhere
};

struct Author {
  std::int64_t project_id = 0;
  std::int64_t person_id = 0;
  Naming naming = Naming::unsaid;
  std::string contributed;  ///< a coordinator's word that they contributed substantially: how; empty: none
  bool drafted = false;     ///< by their own word: drafted the manuscript or reviewed it critically
  bool accountable = false;
  std::optional<std::int64_t> position;  ///< in the order of authors, from 1 on
  bool corresponding = false;
  std::optional<std::chrono::sys_seconds> offered_at;  ///< authorship was offered to them
};

/// What an author tells of themselves for the paper. Empty members were not told.
struct AuthorDetails {
  std::string given_name;
  std::string middle_name;
  std::string family_name;
  std::string email;
  std::array<std::string, 3> affiliations;
  std::string funding;
  std::string conflicts;
};

namespace authors {

/// What is known; of somebody of whom nothing is, a record that says nothing.
Author find(Connection& db, std::int64_t project_id, std::int64_t person_id);
void save(Connection& db, const Author& author);

/// All of a project of whom something is known.
std::vector<Author> of_project(Connection& db, std::int64_t project_id);

AuthorDetails details(Connection& db, std::int64_t project_id, std::int64_t person_id);
void save_details(Connection& db, std::int64_t project_id, std::int64_t person_id, const AuthorDetails& details);

}  // namespace authors
}  // namespace osrbot::storage
