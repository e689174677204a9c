#include "commands/task_words.h"

#include "commands/user_error.h"

namespace osrbot {

using language::ArgumentKind;
using storage::Task;
using storage::TaskState;

language::ArgumentSpec the_task() {
  return {.name = "task", .kind = ArgumentKind::task};
}

language::ArgumentSpec optional_rest(std::string_view name) {
  return {.name = name, .kind = ArgumentKind::rest, .required = false};
}

bool is_finished(const Task& task) {
  return task.state == TaskState::done || task.state == TaskState::cancelled;
}

void require_unfinished(const Context& context) {
  const Task& task = *context.task;
  if (!is_finished(task)) return;
  throw UserError("task.finished", {{"task", task_ref(task.id)},
                                    {"title", task.title},
                                    {"state", storage::to_string(task.state)},
                                    {"owner", task.owner_name}});
}

void require_holder(const Context& context, std::string_view refusal) {
  const Task& task = *context.task;
  if (task.owner_id == context.sender.id || context.role >= Role::coordinator) return;
  throw UserError(std::string(refusal), {{"task", task_ref(task.id)}, {"owner", task.owner_name}});
}

std::int64_t days_held(const Voice& voice, const Task& task) {
  if (!task.claimed_at) return 0;
  return std::chrono::floor<std::chrono::days>(voice.now - *task.claimed_at).count();
}

Argument due_argument(const Task& task) {
  if (!task.due || is_finished(task)) return {"due", ""};
  return {"due", *task.due};
}

void say_task_line(const Voice& voice, Message& message, std::string_view language, const Task& task) {
  voice.say(message, language, "task.line",
            {{"task", task_ref(task.id)},
             {"title", task.title},
             {"state", storage::to_string(task.state)},
             {"owner", task.owner_name},
             {"progress", is_finished(task) ? 0 : task.progress},
             due_argument(task)});
}

std::string refs_of(const std::vector<Task>& tasks) {
  std::string refs;
  for (const Task& task : tasks) refs += (refs.empty() ? "" : ", ") + task_ref(task.id);
  return refs;
}

std::string open_alternatives(Context& context, std::int64_t except) {
  constexpr int named = 3;
  auto open = storage::tasks::list(context.db, context.project->id, {TaskState::open}, 0, named + 1);
  std::erase_if(open, [except](const Task& task) { return task.id == except; });
  return refs_of(open);
}

void tell_about(const Context& context, std::int64_t person_id, std::string_view key, const Arguments& arguments) {
  if (!context.update.place.is_private || person_id == context.sender.id) return;
  if (const auto person = storage::people::find(context.db, person_id)) {
    context.tell(*person, key, arguments, {}, context.update.place.adapter);
  }
}

}  // namespace osrbot
