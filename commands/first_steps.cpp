#include "commands/first_steps.h"

#include <algorithm>

#include "commands/consent.h"
#include "commands/skill_words.h"
#include "storage/profiles.h"

namespace osrbot {
namespace {

constexpr std::size_t steps_shown = 3;
constexpr std::size_t tasks_shown = 2;
constexpr int looked_at = 50;
constexpr int projects_shown = 3;

bool share_one(const std::vector<std::string>& some, const std::vector<std::string>& others) {
  return std::ranges::find_first_of(some, others) != some.end();
}

std::vector<std::string> own_skills(const Context& context) {
  std::vector<std::string> ids;
  for (const storage::PersonSkill& one : storage::profiles::skills(context.db, context.sender.id)) {
    ids.push_back(one.skill);
  }
  return ids;
}

/// Those of the project first, then those that want one of the skills; otherwise in their order.
template <class Step>
void fitting_first(const Context& context, std::vector<Step>& steps, const std::vector<std::string>& skills,
                   std::optional<std::int64_t> project) {
  if (!skills.empty()) {
    std::ranges::stable_partition(
        steps, [&](const Step& step) { return share_one(skills_in(context.house.vocabulary, step.skill), skills); });
  }
  if (project) std::ranges::stable_partition(steps, [&](const Step& step) { return step.project_id == *project; });
}

void say_need(const Context& context, Message& message, std::string_view language, const storage::Need& need) {
  context.Voice::say(message, language, "steps.need",
                     {{"need", need_ref(need.id)},
                      {"skill", wanted_skill(context.house.vocabulary, need.skill)},
                      {"project", project_ref(need.project_id)},
                      {"hours", need.hours.value_or(0)},
                      {"hasHours", need.hours ? "yes" : ""}});
}

Button step_button(const Context& context, std::string_view language, std::string_view key, const std::string& ref,
                   std::string command) {
  return {.label = context.house.words.text(language, key, {{"ref", ref}}), .command = std::move(command), .url = ""};
}

void run_whats_new(Context& context, const Args&) {
  const std::string& language = context.language_of(context.sender);
  const auto skills = own_skills(context);
  Message message;
  context.say(message, "new.head");
  const auto projects = storage::projects::list(
      context.db, {.viewer = context.sender.id, .phase = {}, .study_type = {}}, 0, projects_shown);
  for (const storage::Project& project : projects) {
    context.say(message, "new.project",
                {{"project", project_ref(project.id)},
                 {"title", project.title},
                 {"phase", storage::to_string(project.phase)},
                 {"open", storage::tasks::count(context.db, project.id).open}});
  }
  if (projects.empty()) context.say(message, "new.nothing");
  say_open_needs(context, message, language, skills);
  const FirstSteps steps = first_steps(context, skills);
  if (!steps.tasks.empty()) {
    context.say(message, "new.small");
    const std::string ref = task_ref(steps.tasks.front().id);
    context.say(message, "steps.task",
                {{"task", ref},
                 {"title", steps.tasks.front().title},
                 {"project", project_ref(steps.tasks.front().project_id)}});
  }
  context.say(message, "new.foot");
  message.buttons.push_back(
      {context.button("button.needs", "needs everywhere"), context.button("button.projects", "project list")});
  if (!has_consented(context)) message.buttons.back().push_back(context.button("button.about_you", "start"));
  context.reply(message);
}

}  // namespace

std::vector<storage::Need> fitting_needs(const Context& context, const std::vector<std::string>& skills) {
  auto needs = storage::needs::open_everywhere(context.db, context.sender.id, 0, looked_at);
  const auto conflicts = storage::profiles::conflicts(context.db, context.sender.id);
  std::erase_if(needs, [&](const storage::Need& need) {
    return std::ranges::find(conflicts, need.project_id) != conflicts.end();
  });
  fitting_first(context, needs, skills, std::nullopt);
  return needs;
}

FirstSteps first_steps(const Context& context, const std::vector<std::string>& skills,
                       std::optional<std::int64_t> project) {
  FirstSteps steps{.tasks = storage::tasks::small_open(context.db, context.sender.id, looked_at),
                   .needs = fitting_needs(context, skills),
                   .contact = std::nullopt};
  fitting_first(context, steps.tasks, skills, project);
  fitting_first(context, steps.needs, skills, project);
  steps.tasks.resize(std::min(steps.tasks.size(), tasks_shown));
  steps.needs.resize(std::min(steps.needs.size(), steps_shown - steps.tasks.size()));
  if (!steps.tasks.empty()) {
    project = steps.tasks.front().project_id;
  } else if (!steps.needs.empty()) {
    project = steps.needs.front().project_id;
  }
  if (!project) return steps;
  for (const storage::Person& one : storage::projects::coordinators(context.db, *project)) {
    if (one.id != context.sender.id && !steps.contact) steps.contact = one;
  }
  return steps;
}

void say_first_steps(const Context& context, Message& message, std::string_view language, const FirstSteps& steps) {
  if (steps.tasks.empty() && steps.needs.empty()) {
    context.Voice::say(message, language, "steps.none");
    return;
  }
  context.Voice::say(message, language, "steps.head");
  std::vector<Button> buttons;
  for (const storage::Task& task : steps.tasks) {
    const std::string ref = task_ref(task.id);
    context.Voice::say(message, language, "steps.task",
                       {{"task", ref}, {"title", task.title}, {"project", project_ref(task.project_id)}});
    buttons.push_back(step_button(context, language, "button.first_task", ref, "first task " + ref));
  }
  for (const storage::Need& need : steps.needs) {
    const std::string ref = need_ref(need.id);
    say_need(context, message, language, need);
    buttons.push_back(step_button(context, language, "button.join", ref, "join " + ref));
  }
  if (steps.contact) {
    context.Voice::say(message, language, "steps.contact", {{"person", context.mention(*steps.contact)}});
  }
  message.buttons.push_back(std::move(buttons));
}

bool say_open_needs(const Context& context, Message& message, std::string_view language,
                    const std::vector<std::string>& skills) {
  auto needs = fitting_needs(context, skills);
  if (needs.empty()) return false;
  needs.resize(std::min(needs.size(), steps_shown));
  context.Voice::say(message, language, "steps.wanted");
  for (const storage::Need& need : needs) say_need(context, message, language, need);
  return true;
}

Command whats_new() {
  return {.name = "whats new",
          .aliases = {"what's new", "what is new", "what's happening", "whats happening", "what is happening", "news",
                      "where can i see what's happening", "where can i see whats happening",
                      "where can i see what is happening", "what's going on", "whats going on", "what is going on",
                      "first steps"},
          .role = Role::guest,
          .arguments = {},
          .run = run_whats_new};
}

}  // namespace osrbot
