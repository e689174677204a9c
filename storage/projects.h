// Projects and who is in them.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "storage/people.h"
#include "storage/sql.h"

namespace osrbot::storage {

struct Project {
  std::int64_t id = 0;
  std::string title;
  bool asks_approval = false;  ///< writing in the project's home does not make anybody a contributor
};

namespace projects {

enum class Role { contributor, coordinator };

/// Creates a project; whoever creates it coordinates it.
Project create(Connection& db, std::string_view title, std::int64_t creator, std::chrono::sys_seconds now);

std::optional<Project> find(Connection& db, std::int64_t id);

/// Projects from after number `after` on, in the order of their numbers, at most `limit`.
std::vector<Project> list(Connection& db, std::int64_t after, int limit);

/// Projects that a person is in, at most `limit`.
std::vector<Project> of_person(Connection& db, std::int64_t person_id, int limit);

void set_asks_approval(Connection& db, std::int64_t id, bool asks);

std::optional<Role> role_of(Connection& db, std::int64_t project_id, std::int64_t person_id);

/// The highest role that a person has in any project.
std::optional<Role> highest_role_of(Connection& db, std::int64_t person_id);

/// Makes somebody a member, or gives a member another role.
void set_role(Connection& db, std::int64_t project_id, std::int64_t person_id, Role role, std::chrono::sys_seconds now);

std::vector<Person> coordinators(Connection& db, std::int64_t project_id);

std::int64_t member_count(Connection& db, std::int64_t project_id);

}  // namespace projects
}  // namespace osrbot::storage
