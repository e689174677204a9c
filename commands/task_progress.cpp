#include "commands/task_progress.h"

#include <algorithm>
#include <cmath>

#include "commands/context.h"
#include "commands/credit_claims.h"
#include "commands/inactivity.h"
#include "commands/task_words.h"
#include "commands/text_limits.h"
#include "storage/task_links.h"

namespace osrbot {
namespace {

using language::ArgumentKind;
using storage::Task;
using storage::TaskState;

/// Whoever works on a task may say how it goes: its owner, helpers, and coordinators.
void require_worker(Context& context) {
  require_unfinished(context);
  const Task& task = *context.task;
  const std::string ref = task_ref(task.id);
  if (!task.owner_id) throw UserError("task.release.open", {{"task", ref}, {"title", task.title}});
  const auto helpers = storage::tasks::helpers(context.db, task.id);
  if (std::ranges::find(helpers, context.sender.id, &storage::Person::id) != helpers.end()) return;
  require_holder(context, "task.change.others");
}

void run_progress(Context& context, const Args& args) {
  require_worker(context);
  const Task& task = *context.task;
  const std::string ref = task_ref(task.id);
  const int percent = static_cast<int>(std::lround(*args.find<double>("percent")));
  const std::string note = checked_optional_text(args.text("note"), "task.note", longest_note);
  storage::tasks::work(context.db, task.id, percent, context.now);
  context.record("task.progress", ref, {{"progress", percent}, {"before", task.progress}, {"note", note}});
  context.reply("task.progress",
                {{"task", ref}, {"title", task.title}, {"progress", percent}, {"person", context.sender.name}});
}

void run_working(Context& context, const Args&) {
  require_worker(context);
  const Task& task = *context.task;
  const std::string ref = task_ref(task.id);
  storage::tasks::work(context.db, task.id, task.progress, context.now);
  context.record("task.working", ref, {{"before", storage::to_string(task.state)}});
  context.reply("task.working", {{"task", ref}, {"title", task.title}, {"person", context.sender.name}});
}

void run_block(Context& context, const Args& args) {
  require_worker(context);
  const Task& task = *context.task;
  const std::string ref = task_ref(task.id);
  const std::string reason = checked_text(args.text("reason"), "task.reason", longest_note);
  storage::tasks::block(context.db, task.id, reason, context.now);
  context.record("task.blocked", ref, {{"before", storage::to_string(task.state)}, {"reason", reason}});
  const Arguments arguments = {
      {"task", ref}, {"title", task.title}, {"reason", reason}, {"person", context.sender.name}};
  context.reply("task.blocked", arguments);
  // Somebody may be able to help: the project hears of it where it meets.
  if (context.update.place.is_private) context.announce(task.project_id, "task.blocked.home", arguments);
}

void run_unblock(Context& context, const Args&) {
  require_worker(context);
  const Task& task = *context.task;
  const std::string ref = task_ref(task.id);
  if (task.state != TaskState::blocked) throw UserError("task.unblock.not", {{"task", ref}, {"title", task.title}});
  storage::tasks::unblock(context.db, task.id, context.now);
  context.record("task.unblocked", ref, {{"reason", task.block_reason}});
  context.reply("task.unblocked", {{"task", ref}, {"title", task.title}});
}

/// Whoever waited for a task hears that it is done, once nothing else is in their way.
std::string tell_waiting(const Context& context, const Task& finished) {
  std::vector<Task> freed;
  for (Task& task : storage::tasks::awaited_by(context.db, finished.id)) {
    if (!storage::tasks::waits_for(context.db, task.id).empty()) continue;
    if (task.owner_id && task.owner_id != context.sender.id) {
      if (const auto owner = storage::people::find(context.db, *task.owner_id)) {
        context.tell(*owner, "task.can_go_on",
                     {{"task", task_ref(task.id)},
                      {"title", task.title},
                      {"finished", task_ref(finished.id)},
                      {"person", context.sender.name}});
      }
    }
    freed.push_back(std::move(task));
  }
  return refs_of(freed);
}

void run_done(Context& context, const Args& args) {
  const Task& task = *context.task;
  const std::string ref = task_ref(task.id);
  require_unfinished(context);
  if (task.owner_id) require_holder(context, "task.done.others");
  const std::string evidence = checked_optional_text(args.text("evidence"), "task.note", longest_note);
  const std::int64_t owner = task.owner_id.value_or(context.sender.id);
  storage::tasks::finish(context.db, task.id, owner, evidence, context.now);
  context.record("task.done", ref,
                 {{"owner", owner}, {"before", storage::to_string(task.state)}, {"evidence", evidence}});
  const auto credits = settle_credits(context, task, evidence);
  const auto counts = storage::tasks::count(context.db, task.project_id);
  const std::string owner_name = task.owner_id ? task.owner_name : context.sender.name;
  context.reply("task.done",
                {{"task", ref},
                 {"title", task.title},
                 {"person", context.mention(owner, owner_name)},
                 {"evidence", evidence.empty() ? "no" : "yes"},
                 {"done", counts.done},
                 {"all", counts.all()},
                 {"credits", refs_of(credits)},
                 {"freed", tell_waiting(context, task)},
                 {"next", open_alternatives(context, task.id)}},
                credits.empty() && owner == context.sender.id ? credit_buttons(context, task)
                                                              : confirm_buttons(context, credits));
}

void run_reopen(Context& context, const Args& args) {
  const Task& task = *context.task;
  const std::string ref = task_ref(task.id);
  if (!is_finished(task)) throw UserError("task.reopen.not", {{"task", ref}, {"title", task.title}});
  require_holder(context, "task.reopen.others");
  const std::string reason = checked_optional_text(args.text("reason"), "task.note", longest_note);
  storage::tasks::reopen(context.db, task.id, context.now);
  // Whoever finished it goes on with it, but not somebody who has left the team since.
  const bool goes_on = task.owner_id && storage::projects::role_of(context.db, task.project_id, *task.owner_id);
  if (task.owner_id && !goes_on) storage::tasks::release(context.db, task.id, task.handover);
  context.record("task.reopened", ref, {{"before", storage::to_string(task.state)}, {"reason", reason}});
  plan_inactivity_runs(context);
  const Arguments arguments = {{"task", ref},
                               {"title", task.title},
                               {"owner", goes_on ? task.owner_name : ""},
                               {"by", context.sender.name},
                               {"reason", reason}};
  context.reply("task.reopened", arguments);
  if (goes_on) tell_about(context, *task.owner_id, "task.reopened.you", arguments);
}

Command about_a_task(std::string_view name, std::vector<std::string_view> aliases,
                     std::vector<language::ArgumentSpec> more, void (*run)(Context&, const Args&)) {
  std::vector<language::ArgumentSpec> arguments = {the_task()};
  arguments.insert(arguments.end(), more.begin(), more.end());
  return {.name = name,
          .aliases = std::move(aliases),
          .role = Role::contributor,
          .about = About::task,
          .arguments = std::move(arguments),
          .run = run};
}

}  // namespace

Command progress() {
  return about_a_task("progress", {}, {{.name = "percent", .kind = ArgumentKind::percentage}, optional_rest("note")},
                      run_progress);
}

Command working() {
  return about_a_task("working", {"working on", "still working", "still working on", "still on", "keep"}, {},
                      run_working);
}

Command block() {
  return about_a_task("block", {"blocked", "pause task"}, {optional_rest("reason")}, run_block);
}

Command unblock() {
  return about_a_task("unblock", {"unblocked", "resume task"}, {}, run_unblock);
}

Command done() {
  return about_a_task("done", {"finish", "finished", "complete"}, {optional_rest("evidence")}, run_done);
}

Command reopen() {
  return about_a_task("reopen", {"open again"}, {optional_rest("reason")}, run_reopen);
}

}  // namespace osrbot
