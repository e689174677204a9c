#include "commands/home.h"

#include <algorithm>
#include <vector>

#include "commands/context.h"
#include "commands/first_steps.h"
#include "commands/skill_words.h"
#include "commands/task_words.h"
#include "storage/profiles.h"

namespace osrbot {
namespace {

constexpr int most_tasks = 10;
constexpr int most_projects = 10;
constexpr int most_needs = 5;

void say_tasks(const Context& context, Message& message) {
  const auto held = storage::tasks::held_by(context.db, context.sender.id, most_tasks + 1);
  context.say(message, held.empty() ? "home.tasks.none" : "home.tasks");
  for (std::size_t i = 0; i < std::min<std::size_t>(held.size(), most_tasks); ++i) {
    say_task_line(context, message, context.language_of(context.sender), held[i]);
    const std::string ref = task_ref(held[i].id);
    message.buttons.push_back({context.button("button.done", "done " + ref, {{"task", ref}}),
                               context.button("button.release", "release " + ref, {{"task", ref}})});
  }
  if (held.size() > most_tasks) message.buttons.push_back({context.button("button.mine", "tasks mine")});
}

void say_projects(const Context& context, Message& message) {
  const auto own = storage::projects::of_person(context.db, context.sender.id, most_projects);
  context.say(message, own.empty() ? "home.projects.none" : "home.projects");
  for (const storage::Project& project : own) {
    context.say(message, "home.project",
                {{"project", project_ref(project.id)},
                 {"title", project.title},
                 {"phase", storage::to_string(project.phase)},
                 {"role", storage::projects::role_of(context.db, project.id, context.sender.id) ==
                                  storage::projects::Role::coordinator
                              ? "coordinator"
                              : "contributor"}});
  }
}

/// Open needs for what somebody can do or wants to learn.
std::vector<storage::Need> needs_for_skills(const Context& context) {
  std::vector<storage::Need> fitting;
  for (const storage::PersonSkill& skill : storage::profiles::skills(context.db, context.sender.id)) {
    for (storage::Need& need : storage::needs::open_for_skill(context.db, skill.skill, context.sender.id, most_needs)) {
      if (fitting.size() == static_cast<std::size_t>(most_needs)) return fitting;
      fitting.push_back(std::move(need));  // a need is for one skill: it comes once
    }
  }
  return fitting;
}

void say_needs(const Context& context, Message& message) {
  auto open = needs_for_skills(context);
  const bool fit = !open.empty();
  if (!fit) {
    open = fitting_needs(context, {});
    open.resize(std::min<std::size_t>(open.size(), most_needs));
    // Somebody may be looked for where they have a conflict of interest.
    if (open.empty() && !storage::profiles::conflicts(context.db, context.sender.id).empty()) return;
  }
  context.say(message, fit ? "home.needs.fitting" : open.empty() ? "home.needs.none" : "home.needs");
  std::vector<Button> joins;
  for (const storage::Need& need : open) {
    const std::string ref = need_ref(need.id);
    context.say(message, "home.need",
                {{"need", ref},
                 {"project", project_ref(need.project_id)},
                 {"skill", wanted_skill(context.house.vocabulary, need.skill)},
                 {"count", need.wanted()},
                 {"due", need.deadline}});
    joins.push_back(context.button("button.join", "join " + ref, {{"ref", ref}}));
  }
  append_rows(message, std::move(joins));
}

void run_home(Context& context, const Args&) {
  Message message;
  if (context.update.kind == UpdateKind::home) {
    message.surface = Surface::home;
    message.surface_id = context.update.from.id;
  }
  say_tasks(context, message);
  say_projects(context, message);
  say_needs(context, message);
  message.buttons.push_back({context.button("button.projects", "project list"),
                             context.button("button.needs", "needs everywhere"),
                             context.button("button.help", "help")});
  context.reply(std::move(message));
}

}  // namespace

Command home() {
  return {.name = "home",
          .aliases = {"my page", "overview", "where am i"},
          .role = Role::guest,
          .arguments = {},
          .run = run_home};
}

}  // namespace osrbot
