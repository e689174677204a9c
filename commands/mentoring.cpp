#include "commands/mentoring.h"

#include <algorithm>
#include <array>
#include <iterator>

#include <fmt/format.h>

#include "commands/facts.h"
#include "commands/first_steps.h"
#include "commands/payload.h"
#include "commands/skill_words.h"
#include "commands/task_words.h"
#include "storage/jobs.h"
#include "storage/mentorships.h"

namespace osrbot {
namespace {

using language::ArgumentKind;
using storage::Mentorship;
using storage::Person;
namespace mentorships = storage::mentorships;

constexpr std::string_view check_in_job = "check-in";
constexpr auto check_ins = std::to_array<std::chrono::days>({std::chrono::days(7), std::chrono::days(30)});
constexpr std::chrono::days asked_again{7};  // after "not yet"

std::string job_key(std::int64_t person_id, std::size_t number) {
  return fmt::format("{}:{}:{}", check_in_job, person_id, number);
}

void plan_check_in(const Voice& voice, std::int64_t person_id, std::int64_t task_id, std::size_t number,
                   std::chrono::days after) {
  storage::jobs::plan(voice.db, check_in_job, job_key(person_id, number), voice.now + after,
                      to_payload({{"person", person_id}, {"task", task_id}}));
}

void drop_check_ins(const Voice& voice, std::int64_t person_id) {
  for (std::size_t i = 0; i < check_ins.size(); ++i) storage::jobs::drop(voice.db, job_key(person_id, i));
}

Button button_for(const Voice& voice, const Person& person, std::string_view key, std::string command) {
  return {.label = voice.house.words.text(voice.language_of(person), key), .command = std::move(command), .url = ""};
}

Arguments words_of(const Voice& voice, const Mentorship& one, const Person& newcomer, const Person& mentor) {
  const auto task = storage::tasks::find(voice.db, one.task_id);
  return {{"person", newcomer.name},
          {"mentor", mentor.name},
          {"task", task_ref(one.task_id)},
          {"title", task ? task->title : ""},
          {"project", task ? project_ref(task->project_id) : ""}};
}

/// Asks the next senior who could keep somebody company. Nothing when there is none who can be asked in private.
std::optional<Person> ask_mentor(const Context& context, const Person& newcomer, const storage::Task& task) {
  const std::string skill = skill_in(context.house.vocabulary, task.skill);
  auto senior = mentorships::find_mentor(context.db, task.project_id, newcomer.id, skill, context.now);
  if (!senior && !skill.empty()) {
    senior = mentorships::find_mentor(context.db, task.project_id, newcomer.id, "", context.now);
  }
  if (!senior) return std::nullopt;
  Mentorship one{.person_id = newcomer.id, .mentor_id = senior->id, .task_id = task.id, .skill = skill, .state = ""};
  one.id = mentorships::ask(context.db, one, context.now);
  Arguments arguments = words_of(context, one, newcomer, *senior);
  arguments.emplace_back("skill", skill_name(context.house.vocabulary, skill));
  const bool told =
      context.tell(*senior, "mentor.ask", arguments,
                   {button_for(context, *senior, "button.mentor.yes", fmt::format("mentor accept {}", one.id)),
                    button_for(context, *senior, "button.mentor.no", fmt::format("mentor decline {}", one.id))});
  if (told) return senior;
  mentorships::set_state(context.db, one.id, "asked", "declined", context.now);
  return ask_mentor(context, newcomer, task);  // ends: nobody is asked twice
}

/// The small task that fits best, or the one that was named.
std::optional<storage::Task> choose_task(Context& context, const Args& args) {
  if (const auto* ref = args.find<language::Ref>("task")) {
    auto task = storage::tasks::find(context.db, ref->number);
    if (!task)
      throw UserError("task.unknown", {{"task", task_ref(ref->number)}},
                      {context.button("button.whats_new", "whats new")});
    return task;
  }
  const Facts kept = kept_facts(context);
  auto skills = kept.skills;
  std::ranges::copy(kept.wants, std::back_inserter(skills));
  const FirstSteps steps = first_steps(context, skills);
  return steps.tasks.empty() ? std::nullopt : std::optional(steps.tasks.front());
}

/// Joins the project if need be, takes the task, and finds company. Joining and taking are the commands of those names,
/// with all that they refuse.
void run_first_task(Context& context, const Args& args) {
  const auto task = choose_task(context, args);
  if (!task) throw UserError("first.none", {}, {context.button("button.needs", "needs everywhere")});
  if (!storage::projects::role_of(context.db, task->project_id, context.sender.id)) {
    context.run_confirmed("join " + project_ref(task->project_id));
    if (!storage::projects::role_of(context.db, task->project_id, context.sender.id)) return;  // a coordinator decides
  }
  context.run_confirmed("claim " + task_ref(task->id));
  if (storage::tasks::find(context.db, task->id)->owner_id != context.sender.id) return;
  const Person newcomer = *storage::people::find(context.db, context.sender.id);
  if (!newcomer.first_timer || mentorships::of_person(context.db, newcomer.id)) return;
  for (std::size_t i = 0; i < check_ins.size(); ++i) plan_check_in(context, newcomer.id, task->id, i, check_ins[i]);
  const auto senior = ask_mentor(context, newcomer, *task);
  context.record("mentor.asked", task_ref(task->id));
  const auto project = storage::projects::find(context.db, task->project_id);
  std::string names;
  for (const Person& one : storage::projects::coordinators(context.db, project->id)) {
    names += (names.empty() ? "" : ", ") + one.name;
  }
  context.reply("first.company", {{"mentor", senior ? senior->name : ""}, {"coordinators", names}});
}

Mentorship asked_of_sender(Context& context, const Args& args) {
  const auto* number = args.find<std::int64_t>("number");
  auto one = number == nullptr ? std::nullopt : mentorships::find(context.db, *number);
  if (!one || one->mentor_id != context.sender.id) throw UserError("mentor.unknown");
  return *one;
}

void accept(Context& context, const Mentorship& one, const Person& newcomer) {
  if (!mentorships::set_state(context.db, one.id, "asked", "accepted", context.now)) throw UserError("mentor.over");
  context.record("mentor.accepted", task_ref(one.task_id));
  const Arguments arguments = words_of(context, one, newcomer, context.sender);
  context.reply("mentor.accepted", arguments);
  context.tell(newcomer, "mentor.yours", arguments, {button_for(context, newcomer, "button.mine", "tasks mine")});
}

void decline(Context& context, const Mentorship& one, const Person& newcomer) {
  const bool was_asked = mentorships::set_state(context.db, one.id, "asked", "declined", context.now);
  if (!was_asked && !mentorships::set_state(context.db, one.id, "accepted", "ended", context.now)) {
    throw UserError("mentor.over");
  }
  context.record("mentor.declined", task_ref(one.task_id));
  context.reply("mentor.declined", words_of(context, one, newcomer, context.sender));
  const auto task = storage::tasks::find(context.db, one.task_id);
  if (task && !is_finished(*task) && task->owner_id == newcomer.id) ask_mentor(context, newcomer, *task);
}

void run_mentor(Context& context, const Args& args) {
  const Mentorship one = asked_of_sender(context, args);
  const Person newcomer = *storage::people::find(context.db, one.person_id);
  if (args.text("answer") == "accept") {
    accept(context, one, newcomer);
  } else {
    decline(context, one, newcomer);
  }
}

/// The task that a check-in is about: the one of the mentorship, or the oldest that the person holds.
std::optional<storage::Task> task_of(const Context& context) {
  const auto held = storage::tasks::held_by(context.db, context.sender.id, 1);
  return held.empty() ? std::nullopt : std::optional(held.front());
}

void run_check_in(Context& context, const Args& args) {
  const std::string answer = args.text("answer");
  const auto task = task_of(context);
  const std::string ref = task ? task_ref(task->id) : "";
  const auto company = mentorships::of_person(context.db, context.sender.id);
  const auto senior =
      company && company->state == "accepted" ? storage::people::find(context.db, company->mentor_id) : std::nullopt;
  const Arguments arguments = {
      {"task", ref}, {"title", task ? task->title : ""}, {"mentor", senior ? senior->name : ""}};
  std::vector<Button> buttons;
  if (answer == "yes") {
    if (task) buttons = {context.button("button.done", "done " + ref, {{"task", ref}})};
    context.reply("check_in.yes", arguments, buttons);
  } else if (answer == "not yet") {
    if (task) {
      plan_check_in(context, context.sender.id, task->id, 0, asked_again);
      buttons = {context.button("button.show_task", "task show " + ref, {{"task", ref}}),
                 context.button("button.release", "release " + ref, {{"task", ref}})};
    }
    context.reply("check_in.not_yet", arguments, buttons);
  } else {
    drop_check_ins(context, context.sender.id);
    if (company) mentorships::set_state(context.db, company->id, company->state, "ended", context.now);
    if (senior) context.tell(*senior, "mentor.ended", {{"person", context.sender.name}});
    if (task) buttons.push_back(context.button("button.release", "release " + ref, {{"task", ref}}));
    buttons.push_back(context.button("button.whats_new", "whats new"));
    buttons.push_back(context.button("button.pause", "pause"));
    context.reply("check_in.not_for_me", arguments, buttons);
  }
  context.record("person.checked_in", "");
}

void ask_how_it_goes(const Voice& voice, const std::string& payload) {
  const Payload what(payload);
  const auto person = storage::people::find(voice.db, what.integer("person"));
  const auto task = storage::tasks::find(voice.db, what.integer("task"));
  if (!person || !task) return;
  const Arguments arguments = {{"person", person->name},
                               {"task", task_ref(task->id)},
                               {"title", task->title},
                               {"state", task->owner_id != person->id ? "given_back"
                                         : is_finished(*task)         ? "done"
                                                                      : "held"}};
  std::vector<Button> buttons;
  if (task->owner_id == person->id && !is_finished(*task)) {
    buttons = {button_for(voice, *person, "button.check_in.yes", "check in yes"),
               button_for(voice, *person, "button.check_in.not_yet", "check in not yet"),
               button_for(voice, *person, "button.check_in.not_for_me", "check in not for me")};
  } else {
    buttons = {button_for(voice, *person, "button.whats_new", "whats new")};
  }
  voice.tell(*person, "check_in.ask", arguments, buttons, {}, Occasion::unasked);
}

}  // namespace

Command first_task() {
  return {.name = "first task",
          .aliases = {"a first task", "my first task", "small task", "give me a task"},
          .role = Role::guest,
          .arguments = {{.name = "task", .kind = ArgumentKind::task, .required = false}},
          .run = run_first_task};
}

Command mentor() {
  return {.name = "mentor",
          .aliases = {},
          .role = Role::guest,
          .arguments = {{.name = "answer", .kind = ArgumentKind::choice, .choices = {"accept", "decline"}},
                        {.name = "number", .kind = ArgumentKind::count}},
          .hidden = true,
          .run = run_mentor};
}

Command check_in() {
  return {.name = "check in",
          .aliases = {"check-in"},
          .role = Role::guest,
          .arguments = {{.name = "answer", .kind = ArgumentKind::choice, .choices = {"yes", "not yet", "not for me"}}},
          .hidden = true,
          .run = run_check_in};
}

Timer check_in_timer() {
  return {.kind = check_in_job, .run = ask_how_it_goes};
}

}  // namespace osrbot
