#include "commands/task_owners.h"

#include <utility>

#include "commands/agenda.h"
#include "commands/context.h"
#include "commands/credit_claims.h"
#include "commands/inactivity.h"
#include "commands/project_arguments.h"
#include "commands/task_words.h"
#include "commands/text_limits.h"
#include "storage/profiles.h"
#include "storage/task_links.h"

namespace osrbot {
namespace {

using language::ArgumentKind;
using storage::Task;

constexpr std::int64_t highest_project_limit = 1000;

/// A person may hold so many tasks at once: the tasks that are in the way are named. A project's own limit counts its
/// own tasks; for somebody who has not finished a task yet, the lower one holds.
void require_room(Context& context) {
  const TaskConfig& limits = context.house.config.tasks;
  const std::int64_t person = context.sender.id;
  const auto of_project = context.project->task_limit;
  const bool first = context.sender.first_timer && !storage::tasks::has_finished_any(context.db, person);
  const int limit = first ? limits.first_timer_limit : static_cast<int>(of_project.value_or(limits.limit));
  const auto held = of_project && !first ? storage::tasks::held_by_in(context.db, person, context.project->id, limit)
                                         : storage::tasks::held_by(context.db, person, limit);
  if (held.empty()) return;
  if (std::cmp_less(held.size(), limit)) {
    // ... unless they said themselves that they want fewer.
    const auto profile = storage::profiles::find(context.db, person);
    if (!profile || !profile->task_limit) return;
    const auto own = storage::tasks::held_by(context.db, person, static_cast<int>(*profile->task_limit));
    if (std::cmp_less(own.size(), *profile->task_limit)) return;
    throw UserError("task.claim.own_limit",
                    {{"limit", *profile->task_limit}, {"tasks", refs_of(own)}, {"first", task_ref(own.front().id)}});
  }
  throw UserError("task.claim.limit",
                  {{"limit", limit}, {"tasks", refs_of(held)}, {"first", task_ref(held.front().id)}});
}

/// Somebody has a task now: time begins to run for both.
void start_clocks(const Context& context, const Task& task, std::int64_t person_id) {
  task.due ? plan_agenda(context, person_id) : begin_agenda(context, person_id);
  plan_inactivity_runs(context);
}

void run_claim(Context& context, const Args&) {
  const Task& task = *context.task;
  const std::string ref = task_ref(task.id);
  require_unfinished(context);
  if (task.owner_id == context.sender.id) {
    context.reply("task.claim.already", {{"task", ref}, {"title", task.title}});
    return;
  }
  if (task.owner_id) {
    throw UserError("task.claim.taken", {{"task", ref},
                                         {"owner", task.owner_name},
                                         {"days", days_held(context, task)},
                                         {"alternatives", open_alternatives(context, task.id)}});
  }
  require_room(context);
  storage::tasks::claim(context.db, task.id, context.sender.id, context.now);
  storage::tasks::remove_helper(context.db, task.id, context.sender.id);
  context.record("task.claimed", ref);
  start_clocks(context, task, context.sender.id);
  context.reply("task.claimed",
                {{"task", ref},
                 {"title", task.title},
                 {"person", context.mention(context.sender)},
                 {"handover", task.handover},
                 due_argument(task),
                 {"waits", refs_of(storage::tasks::waits_for(context.db, task.id))}},
                credit_buttons(context, task));
}

void run_assign(Context& context, const Args& args) {
  const Task task = *context.task;
  const std::string ref = task_ref(task.id);
  require_unfinished(context);
  const storage::Person person = context.person(args, "person");
  const Arguments arguments = {{"task", ref},
                               {"title", task.title},
                               {"person", context.mention(person)},
                               {"by", context.sender.name},
                               {"project", project_ref(task.project_id)}};
  if (task.owner_id == person.id) {
    context.reply("task.assign.already", arguments);
    return;
  }
  if (!storage::projects::role_of(context.db, task.project_id, person.id)) {
    storage::projects::set_role(context.db, task.project_id, person.id, storage::projects::Role::contributor,
                                context.now);
    context.record("member.added", project_ref(task.project_id), {{"person", person.id}, {"role", "contributor"}});
  }
  storage::tasks::assign(context.db, task.id, person.id, context.now);
  storage::tasks::remove_helper(context.db, task.id, person.id);
  context.record("task.assigned", ref, {{"person", person.id}, {"before", task.owner_id.value_or(0)}});
  start_clocks(context, task, person.id);
  context.reply("task.assigned", arguments);
  tell_about(context, person.id, "task.assigned.you", arguments);
  if (task.owner_id) tell_about(context, *task.owner_id, "task.assigned.away", arguments);
}

void run_release(Context& context, const Args& args) {
  const Task& task = *context.task;
  const std::string ref = task_ref(task.id);
  require_unfinished(context);
  if (task.owner_id != context.sender.id && storage::tasks::remove_helper(context.db, task.id, context.sender.id)) {
    context.record("task.helper.left", ref);
    context.reply("task.assist.ended", {{"task", ref}, {"title", task.title}, {"person", context.sender.name}});
    return;
  }
  if (!task.owner_id) throw UserError("task.release.open", {{"task", ref}, {"title", task.title}});
  require_holder(context, "task.release.others");
  const std::string handover = checked_optional_text(args.text("note"), "task.note", longest_note);
  storage::tasks::release(context.db, task.id, handover);
  context.record("task.released", ref, {{"before", *task.owner_id}, {"handover", handover}});
  context.reply("task.released",
                {{"task", ref}, {"title", task.title}, {"person", context.sender.name}, {"handover", handover}});
}

void run_assist(Context& context, const Args&) {
  const Task& task = *context.task;
  const std::string ref = task_ref(task.id);
  require_unfinished(context);
  if (task.owner_id == context.sender.id) throw UserError("task.claim.already", {{"task", ref}, {"title", task.title}});
  if (!storage::tasks::add_helper(context.db, task.id, context.sender.id, context.now)) {
    throw UserError("task.assist.already", {{"task", ref}, {"title", task.title}});
  }
  context.record("task.helper.joined", ref);
  begin_agenda(context, context.sender.id);
  Arguments arguments = {{"task", ref}, {"title", task.title}, {"person", context.mention(context.sender)}};
  if (!task.owner_id) {
    context.reply("task.assist.open", arguments);
    return;
  }
  arguments.emplace_back("owner", context.mention(*task.owner_id, task.owner_name));
  context.reply("task.assist", arguments);
  tell_about(context, *task.owner_id, "task.assist.you", arguments);
}

void run_project_limit(Context& context, const Args& args) {
  const auto before = context.project->task_limit;
  const std::string ref = project_ref(context.project->id);
  const auto* count = args.find<std::int64_t>("count");
  if (count && (*count < 1 || *count > highest_project_limit)) {
    throw UserError("project.limit.range", {{"limit", highest_project_limit}, {"project", ref}});
  }
  if (!count && args.text("none").empty()) {
    context.reply("project.limit.is", {{"project", ref}, {"limit", before.value_or(context.house.config.tasks.limit)}});
    return;
  }
  const auto limit = count ? std::optional(*count) : std::nullopt;
  storage::projects::set_task_limit(context.db, context.project->id, limit);
  context.record("project.limit", ref, {{"limit", limit.value_or(0)}, {"before", before.value_or(0)}});
  context.reply("project.limit", {{"project", ref}, {"limit", limit.value_or(context.house.config.tasks.limit)}});
}

}  // namespace

Command claim() {
  return {.name = "claim",
          .aliases = {"take"},
          .role = Role::contributor,
          .about = About::task,
          .arguments = {the_task()},
          .run = run_claim};
}

Command assign() {
  return {.name = "assign",
          .aliases = {},
          .role = Role::coordinator,
          .about = About::task,
          .arguments = {the_task(), {.name = "person", .kind = ArgumentKind::person}},
          .run = run_assign};
}

Command release() {
  return {.name = "release",
          .aliases = {"unclaim", "drop"},
          .role = Role::contributor,
          .about = About::task,
          .arguments = {the_task(), optional_rest("note")},
          .run = run_release};
}

Command assist() {
  return {.name = "assist",
          .aliases = {"help out", "help with", "join task"},
          .role = Role::contributor,
          .about = About::task,
          .arguments = {the_task()},
          .run = run_assist};
}

Command project_limit() {
  return {.name = "project limit",
          .aliases = {"task limit"},
          .role = Role::coordinator,
          .about = About::project,
          .arguments = {optional_project(),
                        {.name = "count", .kind = ArgumentKind::count, .required = false},
                        {.name = "none", .kind = ArgumentKind::choice, .required = false, .choices = {"off"}}},
          .run = run_project_limit};
}

}  // namespace osrbot
