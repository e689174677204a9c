#include "commands/tasks.h"

#include <algorithm>

#include <fmt/format.h>

#include "commands/context.h"
#include "commands/text_limits.h"

namespace osrbot {
namespace {

using language::ArgumentKind;
using language::ArgumentSpec;
using storage::Task;
using storage::TaskState;

constexpr int tasks_on_a_page = 10;
constexpr std::size_t claim_buttons = 3;
constexpr int alternatives_named = 3;
constexpr std::size_t tasks_added_at_once = 20;
constexpr std::string_view finished_key = "task.finished";

ArgumentSpec the_task() {
  return {.name = "task", .kind = ArgumentKind::task};
}

ArgumentSpec optional_project() {
  return {.name = "project", .kind = ArgumentKind::project, .required = false};
}

ArgumentSpec optional_rest(std::string_view name) {
  return {.name = name, .kind = ArgumentKind::rest, .required = false};
}

bool is_finished(const Task& task) {
  return task.state == TaskState::done || task.state == TaskState::cancelled;
}

std::int64_t days_since(const Context& context, const Task& task) {
  if (!task.claimed_at) return 0;
  return std::chrono::floor<std::chrono::days>(context.now - *task.claimed_at).count();
}

/// "T2, T5": what else could be done in the project; empty when nothing is open.
std::string open_alternatives(Context& context, std::int64_t except) {
  std::string refs;
  for (const Task& task :
       storage::tasks::list(context.db, context.project->id, {TaskState::open}, 0, alternatives_named + 1)) {
    if (task.id != except) refs += (refs.empty() ? "" : ", ") + task_ref(task.id);
  }
  return refs;
}

[[noreturn]] void refuse_finished(const Task& task) {
  throw UserError(std::string(finished_key), {{"task", task_ref(task.id)},
                                              {"title", task.title},
                                              {"state", storage::to_string(task.state)},
                                              {"owner", task.owner_name}});
}

/// Whoever holds a task may change it, and coordinators.
void require_holder(const Context& context, std::string_view refusal) {
  const Task& task = *context.task;
  if (task.owner_id == context.sender.id || context.role >= Role::coordinator) return;
  throw UserError(std::string(refusal), {{"task", task_ref(task.id)}, {"owner", task.owner_name}});
}

/// A person may hold so many tasks at once: the tasks that are in the way are named.
void require_room(Context& context) {
  const TaskConfig& limits = context.house.config.tasks;
  const bool first = context.sender.first_timer && !storage::tasks::has_finished_any(context.db, context.sender.id);
  const int limit = first ? limits.first_timer_limit : limits.limit;
  const auto held = storage::tasks::held_by(context.db, context.sender.id, limit);
  if (std::cmp_less(held.size(), limit)) return;
  std::string refs;
  for (const Task& task : held) refs += (refs.empty() ? "" : ", ") + task_ref(task.id);
  throw UserError("task.claim.limit", {{"limit", limit}, {"tasks", refs}, {"first", task_ref(held.front().id)}});
}

void say_task_line(const Context& context, Message& message, const Task& task) {
  context.say(message, "task.line",
              {{"task", task_ref(task.id)},
               {"title", task.title},
               {"state", storage::to_string(task.state)},
               {"owner", task.owner_name}});
}

void list_own(Context& context) {
  const auto held = storage::tasks::held_by(context.db, context.sender.id, tasks_on_a_page);
  if (held.empty()) {
    context.reply("tasks.mine.empty", {}, {context.button("button.tasks", "tasks")});
    return;
  }
  Message message;
  context.say(message, "tasks.mine.head", {{"person", context.sender.name}});
  for (const Task& task : held) say_task_line(context, message, task);
  context.say(message, "tasks.mine.foot", {{"task", task_ref(held.front().id)}});
  context.reply(message);
}

std::vector<Task> page_of(Context& context, const std::string& which, std::int64_t after) {
  const std::int64_t project = context.project->id;
  const int limit = tasks_on_a_page + 1;
  if (which == "open") return storage::tasks::list(context.db, project, {TaskState::open}, after, limit);
  if (which == "done") return storage::tasks::list(context.db, project, {TaskState::done}, after, limit);
  return storage::tasks::list(
      context.db, project, {TaskState::open, TaskState::claimed, TaskState::doing, TaskState::blocked}, after, limit);
}

void run_tasks(Context& context, const Args& args) {
  const std::string which = args.text("which");
  if (which == "mine") {
    list_own(context);
    return;
  }
  const auto* after = args.find<language::Ref>("after");
  const std::string project = project_ref(context.project->id);
  const auto page = page_of(context, which, after ? after->number : 0);
  if (page.empty()) {
    const Arguments arguments = {{"project", project}, {"title", context.project->title}};
    context.reply(after ? "list.end" : which == "done" ? "tasks.done.empty" : "tasks.empty", arguments);
    return;
  }
  Message message;
  context.say(message, "tasks.head", {{"project", project}, {"title", context.project->title}});
  const std::size_t shown = std::min<std::size_t>(page.size(), tasks_on_a_page);
  std::vector<Button> claims;
  for (std::size_t i = 0; i < shown; ++i) {
    say_task_line(context, message, page[i]);
    if (page[i].state == TaskState::open && claims.size() < claim_buttons) {
      const std::string ref = task_ref(page[i].id);
      claims.push_back(context.button("button.claim", "claim " + ref, {{"task", ref}}));
    }
  }
  if (!claims.empty()) {
    context.say(message, "tasks.foot", {{"command", claims.front().command}});
    message.buttons.push_back(std::move(claims));
  }
  if (page.size() > shown) {
    message.buttons.push_back({context.button(
        "button.more", fmt::format("tasks {} {} after {}", project, which, task_ref(page[shown - 1].id)))});
  }
  context.reply(message);
}

void run_task_show(Context& context, const Args&) {
  const Task& task = *context.task;
  const std::string ref = task_ref(task.id);
  std::vector<Button> buttons;
  if (task.state == TaskState::open) {
    buttons.push_back(context.button("button.claim", "claim " + ref, {{"task", ref}}));
  } else if (task.is_held() && task.owner_id == context.sender.id) {
    buttons.push_back(context.button("button.done", "done " + ref, {{"task", ref}}));
    buttons.push_back(context.button("button.release", "release " + ref, {{"task", ref}}));
  }
  context.reply("task.show",
                {{"task", ref},
                 {"title", task.title},
                 {"project", project_ref(task.project_id)},
                 {"state", storage::to_string(task.state)},
                 {"owner", task.owner_name},
                 {"days", days_since(context, task)},
                 {"handover", task.handover},
                 {"evidence", task.evidence}},
                std::move(buttons));
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
  if (titles.size() > 1) {
    context.say(message, "task.added.foot", {{"count", titles.size()}, {"project", project}, {"task", task_ref(id)}});
  }
  context.reply(message);
}

void run_claim(Context& context, const Args&) {
  const Task& task = *context.task;
  const std::string ref = task_ref(task.id);
  if (is_finished(task)) refuse_finished(task);
  if (task.owner_id == context.sender.id) {
    context.reply("task.claim.already", {{"task", ref}, {"title", task.title}});
    return;
  }
  if (task.owner_id) {
    throw UserError("task.claim.taken", {{"task", ref},
                                         {"owner", task.owner_name},
                                         {"days", days_since(context, task)},
                                         {"alternatives", open_alternatives(context, task.id)}});
  }
  require_room(context);
  storage::tasks::claim(context.db, task.id, context.sender.id, context.now);
  context.record("task.claimed", ref);
  context.reply(
      "task.claimed",
      {{"task", ref}, {"title", task.title}, {"person", context.mention(context.sender)}, {"handover", task.handover}});
}

void run_assign(Context& context, const Args& args) {
  const Task task = *context.task;
  const std::string ref = task_ref(task.id);
  if (is_finished(task)) refuse_finished(task);
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
  context.record("task.assigned", ref, {{"person", person.id}, {"before", task.owner_id.value_or(0)}});
  context.reply("task.assigned", arguments);
  if (!context.update.place.is_private) return;  // in a group the mention tells them
  if (person.id != context.sender.id) context.tell(person, "task.assigned.you", arguments);
  if (task.owner_id && *task.owner_id != context.sender.id) {
    if (const auto before = storage::people::find(context.db, *task.owner_id)) {
      context.tell(*before, "task.assigned.away", arguments);
    }
  }
}

void run_release(Context& context, const Args& args) {
  const Task& task = *context.task;
  const std::string ref = task_ref(task.id);
  if (is_finished(task)) refuse_finished(task);
  if (!task.owner_id) throw UserError("task.release.open", {{"task", ref}, {"title", task.title}});
  require_holder(context, "task.release.others");
  const std::string handover = checked_optional_text(args.text("note"), "task.note", longest_note);
  storage::tasks::release(context.db, task.id, handover);
  context.record("task.released", ref, {{"before", *task.owner_id}, {"handover", handover}});
  context.reply("task.released",
                {{"task", ref}, {"title", task.title}, {"person", context.sender.name}, {"handover", handover}});
}

void run_done(Context& context, const Args& args) {
  const Task& task = *context.task;
  const std::string ref = task_ref(task.id);
  if (is_finished(task)) refuse_finished(task);
  if (task.owner_id) require_holder(context, "task.done.others");
  const std::string evidence = checked_optional_text(args.text("evidence"), "task.note", longest_note);
  const std::int64_t owner = task.owner_id.value_or(context.sender.id);
  storage::tasks::finish(context.db, task.id, owner, evidence, context.now);
  context.record("task.done", ref,
                 {{"owner", owner}, {"before", storage::to_string(task.state)}, {"evidence", evidence}});
  const auto counts = storage::tasks::count(context.db, task.project_id);
  const std::string owner_name = task.owner_id ? task.owner_name : context.sender.name;
  context.reply("task.done", {{"task", ref},
                              {"title", task.title},
                              {"person", context.mention(owner, owner_name)},
                              {"evidence", evidence.empty() ? "no" : "yes"},
                              {"done", counts.done},
                              {"all", counts.all()},
                              {"next", open_alternatives(context, task.id)}});
}

}  // namespace

Command tasks() {
  return {.name = "tasks",
          .aliases = {"task list", "list tasks", "todo"},
          .role = Role::guest,
          .about = About::project,
          .arguments =
              {optional_project(),
               {.name = "which", .kind = ArgumentKind::choice, .required = false, .choices = {"mine", "open", "done"}},
               {.name = "after", .kind = ArgumentKind::task, .required = false, .introduced_by = {"after"}}},
          .run = run_tasks};
}

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
          .run = run_task_add};
}

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

Command done() {
  return {.name = "done",
          .aliases = {"finish", "finished", "complete"},
          .role = Role::contributor,
          .about = About::task,
          .arguments = {the_task(), optional_rest("evidence")},
          .run = run_done};
}

}  // namespace osrbot
