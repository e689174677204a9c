#include "commands/tasks.h"

#include "commands/agenda.h"
#include "commands/context.h"
#include "commands/language/form_values.h"
#include "commands/project_arguments.h"
#include "commands/skill_words.h"
#include "commands/task_words.h"
#include "commands/text_limits.h"
#include "storage/task_links.h"

namespace osrbot {
namespace {

using language::ArgumentKind;
using storage::Task;
using storage::TaskState;

constexpr std::size_t tasks_added_at_once = 20;

std::vector<Button> next_steps(const Context& context, const Task& task) {
  const std::string ref = task_ref(task.id);
  std::vector<Button> buttons;
  if (task.state == TaskState::open) {
    buttons.push_back(context.button("button.claim", "claim " + ref, {{"task", ref}}));
  } else if (task.is_held() && task.owner_id == context.sender.id) {
    buttons.push_back(context.button("button.done", "done " + ref, {{"task", ref}}));
    buttons.push_back(context.button("button.release", "release " + ref, {{"task", ref}}));
  }
  return buttons;
}

void run_task_show(Context& context, const Args&) {
  const Task& task = *context.task;
  std::string helpers;
  for (const storage::Person& one : storage::tasks::helpers(context.db, task.id)) {
    helpers += (helpers.empty() ? "" : ", ") + one.name;
  }
  context.reply("task.show",
                {{"task", task_ref(task.id)},
                 {"title", task.title},
                 {"project", project_ref(task.project_id)},
                 {"state", storage::to_string(task.state)},
                 {"owner", task.owner_name},
                 {"days", days_held(context, task)},
                 {"progress", is_finished(task) ? 0 : task.progress},
                 {"helpers", helpers},
                 {"size", task.size},
                 {"skill", wanted_skill(context.house.vocabulary, task.skill)},
                 due_argument(task),
                 {"reason", task.block_reason},
                 {"waits", is_finished(task) ? "" : refs_of(storage::tasks::waits_for(context.db, task.id))},
                 {"handover", task.handover},
                 {"evidence", task.evidence}},
                next_steps(context, task));
}

void run_task_add(Context& context, const Args& args) {
  std::vector<std::string> titles;
  for (const std::string& title : args.texts("title")) {
    titles.push_back(checked_text(title, "task.title", longest_title));
  }
  if (titles.size() > tasks_added_at_once) {
    throw UserError("task.add.many", {{"count", titles.size()}, {"limit", tasks_added_at_once}});
  }
  Message message;
  const std::string project = project_ref(context.project->id);
  std::int64_t id = 0;
  for (const std::string& title : titles) {
    id = storage::tasks::create(context.db, context.project->id, title, context.sender.id, context.now);
    context.record("task.added", task_ref(id), {{"title", title}});
    context.say(message, titles.size() == 1 ? "task.added" : "task.added.line",
                {{"task", task_ref(id)}, {"title", title}, {"project", project}});
  }
  begin_agenda(context, context.sender.id);
  if (titles.size() > 1) {
    context.say(message, "task.added.foot", {{"count", titles.size()}, {"project", project}, {"task", task_ref(id)}});
  }
  context.reply(message);
}

/// The message in one line, and where it stands: a title is all that a task has for it.
std::vector<language::FormValue> task_of_message(const Context& context, std::string_view words) {
  const std::string& url = context.update.url;
  const std::string source = url.empty() || url.size() > longest_title / 2 ? "" : " (" + url + ")";
  return {{.argument = "title", .text = in_a_line(words, longest_title - source.size()) + source}};
}

void run_task_edit(Context& context, const Args& args) {
  require_unfinished(context);
  require_holder(context, "task.change.others");
  const Task& task = *context.task;
  const std::string title = checked_text(args.text("title"), "task.title", longest_title);
  storage::tasks::set_title(context.db, task.id, title);
  context.record("task.retitled", task_ref(task.id), {{"title", title}, {"before", task.title}});
  context.reply("task.retitled", {{"task", task_ref(task.id)}, {"title", title}});
}

void run_task_cancel(Context& context, const Args&) {
  require_unfinished(context);
  const Task task = *context.task;
  const std::string ref = task_ref(task.id);
  const Arguments arguments = {
      {"task", ref}, {"title", task.title}, {"owner", task.owner_name}, {"by", context.sender.name}};
  if (task.owner_id && task.owner_id != context.sender.id && !context.confirmed) {
    Message preview;
    context.say(preview, "task.cancel.ask", arguments);
    context.ask(std::move(preview));
    return;
  }
  storage::tasks::cancel(context.db, task.id);
  context.record("task.cancelled", ref,
                 {{"before", storage::to_string(task.state)}, {"owner", task.owner_id.value_or(0)}});
  context.reply("task.cancelled", arguments);
  if (task.owner_id) tell_about(context, *task.owner_id, "task.cancelled.you", arguments);
}

}  // namespace

Command task_show() {
  return {.name = "task show",
          .aliases = {"show task", "show", "task"},
          .role = Role::guest,
          .about = About::task,
          .arguments = {the_task()},
          .run = run_task_show};
}

Command task_add() {
  return {.name = "task add",
          .aliases = {"add task", "new task", "task new", "add tasks", "tasks add"},
          .role = Role::contributor,
          .about = About::project,
          .arguments = {optional_project(), {.name = "title", .kind = ArgumentKind::rest, .repeated = true}},
          .run = run_task_add,
          .of_message = task_of_message};
}

Command task_edit() {
  return {.name = "task edit",
          .aliases = {"edit task", "rename task", "task rename"},
          .role = Role::contributor,
          .about = About::task,
          .arguments = {the_task(), {.name = "title", .kind = ArgumentKind::rest}},
          .run = run_task_edit};
}

Command task_cancel() {
  return {.name = "task cancel",
          .aliases = {"cancel task", "delete task", "task delete", "remove task", "task remove"},
          .role = Role::coordinator,
          .about = About::task,
          .arguments = {the_task()},
          .run = run_task_cancel};
}

}  // namespace osrbot
