#include "commands/projects.h"

#include "commands/context.h"
#include "commands/text_limits.h"
#include "storage/conversations.h"

namespace osrbot {
namespace {

using language::ArgumentKind;
using storage::Project;
namespace projects = storage::projects;

constexpr int projects_on_a_page = 10;

language::ArgumentSpec optional_project() {
  return {.name = "project", .kind = ArgumentKind::project, .required = false};
}

void run_project_new(Context& context, const Args& args) {
  const std::string title = checked_text(args.text("title"), "project.title", longest_title);
  const Project project = projects::create(context.db, title, context.sender.id, context.now);
  context.project = project;
  const std::string ref = project_ref(project.id);
  context.record("project.created", ref, {{"title", title}});
  context.reply("project.created",
                {{"project", ref}, {"title", title}, {"private", context.update.place.is_private ? "yes" : "no"}});
}

void run_project_list(Context& context, const Args& args) {
  const auto* after = args.find<language::Ref>("after");
  const std::int64_t from = after ? after->number : 0;
  const auto page = projects::list(context.db, from, projects_on_a_page + 1);
  if (page.empty()) {
    context.reply(from == 0 ? "project.list.empty" : "list.end");
    return;
  }
  Message message;
  context.say(message, "project.list.head");
  const std::size_t shown = std::min<std::size_t>(page.size(), projects_on_a_page);
  for (std::size_t i = 0; i < shown; ++i) {
    const auto counts = storage::tasks::count(context.db, page[i].id);
    context.say(message, "project.list.line",
                {{"project", project_ref(page[i].id)}, {"title", page[i].title}, {"open", counts.open}});
  }
  context.say(message, "project.list.foot", {{"project", project_ref(page.front().id)}});
  if (page.size() > shown) {
    message.buttons.push_back({context.button("button.more", "project list after " + project_ref(page[shown - 1].id))});
  }
  context.reply(message);
}

void run_project_show(Context& context, const Args&) {
  const Project& project = *context.project;
  const auto counts = storage::tasks::count(context.db, project.id);
  std::string coordinators;
  for (const storage::Person& one : projects::coordinators(context.db, project.id)) {
    coordinators += (coordinators.empty() ? "" : ", ") + one.name;
  }
  const std::string ref = project_ref(project.id);
  context.reply("project.show",
                {{"project", ref},
                 {"title", project.title},
                 {"coordinators", coordinators},
                 {"members", projects::member_count(context.db, project.id)},
                 {"open", counts.open},
                 {"all", counts.all()},
                 {"approval", project.asks_approval ? "yes" : "no"}},
                {context.button("button.tasks", "tasks " + ref), context.button("button.status", "status " + ref)});
}

void run_project_here(Context& context, const Args& args) {
  const Place& place = context.update.place;
  if (place.is_private) throw UserError("project.here.private");
  if (!args.find<language::Ref>("project")) {
    context.reply("project.here.is",
                  {{"project", project_ref(context.project->id)}, {"title", context.project->title}});
    return;
  }
  storage::conversations::bind(context.db, {place.adapter, place.workspace, place.conversation}, place.thread,
                               context.project->id, context.now);
  const std::string ref = project_ref(context.project->id);
  context.record("project.bound", ref, {{"adapter", place.adapter}, {"conversation", place.conversation}});
  context.reply("project.here", {{"project", ref},
                                 {"title", context.project->title},
                                 {"approval", context.project->asks_approval ? "yes" : "no"}});
}

void run_project_add(Context& context, const Args& args) {
  const storage::Person person = context.person(args, "person");
  const bool coordinates = args.text("role") == "coordinator";
  const auto before = projects::role_of(context.db, context.project->id, person.id);
  const auto role = coordinates ? projects::Role::coordinator : projects::Role::contributor;
  const std::string ref = project_ref(context.project->id);
  const Arguments arguments = {{"person", context.mention(person)},
                               {"project", ref},
                               {"title", context.project->title},
                               {"role", coordinates ? "coordinator" : "contributor"}};
  if (before && (*before == role || !coordinates)) {
    context.reply("project.add.already", arguments);
    return;
  }
  projects::set_role(context.db, context.project->id, person.id, role, context.now);
  context.record("member.added", ref, {{"person", person.id}, {"role", coordinates ? "coordinator" : "contributor"}});
  context.reply("project.add", arguments);
}

void run_project_approval(Context& context, const Args& args) {
  const bool asks = args.text("answer") == "on";
  projects::set_asks_approval(context.db, context.project->id, asks);
  const std::string ref = project_ref(context.project->id);
  context.record("project.approval", ref, {{"asks", asks ? "on" : "off"}});
  context.reply(asks ? "project.approval.on" : "project.approval.off", {{"project", ref}});
}

}  // namespace

Command project_new() {
  return {.name = "project new",
          .aliases = {"new project", "create project", "project create"},
          .role = Role::guest,
          .arguments = {{.name = "title", .kind = ArgumentKind::rest}},
          .run = run_project_new};
}

Command project_list() {
  return {
      .name = "project list",
      .aliases = {"projects", "list projects"},
      .role = Role::guest,
      .arguments = {{.name = "after", .kind = ArgumentKind::project, .required = false, .introduced_by = {"after"}}},
      .run = run_project_list};
}

Command project_show() {
  return {.name = "project show",
          .aliases = {"show project", "project"},
          .role = Role::guest,
          .about = About::project,
          .arguments = {optional_project()},
          .run = run_project_show};
}

Command project_here() {
  return {.name = "project here",
          .aliases = {},
          .role = Role::coordinator,
          .about = About::project,
          .arguments = {optional_project()},
          .run = run_project_here};
}

Command project_add() {
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
                         .choices = {"contributor", "coordinator"}}},
          .run = run_project_add};
}

Command project_approval() {
  return {.name = "project approval",
          .aliases = {},
          .role = Role::coordinator,
          .about = About::project,
          .arguments = {{.name = "answer", .kind = ArgumentKind::choice, .choices = {"on", "off"}}, optional_project()},
          .run = run_project_approval};
}

}  // namespace osrbot
