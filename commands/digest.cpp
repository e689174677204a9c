#include "commands/digest.h"

#include <algorithm>
#include <iterator>
#include <vector>

#include "commands/local_time.h"
#include "commands/task_words.h"
#include "storage/task_links.h"

namespace osrbot {
namespace {

using storage::Task;
using storage::TaskState;

constexpr int tasks_read = 20;
constexpr int new_tasks_shown = 5;

void say_section(const Voice& voice, Message& message, const storage::Person& person, std::string_view head,
                 const std::vector<Task>& tasks) {
  if (tasks.empty()) return;
  const std::string& language = voice.language_of(person);
  voice.say(message, language, head);
  for (const Task& task : tasks) say_task_line(voice, message, language, task);
}

}  // namespace

bool say_digest(const Voice& voice, Message& message, const storage::Person& person, std::chrono::sys_seconds since) {
  const auto today = local_day(voice.now, person.time_zone);
  std::vector<Task> overdue;
  std::vector<Task> mine;
  std::vector<Task> doing;
  for (Task& task : storage::tasks::held_by(voice.db, person.id, tasks_read)) {
    const bool late = task.due && *task.due < today;
    (late ? overdue : task.state == TaskState::doing ? doing : mine).push_back(std::move(task));
  }
  std::ranges::move(storage::tasks::helped_by(voice.db, person.id, tasks_read), std::back_inserter(doing));
  const auto fresh = storage::tasks::fresh_for(voice.db, person.id, since, new_tasks_shown);
  if (overdue.empty() && mine.empty() && doing.empty() && fresh.empty()) return false;

  voice.say(message, voice.language_of(person), "digest.head", {{"person", person.name}});
  say_section(voice, message, person, "digest.overdue", overdue);
  say_section(voice, message, person, "digest.mine", mine);
  say_section(voice, message, person, "digest.doing", doing);
  say_section(voice, message, person, "digest.new", fresh);
  voice.say(message, voice.language_of(person), "digest.foot");
  return true;
}

}  // namespace osrbot
