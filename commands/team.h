// Commands about who is in a project's team, and in which role.
#pragma once

#include <string>
#include <string_view>

#include "commands/command.h"
#include "storage/people.h"

namespace osrbot {

class Context;

Command project_add();
Command project_remove();
Command members();
Command team();

/// Ends somebody's membership in the context's project: their tasks there are open again with a note, their needs too.
/// `removed`: a coordinator does it. Returns the tasks, "T3, T4".
/// Throws UserError when they are the last coordinator.
std::string end_membership(Context& context, const storage::Person& person, std::string_view why, bool removed);

}  // namespace osrbot
