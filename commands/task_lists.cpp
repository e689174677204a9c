#include "commands/task_lists.h"

#include <algorithm>

#include <fmt/format.h>

#include "commands/context.h"
#include "commands/local_time.h"
#include "commands/project_arguments.h"
#include "commands/task_words.h"

namespace osrbot {
namespace {

using language::ArgumentKind;
using storage::Task;
using storage::TaskState;

constexpr std::size_t tasks_on_a_page = 10;
constexpr int asked_for = tasks_on_a_page + 1;  // whether there are more

language::ArgumentSpec after_a_task() {
  return {.name = "after", .kind = ArgumentKind::task, .required = false, .introduced_by = {"after"}};
}

std::int64_t after_of(const Args& args) {
  const auto* after = args.find<language::Ref>("after");
  return after ? after->number : 0;
}

std::vector<Task> tasks_of(Context& context, const std::string& which, std::int64_t after) {
  const std::int64_t project = context.project->id;
  const auto in = [&](std::initializer_list<TaskState> states) {
    return storage::tasks::list(context.db, project, states, after, asked_for);
  };
  if (which == "open" || which == "unowned") return in({TaskState::open});
  if (which == "done") return in({TaskState::done});
  if (which == "blocked") return in({TaskState::blocked});
  if (which == "overdue") {
    const auto today = local_day(context.now, context.sender.time_zone);
    return storage::tasks::overdue(context.db, project, today, after, asked_for);
  }
  return in({TaskState::open, TaskState::claimed, TaskState::doing, TaskState::blocked});
}

/// What the reader can do next with a task, if anything.
std::optional<Button> next_step(const Context& context, const Task& task) {
  const std::string ref = task_ref(task.id);
  if (task.state == TaskState::open) return context.button("button.claim", "claim " + ref, {{"task", ref}});
  if (task.is_held() && task.owner_id == context.sender.id) {
    return context.button("button.done", "done " + ref, {{"task", ref}});
  }
  return std::nullopt;
}

/// The lines of a page with a button for each entry, and one for the next page.
void say_page(const Context& context, Message& message, const std::vector<Task>& page, const std::string& more) {
  const std::size_t shown = std::min(page.size(), tasks_on_a_page);
  std::vector<Button> steps;
  for (std::size_t i = 0; i < shown; ++i) {
    say_task_line(context, message, context.language_of(context.sender), page[i]);
    if (auto button = next_step(context, page[i])) steps.push_back(*std::move(button));
  }
  append_rows(message, std::move(steps));
  if (page.size() > shown) {
    message.buttons.push_back(
        {context.button("button.more", fmt::format("{} after {}", more, task_ref(page[shown - 1].id)))});
  }
}

std::string_view empty_key(const std::string& which) {
  if (which == "done") return "tasks.done.empty";
  if (which == "overdue") return "tasks.overdue.empty";
  if (which == "blocked") return "tasks.blocked.empty";
  if (which == "open" || which == "unowned") return "tasks.open.empty";
  return "tasks.empty";
}

void run_tasks_mine(Context& context, const Args& args) {
  const std::int64_t after = after_of(args);
  const auto held = storage::tasks::held_by(context.db, context.sender.id, asked_for, after);
  if (held.empty()) {
    context.reply(after ? "list.end" : "tasks.mine.empty", {}, {context.button("button.tasks", "tasks")});
    return;
  }
  Message message;
  context.say(message, "tasks.mine.head", {{"person", context.sender.name}});
  say_page(context, message, held, "tasks mine");
  context.say(message, "tasks.mine.foot", {{"task", task_ref(held.front().id)}});
  context.reply(message);
}

void run_tasks(Context& context, const Args& args) {
  const std::string which = args.text("which");
  const std::int64_t after = after_of(args);
  const std::string project = project_ref(context.project->id);
  const auto page = tasks_of(context, which, after);
  if (page.empty()) {
    context.reply(after ? "list.end" : empty_key(which), {{"project", project}, {"title", context.project->title}});
    return;
  }
  Message message;
  context.say(message, "tasks.head", {{"project", project}, {"title", context.project->title}});
  say_page(context, message, page, fmt::format("tasks {}{}{}", project, which.empty() ? "" : " ", which));
  const auto open = std::ranges::find(page, TaskState::open, &Task::state);
  if (open != page.end()) context.say(message, "tasks.foot", {{"command", "claim " + task_ref(open->id)}});
  context.reply(message);
}

}  // namespace

Command tasks() {
  return {.name = "tasks",
          .aliases = {"task list", "list tasks", "todo"},
          .role = Role::guest,
          .about = About::project,
          .arguments = {optional_project(),
                        {.name = "which",
                         .kind = ArgumentKind::choice,
                         .required = false,
                         .choices = {"open", "unowned", "overdue", "blocked", "done"}},
                        after_a_task()},
          .run = run_tasks};
}

Command tasks_mine() {
  return {.name = "tasks mine",
          .aliases = {"my tasks", "mine", "list my tasks"},
          .role = Role::guest,
          .arguments = {after_a_task()},
          .run = run_tasks_mine};
}

}  // namespace osrbot
