// What the commands about tasks have in common: their arguments, their refusals, and a task as one line of a list.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "adapters/message.h"
#include "commands/context.h"
#include "storage/tasks.h"

namespace osrbot {

/// The required argument "task".
language::ArgumentSpec the_task();

/// Everything that is left of the line, if anything is.
language::ArgumentSpec optional_rest(std::string_view name);

bool is_finished(const storage::Task& task);

/// Throws UserError when the task that the command is about is done or cancelled.
void require_unfinished(const Context& context);

/// Whoever holds a task may change it, and coordinators. Throws UserError `refusal` (arguments task, owner).
void require_holder(const Context& context, std::string_view refusal);

/// Whole days for which a task has been held.
std::int64_t days_held(const Voice& voice, const storage::Task& task);

/// The argument "due": a day, or nothing.
Argument due_argument(const storage::Task& task);

/// A line of a list: task, title, state, owner, progress, due day.
void say_task_line(const Voice& voice, Message& message, std::string_view language, const storage::Task& task);

/// "T2, T5".
std::string refs_of(const std::vector<storage::Task>& tasks);

/// "T2, T5": what else could be done in the project; empty when nothing is open.
std::string open_alternatives(Context& context, std::int64_t except);

/// Tells a person about a change to their task in private, unless they made it, or it was made in a group, where the
/// answer mentions them.
void tell_about(const Context& context, std::int64_t person_id, std::string_view key, const Arguments& arguments);

}  // namespace osrbot
