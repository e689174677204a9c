#include "commands/inactivity.h"

#include <algorithm>
#include <map>
#include <utility>
#include <vector>

#include <fmt/chrono.h>

#include "commands/agenda.h"
#include "commands/context.h"
#include "commands/payload.h"
#include "commands/task_words.h"
#include "storage/audit.h"
#include "storage/changes.h"
#include "storage/jobs.h"
#include "storage/task_activity.h"

namespace osrbot {
namespace {

using std::chrono::days;
using std::chrono::sys_seconds;
using storage::Task;

constexpr std::string_view inactivity_job = "tasks.inactivity";
constexpr std::chrono::hours between_runs{1};
constexpr std::size_t quiet_tasks_shown = 10;

struct Quiet {
  std::vector<Task> to_ask;
  std::vector<Task> to_free;
};

Quiet find_quiet(const Voice& voice) {
  const TaskConfig& config = voice.house.config.tasks;
  return {
      .to_ask = storage::tasks::quiet_since(voice.db, voice.now - days(config.reminder_days), config.nudges_per_run),
      .to_free = storage::tasks::unanswered_since(
          voice.db, voice.now - days(config.release_days - config.reminder_days), config.releases_per_run)};
}

/// `run`: "freed": with the time, the name by which the whole run can be taken back.
void record(const Voice& voice, std::string_view run, std::string_view action, const Task& task,
            std::vector<Detail> details) {
  const std::string name = fmt::format("{}-{:%Y%m%d-%H%M%S}", run, voice.now);
  details.push_back({"run", name});
  storage::audit::append(voice.db,
                         {.person_id = std::nullopt,
                          .action = action,
                          .object = task_ref(task.id),
                          .project_id = task.project_id,
                          .details = to_payload(details),
                          .adapter = timer_adapter,
                          .update_key = voice.update_key},
                         voice.now);
}

void ask(const Voice& voice, const std::vector<Task>& tasks) {
  for (const Task& task : tasks) {
    storage::tasks::mark_nudged(voice.db, task.id, voice.now);
    record(voice, "asked", "task.nudged", task, {{"owner", *task.owner_id}});
    plan_agenda(voice, *task.owner_id);
  }
}

void free_one(const Voice& voice, const Task& task) {
  // The last owner's note says more than the bot can.
  const std::string handover =
      !task.handover.empty()
          ? task.handover
          : voice.house.words.text(
                voice.house.config.language, "task.auto.handover",
                {{"owner", task.owner_name}, {"days", days_held(voice, task)}, {"progress", task.progress}});
  // Not part of the event: when it is taken back, the task is with its owner as if they had just been heard of.
  storage::tasks::forget_nudge(voice.db, task.id, voice.now);
  storage::changes::begin(voice.db);
  storage::tasks::release(voice.db, task.id, handover);
  record(voice, "freed", "task.freed", task,
         {{"person", *task.owner_id},
          {"before", *task.owner_id},
          {"state", storage::to_string(task.state)},
          {"handover", task.handover}});
}

/// One message for each person and each project, however many tasks it is about.
void free_all(const Voice& voice, const std::vector<Task>& tasks) {
  std::map<std::int64_t, std::vector<Task>> by_owner;
  std::map<std::int64_t, std::vector<Task>> by_project;
  for (const Task& task : tasks) {
    free_one(voice, task);
    by_owner[*task.owner_id].push_back(task);
    by_project[task.project_id].push_back(task);
  }
  for (const auto& [owner, theirs] : by_owner) {
    const auto person = storage::people::find(voice.db, owner);
    if (!person) continue;
    voice.tell(*person, "task.auto.freed.you",
               {{"tasks", refs_of(theirs)}, {"count", theirs.size()}, {"first", task_ref(theirs.front().id)}});
  }
  for (const auto& [project, freed] : by_project) {
    const std::string first = task_ref(freed.front().id);
    const std::string button = voice.house.words.text(voice.house.config.language, "button.claim", {{"task", first}});
    voice.announce(project, "task.auto.freed.home",
                   {{"tasks", refs_of(freed)}, {"count", freed.size()}, {"first", first}},
                   {{.label = button, .command = "claim " + first, .url = ""}});
  }
}

void plan_run(const Voice& voice, sys_seconds at) {
  storage::jobs::plan_once(voice.db, inactivity_job, inactivity_job, at,
                           to_payload({{"due", at.time_since_epoch().count()}}));
}

void run_inactivity(const Voice& voice, const std::string& payload) {
  const sys_seconds due{std::chrono::seconds(Payload(payload).integer("due"))};
  const Quiet quiet = find_quiet(voice);
  ask(voice, quiet.to_ask);
  // After the bot was away, what people wrote meanwhile comes first: it may be that a task goes on.
  if (voice.now < due + between_runs) free_all(voice, quiet.to_free);
  plan_run(voice, voice.now + between_runs);
}

void say_tasks(const Context& context, Message& message, std::string_view head, const std::vector<Task>& tasks,
               int limit) {
  context.say(message, head, {{"count", tasks.size()}, {"limit", limit}});
  for (std::size_t i = 0; i < std::min(tasks.size(), quiet_tasks_shown); ++i) {
    say_task_line(context, message, context.language_of(context.sender), tasks[i]);
  }
  if (tasks.size() > quiet_tasks_shown)
    context.say(message, "nudges.more", {{"count", tasks.size() - quiet_tasks_shown}});
}

void run_nudges_dry_run(Context& context, const Args&) {
  const Quiet quiet = find_quiet(context);
  const TaskConfig& config = context.house.config.tasks;
  Message message;
  context.say(message, "nudges.head");
  say_tasks(context, message, "nudges.ask", quiet.to_ask, config.nudges_per_run);
  say_tasks(context, message, "nudges.free", quiet.to_free, config.releases_per_run);
  context.reply(message);
}

}  // namespace

sys_seconds release_time(const TaskConfig& config, sys_seconds nudged) {
  return nudged + days(config.release_days - config.reminder_days);
}

void plan_inactivity_runs(const Voice& voice) {
  plan_run(voice, voice.now + between_runs);
}

Timer inactivity() {
  return {.kind = inactivity_job, .run = run_inactivity};
}

Command nudges_dry_run() {
  return {.name = "nudges dry run",
          .aliases = {"nudges"},
          .role = Role::administrator,
          .arguments = {},
          .run = run_nudges_dry_run};
}

}  // namespace osrbot
