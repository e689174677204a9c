#include "commands/task_details.h"

#include "commands/agenda.h"
#include "commands/context.h"
#include "commands/local_time.h"
#include "commands/skill_words.h"
#include "commands/task_words.h"
#include "commands/text_limits.h"
#include "storage/task_links.h"
#include "storage/task_rows.h"

namespace osrbot {
namespace {

using language::ArgumentKind;
using storage::Task;

void require_right(const Context& context) {
  require_unfinished(context);
  require_holder(context, "task.change.others");
}

void run_due(Context& context, const Args& args) {
  require_right(context);
  const Task& task = *context.task;
  const auto* date = args.find<language::DateValue>("date");
  if (!date && args.text("none").empty()) throw UserError("task.due.when", {{"task", task_ref(task.id)}});
  const auto day = date ? std::optional(date->candidates.front()) : std::nullopt;
  if (day && *day < local_day(context.now, context.sender.time_zone)) {
    throw UserError("task.due.past", {{"task", task_ref(task.id)}, {"due", *day}});
  }
  Task changed = task;
  changed.due = day;
  storage::tasks::set_due(context.db, task.id, day);
  context.record("task.due", task_ref(task.id),
                 {{"due", storage::due_text(day)}, {"before", storage::due_text(task.due)}});
  if (task.owner_id) plan_agenda(context, *task.owner_id);
  const Arguments arguments = {
      {"task", task_ref(task.id)}, {"title", task.title}, due_argument(changed), {"by", context.sender.name}};
  context.reply("task.due", arguments);
  if (task.owner_id) tell_about(context, *task.owner_id, "task.due.you", arguments);
}

void run_size(Context& context, const Args& args) {
  require_right(context);
  const Task& task = *context.task;
  std::string size = args.text("size");
  if (size == "30 minutes" || size == "half an hour") size = "30 min";
  if (size == "half day") size = "half a day";
  storage::tasks::set_size(context.db, task.id, size);
  context.record("task.size", task_ref(task.id), {{"size", size}, {"before", task.size}});
  context.reply("task.size", {{"task", task_ref(task.id)}, {"title", task.title}, {"size", size}});
}

void run_skill(Context& context, const Args& args) {
  require_right(context);
  const Task& task = *context.task;
  const std::string skill = checked_text(args.text("skill"), "task.skill", longest_skill);
  storage::tasks::set_skill(context.db, task.id, skill);
  context.record("task.skill", task_ref(task.id), {{"skill", skill}, {"before", task.skill}});
  context.reply(
      "task.skill",
      {{"task", task_ref(task.id)}, {"title", task.title}, {"skill", wanted_skill(context.house.vocabulary, skill)}});
}

/// The task that an argument names. Throws UserError when it is not one of the same project.
Task other_task(Context& context, std::int64_t number) {
  const auto other = storage::tasks::find(context.db, number);
  if (!other) throw UserError("task.unknown", {{"task", task_ref(number)}}, {context.button("button.tasks", "tasks")});
  if (other->project_id != context.task->project_id) {
    throw UserError("task.depends.elsewhere", {{"task", task_ref(context.task->id)}, {"other", task_ref(number)}});
  }
  return *other;
}

void run_depends(Context& context, const Args& args) {
  require_right(context);
  const Task& task = *context.task;
  const auto* on = args.find<language::Ref>("other");
  const auto* off = args.find<language::Ref>("not");
  if (!on && !off) throw UserError("task.depends.which", {{"task", task_ref(task.id)}});
  const Task other = other_task(context, (on ? on : off)->number);
  const Arguments arguments = {{"task", task_ref(task.id)},   {"title", task.title},
                               {"other", task_ref(other.id)}, {"other_title", other.title},
                               {"owner", other.owner_name},   {"state", storage::to_string(other.state)}};
  if (!on) {
    if (!storage::tasks::remove_dependency(context.db, task.id, other.id)) {
      throw UserError("task.depends.not", arguments);
    }
    context.record("task.independent", task_ref(task.id), {{"of", other.id}});
    context.reply("task.independent", arguments);
    return;
  }
  if (!storage::tasks::add_dependency(context.db, task.id, other.id)) {
    throw UserError("task.depends.circle", arguments);
  }
  context.record("task.depends", task_ref(task.id), {{"on", other.id}});
  context.reply("task.depends", arguments);
}

}  // namespace

Command due() {
  return {.name = "due",
          .aliases = {"task due", "deadline"},
          .role = Role::contributor,
          .about = About::task,
          .arguments = {the_task(),
                        {.name = "date", .kind = ArgumentKind::date, .required = false},
                        {.name = "none", .kind = ArgumentKind::choice, .required = false, .choices = {"off", "never"}}},
          .run = run_due};
}

Command size() {
  return {
      .name = "size",
      .aliases = {"task size"},
      .role = Role::contributor,
      .about = About::task,
      .arguments = {the_task(),
                    {.name = "size",
                     .kind = ArgumentKind::choice,
                     .choices = {"30 min", "half a day", "days", "co-lead", "30 minutes", "half an hour", "half day"}}},
      .run = run_size};
}

Command skill() {
  return {.name = "skill",
          .aliases = {"task skill"},
          .role = Role::contributor,
          .about = About::task,
          .arguments = {the_task(), {.name = "skill", .kind = ArgumentKind::rest}},
          .run = run_skill};
}

Command depends() {
  return {.name = "depends",
          .aliases = {"depend", "task depends"},
          .role = Role::contributor,
          .about = About::task,
          .arguments = {the_task(),
                        {.name = "other", .kind = ArgumentKind::task, .required = false, .introduced_by = {"on"}},
                        {.name = "not",
                         .kind = ArgumentKind::task,
                         .required = false,
                         .introduced_by = {"not on", "no longer on"}}},
          .run = run_depends};
}

}  // namespace osrbot
