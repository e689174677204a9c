// Projects and who is in them.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "storage/people.h"
#include "storage/phases.h"
#include "storage/sql.h"

namespace osrbot::storage {

struct Project {
  std::int64_t id = 0;
  std::string title;
  bool asks_approval = false;  ///< a coordinator decides who joins
  std::string slug;            ///< its name in commands: "hernia-repair"
  std::string aim;
  std::string study_type;  ///< "cohort"; empty: not said yet
  Phase phase = Phase::idea;
  bool team_only = false;  ///< outsiders do not see it
  std::optional<std::chrono::sys_seconds> archived_at;
  std::optional<std::int64_t> task_limit;  ///< how many of its tasks one person may hold; nothing: as many as anywhere
};

namespace projects {

enum class Role { contributor, coordinator };

/// Creates a project; whoever creates it coordinates it.
Project create(Connection& db, std::string_view title, std::int64_t creator, std::chrono::sys_seconds now);

/// Gives a project a slug (folded): the one wished for, or when another has it, one with the project's number behind.
std::string take_slug(Connection& db, std::int64_t id, std::string_view wished);

std::optional<Project> find(Connection& db, std::int64_t id);

/// The project with that tag or slug, folded and without '#'.
std::optional<Project> find_by_name(Connection& db, std::string_view key);

/// Those that wished for the slug of a project and got one with their number behind, and are not archived, at most
/// `limit`.
std::vector<Project> namesakes(Connection& db, const Project& project, int limit);

/// What a list of projects is to show; all conditions hold together.
struct Filter {
  std::int64_t viewer = 0;  ///< projects for their team only are shown to its members
  bool sees_all = false;    ///< an administrator's view
  bool mine = false;        ///< of the viewer
  std::optional<Phase> phase;
  std::string_view study_type;  ///< empty: any
  bool needs_open = false;
  bool archived = false;  ///< those that are archived, instead of the others
};

/// Projects from after number `after` on, in the order of their numbers, at most `limit`.
std::vector<Project> list(Connection& db, const Filter& filter, std::int64_t after, int limit);

/// Projects that are not archived and that a person is in, at most `limit`.
std::vector<Project> of_person(Connection& db, std::int64_t person_id, int limit);

void set_title(Connection& db, std::int64_t id, std::string_view title);
void set_aim(Connection& db, std::int64_t id, std::string_view aim);
void set_study_type(Connection& db, std::int64_t id, std::string_view study_type);
void set_team_only(Connection& db, std::int64_t id, bool team_only);
void set_asks_approval(Connection& db, std::int64_t id, bool asks);
void set_phase(Connection& db, std::int64_t id, Phase phase);
void set_task_limit(Connection& db, std::int64_t id, std::optional<std::int64_t> limit);

/// Archives a project, or (nothing) takes it back.
void set_archived(Connection& db, std::int64_t id, std::optional<std::chrono::sys_seconds> when);

/// When a phase is to be over.
std::optional<std::chrono::year_month_day> phase_due(Connection& db, std::int64_t id, Phase phase);
/// Nothing: no date any more.
void set_phase_due(Connection& db, std::int64_t id, Phase phase, std::optional<std::chrono::year_month_day> due);

/// The project that has a tag (folded).
std::optional<std::int64_t> project_with_tag(Connection& db, std::string_view key);
/// Gives a project a tag that no other has. Throws Error (constraint) when one has.
void add_tag(Connection& db, std::int64_t id, std::string_view key, std::string_view tag, std::chrono::sys_seconds now);
/// False when the project does not have it.
bool remove_tag(Connection& db, std::int64_t id, std::string_view key);
/// Tags as they were written, in their order of coming.
std::vector<std::string> tags(Connection& db, std::int64_t id);

std::optional<Role> role_of(Connection& db, std::int64_t project_id, std::int64_t person_id);

/// The highest role that a person has in any project.
std::optional<Role> highest_role_of(Connection& db, std::int64_t person_id);

/// Makes somebody a member, or gives a member another role.
void set_role(Connection& db, std::int64_t project_id, std::int64_t person_id, Role role, std::chrono::sys_seconds now);

std::vector<Person> coordinators(Connection& db, std::int64_t project_id);

std::int64_t member_count(Connection& db, std::int64_t project_id);

}  // namespace projects
}  // namespace osrbot::storage
