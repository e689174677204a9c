// Arguments that commands about projects, needs and teams have in common.
#pragma once

#include <string_view>
#include <vector>

#include "commands/command.h"
#include "commands/study_types.h"
#include "storage/phases.h"
#include "storage/team.h"

namespace osrbot {

inline language::ArgumentSpec optional_project() {
  return {.name = "project", .kind = language::ArgumentKind::project, .required = false};
}

/// What the phases are called in commands: their names, and what people write for them.
inline std::vector<std::string_view> phase_choices() {
  std::vector<std::string_view> choices(storage::phase_names.begin(), storage::phase_names.end());
  choices.insert(choices.end(), {"co-author approval", "data collection", "ethics"});
  return choices;
}

/// The phase that a choice means.
inline std::optional<storage::Phase> phase_chosen(std::string_view choice) {
  if (choice == "co-author approval") return storage::Phase::coauthors;
  if (choice == "data collection") return storage::Phase::collection;
  if (choice == "ethics") return storage::Phase::approvals;
  return storage::phase_named(choice);
}

/// "as statistician".
inline language::ArgumentSpec optional_team_role() {
  return {.name = "role",
          .kind = language::ArgumentKind::choice,
          .required = false,
          .introduced_by = {"as"},
          .choices = {storage::team_roles.begin(), storage::team_roles.end()}};
}

}  // namespace osrbot
