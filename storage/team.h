// Who does what in a project's team, and what is kept of those who left.
#pragma once

#include <array>
#include <chrono>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "storage/projects.h"
#include "storage/sql.h"

namespace osrbot::storage {

/// Roles in a team, besides contributing and coordinating.
inline constexpr std::array<std::string_view, 9> team_roles = {"steering",     "national lead",  "site lead",
                                                               "supervisor",   "data collector", "validator",
                                                               "statistician", "data manager",   "writing"};

struct Member {
  std::int64_t person_id = 0;
  std::string name;
  projects::Role role = projects::Role::contributor;
  std::string team_roles;  ///< "statistician, writing"; empty: none
  std::chrono::sys_seconds joined_at{};
};

namespace team {

/// As many members as are looked at where a team is judged as a whole.
inline constexpr int members_looked_at = 200;

/// False when they have that role already. They must be a member.
bool add_role(Connection& db, std::int64_t project_id, std::int64_t person_id, std::string_view role,
              std::chrono::sys_seconds now);
/// False when they do not have it.
bool remove_role(Connection& db, std::int64_t project_id, std::int64_t person_id, std::string_view role);

std::optional<Member> member(Connection& db, std::int64_t project_id, std::int64_t person_id);

/// Members from after person `after` on, in the order in which the bot met them.
std::vector<Member> members(Connection& db, std::int64_t project_id, std::int64_t after, int limit);

/// Who has a team role, and how many do.
struct Holders {
  std::string role;
  std::int64_t count = 0;
  std::vector<std::string> names;  ///< of the first few
};
std::vector<Holders> holders(Connection& db, std::int64_t project_id, std::size_t names_each);

/// What is known of where a member comes from: as far as they agreed to tell.
struct Background {
  bool coordinates = false;
  std::string time_zone;  ///< IANA name; empty: not known, like the next two
  std::string discipline;
  std::string country;                 ///< ISO 3166-1 alpha-2
  std::vector<std::string> languages;  ///< BCP-47
};
/// Of at most `limit` members, those who coordinate first.
std::vector<Background> backgrounds(Connection& db, std::int64_t project_id, int limit);

/// Calls `found` with the discipline and the country of each member who has told one of them, of at most `limit`; what
/// they did not tell is empty. For who asks often: it reads nothing of the others.
void each_origin(Connection& db, std::int64_t project_id, int limit,
                 const std::function<void(std::string_view discipline, std::string_view country)>& found);

/// How somebody's time in a project ended.
struct Past {
  projects::Role role = projects::Role::contributor;
  std::string team_roles;
  std::chrono::sys_seconds left_at{};
  std::string why;
  std::optional<std::int64_t> removed_by;
};

/// Ends a membership: it is kept as a past one, team roles go with it. `removed_by`: a coordinator, or nothing when
/// they leave by themselves.
void leave(Connection& db, std::int64_t project_id, std::int64_t person_id, std::string_view why,
           std::optional<std::int64_t> removed_by, std::chrono::sys_seconds now);

/// The last time that somebody's membership ended.
std::optional<Past> last_past(Connection& db, std::int64_t project_id, std::int64_t person_id);

}  // namespace team
}  // namespace osrbot::storage
