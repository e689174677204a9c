// Everybody who has a part in a project's paper: what they did, what they agreed to, and how they want to appear.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "storage/authors.h"
#include "storage/manuscripts.h"
#include "storage/sql.h"

namespace osrbot {

/// The four criteria of authorship, all of which have to be met
/// (https://www.icmje.org/recommendations/browse/roles-and-responsibilities/). The bot shows them and awards nothing.
struct Criteria {
  bool contributed = false;  ///< (1) substantially: confirmed work on design or data, or a coordinator's word
  bool drafted = false;      ///< (2) the manuscript, or reviewed it critically: confirmed writing, or their own word
  bool approved = false;     ///< (3) the latest version of the manuscript
  bool accountable = false;  ///< (4) by their own word

  bool all() const { return contributed && drafted && approved && accountable; }
};

struct Contributor {
  std::int64_t person_id = 0;
  std::string name;   ///< by which the bot knows them
  std::string orcid;  ///< of their profile; may be empty
  storage::Author author;
  storage::AuthorDetails details;
  std::map<std::string, std::string> roles;  ///< confirmed ones with their highest degree, by slug
  Criteria criteria;
  std::optional<storage::Approval> answer;  ///< to the latest version

  bool is_named() const { return author.naming != storage::Naming::unnamed; }
  /// In the order that the coordinators gave, and content to be there.
  bool is_in_byline() const { return author.position && is_named() && author.naming != storage::Naming::acknowledged; }
  /// Whoever meets the first criterion has to be offered the others, unless they said that they do not want to.
  bool is_asked_to_approve() const {
    return criteria.contributed && is_named() && author.naming != storage::Naming::acknowledged;
  }
  /// As published: "Ana M García López", or the name by which the bot knows them.
  std::string published_name() const;
};

/// The byline first, in its order; then who meets the first criterion, then the others; by name.
std::vector<Contributor> contributors(storage::Connection& db, std::int64_t project_id);

/// One of them; with nothing but their name when they have no part in it yet.
Contributor contributor(storage::Connection& db, std::int64_t project_id, std::int64_t person_id);

/// Of those who are asked for it, how many have not approved the latest version; nothing when there is no manuscript.
std::optional<std::int64_t> approvals_outstanding(storage::Connection& db, std::int64_t project_id);

}  // namespace osrbot
