#include "commands/reminders.h"

#include <charconv>

#include <fmt/format.h>

#include "commands/agenda.h"
#include "commands/context.h"
#include "commands/local_time.h"
#include "commands/task_words.h"
#include "commands/text_limits.h"
#include "storage/reminders.h"

namespace osrbot {
namespace {

using language::ArgumentKind;
using storage::Person;
using storage::reminders::Reminder;

constexpr int most_reminders = 20;  // of one person
constexpr std::chrono::hours usual_time{9};

std::string reminder_ref(std::int64_t id) {
  return fmt::format("R{}", id);
}

/// "R3", "r3" or "3".
std::optional<std::int64_t> reminder_from(std::string_view text) {
  if (text.starts_with('R') || text.starts_with('r')) text.remove_prefix(1);
  std::int64_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || end != text.data() + text.size() || number <= 0) return std::nullopt;
  return number;
}

void find_task(Context& context, const Args& args) {
  const auto* ref = args.find<language::Ref>("task");
  if (!ref) return;
  context.task = storage::tasks::find(context.db, ref->number);
  if (!context.task) {
    throw UserError("task.unknown", {{"task", task_ref(ref->number)}}, {context.button("button.tasks", "tasks")});
  }
  if (is_finished(*context.task)) require_unfinished(context);
  context.project = storage::projects::find(context.db, context.task->project_id);
}

/// Others are reminded by coordinators, of a task of theirs: nobody else's calendar is open to everybody.
void require_right(const Context& context, const Person& person) {
  if (person.id == context.sender.id || context.is_administrator) return;
  if (!context.task) throw UserError("remind.others.task", {{"person", person.name}});
  const auto role = storage::projects::role_of(context.db, context.task->project_id, context.sender.id);
  if (role == storage::projects::Role::coordinator) return;
  throw UserError("remind.others", {{"project", project_ref(context.task->project_id)}, {"person", person.name}});
}

void run_remind(Context& context, const Args& args) {
  find_task(context, args);
  const Person person = context.person(args, "person");
  require_right(context, person);
  const std::string words = checked_optional_text(args.text("what"), "task.note", longest_note);
  if (words.empty() && !context.task) throw UserError("remind.what");
  const auto& date = *args.find<language::DateValue>("time");
  const auto clock =
      date.minute_of_day < 0 ? std::chrono::minutes(usual_time) : std::chrono::minutes(date.minute_of_day);
  const std::chrono::local_seconds local = std::chrono::local_days(date.candidates.front()) + clock;
  const std::chrono::sys_seconds due_at = to_utc(local, person.time_zone);
  if (due_at <= context.now)
    throw UserError("remind.past", {{"when", local}, {"zone", time_zone_name(person.time_zone)}});
  if (storage::reminders::count(context.db, person.id) >= most_reminders) {
    throw UserError("remind.many", {{"limit", most_reminders}, {"person", person.name}});
  }
  const Place& place = context.update.place;
  const std::int64_t id = storage::reminders::add(
      context.db, {.person_id = person.id,
                   .set_by = context.sender.id,
                   .task_id = context.task ? std::optional(context.task->id) : std::nullopt,
                   .words = words,
                   .local_time = local,
                   .zone = person.time_zone,
                   .due_at = due_at,
                   .asked_in = {place.adapter, place.workspace, place.conversation, place.thread}});
  context.record("reminder.set", reminder_ref(id), {{"person", person.id}});
  plan_agenda(context, person.id);
  context.reply("remind.set", {{"reminder", reminder_ref(id)},
                               {"person", person.id == context.sender.id ? "" : person.name},
                               {"task", context.task ? task_ref(context.task->id) : ""},
                               {"when", local},
                               {"zone", time_zone_name(person.time_zone)},
                               {"unknown", person.time_zone.empty() ? "yes" : "no"}});
}

void run_reminders(Context& context, const Args&) {
  const auto all = storage::reminders::of_person(context.db, context.sender.id, most_reminders);
  if (all.empty()) {
    context.reply("reminders.empty");
    return;
  }
  Message message;
  context.say(message, "reminders.head");
  for (const Reminder& reminder : all) {
    const auto task = reminder.task_id ? storage::tasks::find(context.db, *reminder.task_id) : std::nullopt;
    context.say(message, "reminders.line",
                {{"reminder", reminder_ref(reminder.id)},
                 {"when", to_local(reminder.due_at, context.sender.time_zone)},
                 {"task", task ? task_ref(task->id) : ""},
                 {"title", task ? task->title : ""},
                 {"words", reminder.words}});
  }
  context.say(message, "reminders.foot", {{"reminder", reminder_ref(all.front().id)}});
  context.reply(message);
}

void run_forget(Context& context, const Args& args) {
  const auto number = reminder_from(args.text("reminder"));
  const auto reminder = number ? storage::reminders::find(context.db, *number) : std::nullopt;
  if (!reminder || (reminder->person_id != context.sender.id && reminder->set_by != context.sender.id)) {
    throw UserError("reminder.unknown", {{"written", args.text("reminder")}});
  }
  storage::reminders::remove(context.db, reminder->id);
  context.record("reminder.forgotten", reminder_ref(reminder->id), {{"person", reminder->person_id}});
  plan_agenda(context, reminder->person_id);
  context.reply("reminder.forgotten", {{"reminder", reminder_ref(reminder->id)}});
}

}  // namespace

Command remind() {
  return {.name = "remind",
          .aliases = {"set reminder", "reminder"},
          .role = Role::guest,
          .arguments = {{.name = "person", .kind = ArgumentKind::person},
                        {.name = "task", .kind = ArgumentKind::task, .required = false, .introduced_by = {"about"}},
                        {.name = "time", .kind = ArgumentKind::date},
                        optional_rest("what")},
          .run = run_remind};
}

Command reminders() {
  return {.name = "reminders",
          .aliases = {"my reminders", "list reminders"},
          .role = Role::guest,
          .arguments = {},
          .run = run_reminders};
}

Command forget_reminder() {
  return {.name = "forget reminder",
          .aliases = {"reminder forget", "cancel reminder", "delete reminder", "remove reminder"},
          .role = Role::guest,
          .arguments = {{.name = "reminder", .kind = ArgumentKind::rest}},
          .run = run_forget};
}

}  // namespace osrbot
