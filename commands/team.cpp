#include "commands/team.h"

#include <algorithm>

#include <fmt/format.h>

#include "commands/context.h"
#include "commands/project_arguments.h"
#include "commands/skill_words.h"
#include "commands/team_warnings.h"
#include "commands/text_limits.h"
#include "storage/task_links.h"

namespace osrbot {
namespace {

using language::ArgumentKind;
namespace projects = storage::projects;

constexpr int members_on_a_page = 10;
constexpr std::size_t names_for_a_role = 5;
constexpr int needs_in_the_gauge = 100;

std::string_view name_of(projects::Role role) {
  return role == projects::Role::coordinator ? "coordinator" : "contributor";
}

/// A project always has somebody who coordinates it; only an administrator may leave it without for a while.
void require_other_coordinator(Context& context, const storage::Person& person) {
  if (context.role >= Role::administrator && person.id != context.sender.id) return;
  const auto all = projects::coordinators(context.db, context.project->id);
  if (all.size() == 1 && all.front().id == person.id) {
    throw UserError("coordinator.last", {{"project", project_ref(context.project->id)}, {"person", person.name}});
  }
}

void tell_about_role(Context& context, const storage::Person& person, std::string_view role) {
  if (!context.update.place.is_private || person.id == context.sender.id) return;  // in a group the mention tells them
  context.tell(person, "project.add.you",
               {{"project", project_ref(context.project->id)},
                {"title", context.project->title},
                {"by", context.sender.name},
                {"role", role}},
               {}, context.update.place.adapter);
}

void give_team_role(Context& context, const storage::Person& person, const std::string& role) {
  const std::int64_t id = context.project->id;
  const std::string ref = project_ref(id);
  const Arguments arguments = {
      {"person", context.mention(person)}, {"project", ref}, {"title", context.project->title}, {"role", role}};
  if (!projects::role_of(context.db, id, person.id)) {
    projects::set_role(context.db, id, person.id, projects::Role::contributor, context.now);
    context.record("member.added", ref, {{"person", person.id}, {"role", "contributor"}});
  }
  if (!storage::team::add_role(context.db, id, person.id, role, context.now)) {
    context.reply("team.role.already", arguments);
    return;
  }
  context.record("member.role.given", ref, {{"person", person.id}, {"team_role", role}});
  context.reply("team.role.given", arguments);
  tell_about_role(context, person, role);
}

void set_role(Context& context, const storage::Person& person, projects::Role role) {
  const std::int64_t id = context.project->id;
  const std::string ref = project_ref(id);
  const auto before = projects::role_of(context.db, id, person.id);
  if (before == projects::Role::coordinator && role == projects::Role::contributor)
    require_other_coordinator(context, person);
  projects::set_role(context.db, id, person.id, role, context.now);
  if (before) {
    context.record("member.role", ref, {{"person", person.id}, {"before", name_of(*before)}, {"role", name_of(role)}});
  } else {
    context.record("member.added", ref, {{"person", person.id}, {"role", name_of(role)}});
  }
  const bool stepped_back = before == projects::Role::coordinator;
  context.reply(stepped_back ? "project.add.contributor" : "project.add", {{"person", context.mention(person)},
                                                                           {"project", ref},
                                                                           {"title", context.project->title},
                                                                           {"role", name_of(role)}});
  tell_about_role(context, person, name_of(role));
}

void run_project_add(Context& context, const Args& args) {
  const storage::Person person = context.person(args, "person");
  const std::string wished = args.text("role");
  if (std::ranges::find(storage::team_roles, wished) != storage::team_roles.end()) {
    give_team_role(context, person, wished);
    return;
  }
  const projects::Role role = wished == "coordinator" ? projects::Role::coordinator : projects::Role::contributor;
  const auto before = projects::role_of(context.db, context.project->id, person.id);
  if (before && (*before == role || wished.empty())) {
    context.reply("project.add.already",
                  {{"person", context.mention(person)}, {"project", project_ref(context.project->id)}});
    return;
  }
  set_role(context, person, role);
}

void run_project_remove(Context& context, const Args& args) {
  const storage::Person person = context.person(args, "person");
  const std::string ref = project_ref(context.project->id);
  const std::string role = args.text("role");
  const Arguments who = {{"person", context.mention(person)}, {"project", ref}, {"role", role}};
  if (!projects::role_of(context.db, context.project->id, person.id)) throw UserError("project.remove.none", who);
  if (role == "coordinator") {
    if (projects::role_of(context.db, context.project->id, person.id) != projects::Role::coordinator) {
      throw UserError("team.role.none", who);
    }
    set_role(context, person, projects::Role::contributor);
    return;
  }
  if (!role.empty()) {
    if (!storage::team::remove_role(context.db, context.project->id, person.id, role)) {
      throw UserError("team.role.none", who);
    }
    context.record("member.role.taken", ref, {{"person", person.id}, {"team_role", role}});
    context.reply("team.role.taken", who);
    return;
  }
  const std::string why = checked_optional_text(args.text("reason"), "leave.reason", longest_note);
  const std::string tasks = end_membership(context, person, why, true);
  context.reply("project.removed",
                {{"person", person.name}, {"project", ref}, {"title", context.project->title}, {"tasks", tasks}});
  if (person.id == context.sender.id) return;
  context.tell(person, "project.removed.you",
               {{"project", ref}, {"title", context.project->title}, {"by", context.sender.name}, {"reason", why}}, {},
               context.update.place.adapter);
}

void run_members(Context& context, const Args& args) {
  const auto* after = args.find<std::int64_t>("after");
  const std::string ref = project_ref(context.project->id);
  const auto page = storage::team::members(context.db, context.project->id, after ? *after : 0, members_on_a_page + 1);
  const Arguments of_project = {{"project", ref},
                                {"title", context.project->title},
                                {"members", projects::member_count(context.db, context.project->id)}};
  if (page.empty()) {
    context.reply(after ? "list.end" : "members.empty", of_project);
    return;
  }
  Message message;
  context.say(message, "members.head", of_project);
  const std::size_t shown = std::min<std::size_t>(page.size(), members_on_a_page);
  for (std::size_t i = 0; i < shown; ++i) {
    context.say(message, "members.line",
                {{"person", page[i].name}, {"role", name_of(page[i].role)}, {"roles", page[i].team_roles}});
  }
  if (page.size() > shown) {
    message.buttons.push_back(
        {context.button("button.more", fmt::format("members {} after {}", ref, page[shown - 1].person_id))});
  }
  context.reply(message);
}

/// Open needs of the project by team role; those without one under "".
std::vector<storage::Need> open_needs(Context& context) {
  return storage::needs::of_project(context.db, context.project->id, true, 0, needs_in_the_gauge);
}

void run_team(Context& context, const Args&) {
  const std::string ref = project_ref(context.project->id);
  const auto holders = storage::team::holders(context.db, context.project->id, names_for_a_role);
  const auto needs = open_needs(context);
  Message message;
  context.say(message, "team.head",
              {{"project", ref},
               {"title", context.project->title},
               {"members", projects::member_count(context.db, context.project->id)},
               {"coordinators", context.coordinator_names()}});
  std::string missing;
  for (const std::string_view role : storage::team_roles) {
    const auto held = std::ranges::find(holders, role, &storage::team::Holders::role);
    std::string refs;
    for (const storage::Need& need : needs) {
      if (need.team_role == role) refs += (refs.empty() ? "" : ", ") + need_ref(need.id);
    }
    if (held == holders.end() && refs.empty()) {
      missing += fmt::format("{}{}", missing.empty() ? "" : ", ", role);
      continue;
    }
    const auto names = held == holders.end() ? std::vector<std::string>() : held->names;
    const std::int64_t more = held == holders.end() ? 0 : held->count - static_cast<std::int64_t>(names.size());
    context.say(
        message, "team.line",
        {{"role", role}, {"names", fmt::format("{}", fmt::join(names, ", "))}, {"more", more}, {"needs", refs}});
  }
  const std::string& reader = context.language_of(context.sender);
  std::string skills;
  for (const storage::Need& need : needs) {
    skills += fmt::format("{}{} × {} ({})", skills.empty() ? "" : ", ", need.wanted(),
                          wanted_skill(context.house.vocabulary, need.skill)(reader), need_ref(need.id));
  }
  context.say(message, "team.foot", {{"missing", missing}, {"skills", skills}, {"project", ref}});
  say_team_warnings(context, message);
  context.reply(message);
}

}  // namespace

std::string end_membership(Context& context, const storage::Person& person, std::string_view why, bool removed) {
  constexpr int tasks_at_most = 1000;  // nobody holds as many; bounds what one command does
  const std::int64_t id = context.project->id;
  require_other_coordinator(context, person);
  std::string refs;
  const std::string note = context.house.words.text(context.house.config.language, "leave.handover",
                                                    {{"person", person.name}, {"reason", why}});
  for (const storage::Task& task : storage::tasks::held_by_in(context.db, person.id, id, tasks_at_most)) {
    storage::tasks::release(context.db, task.id, note);
    const std::string ref = task_ref(task.id);
    context.record(
        "task.released", ref,
        {{"person", person.id}, {"before", person.id}, {"state", storage::to_string(task.state)}, {"handover", note}});
    refs += (refs.empty() ? "" : ", ") + ref;
  }
  for (const storage::Task& task : storage::tasks::helped_by(context.db, person.id, tasks_at_most)) {
    if (task.project_id != id || !storage::tasks::remove_helper(context.db, task.id, person.id)) continue;
    context.record("task.helper.removed", task_ref(task.id), {{"person", person.id}});
  }
  for (const std::int64_t need : storage::needs::of_person(context.db, id, person.id)) {
    storage::needs::remove_person(context.db, need, person.id);
    context.record("need.left", need_ref(need), {{"person", person.id}});
  }
  const auto member = storage::team::member(context.db, id, person.id);
  storage::team::leave(context.db, id, person.id, why, removed ? std::optional(context.sender.id) : std::nullopt,
                       context.now);
  context.record(removed ? "member.removed" : "member.left", project_ref(id),
                 {{"person", person.id},
                  {"role", name_of(member->role)},
                  {"team_roles", member->team_roles},
                  {"joined_at", member->joined_at.time_since_epoch().count()},
                  {"why", why}});
  return refs;
}

Command project_add() {
  std::vector<std::string_view> roles = {"contributor", "coordinator"};
  roles.insert(roles.end(), storage::team_roles.begin(), storage::team_roles.end());
  return {.name = "project add",
          .aliases = {"add member", "member add"},
          .role = Role::coordinator,
          .about = About::project,
          .arguments = {{.name = "person", .kind = ArgumentKind::person},
                        optional_project(),
                        {.name = "role",
                         .kind = ArgumentKind::choice,
                         .required = false,
                         .introduced_by = {"as"},
                         .choices = std::move(roles)}},
          .run = run_project_add};
}

Command project_remove() {
  std::vector<std::string_view> roles = {"coordinator"};
  roles.insert(roles.end(), storage::team_roles.begin(), storage::team_roles.end());
  return {.name = "project remove",
          .aliases = {"remove member", "member remove"},
          .role = Role::coordinator,
          .about = About::project,
          .arguments = {{.name = "person", .kind = ArgumentKind::person},
                        optional_project(),
                        {.name = "role",
                         .kind = ArgumentKind::choice,
                         .required = false,
                         .introduced_by = {"as"},
                         .choices = std::move(roles)},
                        {.name = "reason", .kind = ArgumentKind::rest, .required = false}},
          .run = run_project_remove};
}

Command members() {
  return {.name = "members",
          .aliases = {"list members", "who is in"},
          .role = Role::guest,
          .about = About::project,
          .arguments = {optional_project(),
                        {.name = "after", .kind = ArgumentKind::count, .required = false, .introduced_by = {"after"}}},
          .run = run_members};
}

Command team() {
  return {.name = "team",
          .aliases = {"team show", "gauge"},
          .role = Role::guest,
          .about = About::project,
          .arguments = {optional_project()},
          .run = run_team};
}

}  // namespace osrbot
