#include "commands/projects.h"

#include <algorithm>

#include <fmt/format.h>

#include "commands/context.h"
#include "commands/language/text.h"
#include "commands/project_arguments.h"
#include "commands/text_limits.h"
#include "storage/conversations.h"

namespace osrbot {
namespace {

using language::ArgumentKind;
using storage::Project;
namespace projects = storage::projects;

constexpr int projects_on_a_page = 10;
constexpr std::size_t longest_slug = 40;  // bytes; what the grammar takes as a name is longer

/// "hernia-repair-in-district-hospitals": what remains of a title as a word in commands. Empty when it has no letters.
std::string slug_of(std::string_view title) {
  std::string slug;
  std::string word;
  bool letters = false;
  const auto end_word = [&] {
    const std::size_t joint = slug.empty() ? 0 : 1;
    if (!word.empty() && slug.size() + joint + word.size() <= longest_slug) slug += (joint ? "-" : "") + word;
    word.clear();
  };
  const std::string folded = language::fold(title);
  for (std::size_t at = 0; at < folded.size();) {
    const auto c = language::decode(folded, at);
    const auto kind = language::char_class(c.value);
    using enum language::CharClass;
    if (kind == letter || kind == mark || kind == digit) {
      letters |= kind == letter;
      word.append(folded, at, c.size);
    } else {
      end_word();
    }
    at += c.size;
  }
  end_word();
  return letters ? slug : "";
}

std::string joined(const std::vector<std::string>& parts, std::size_t from, std::string_view between) {
  std::string text;
  for (std::size_t i = from; i < parts.size(); ++i) text.append(text.empty() ? "" : between).append(parts[i]);
  return text;
}

void run_project_new(Context& context, const Args& args) {
  const std::vector<std::string> lines = args.texts("title");
  const std::string title = checked_text(lines.empty() ? "" : lines.front(), "project.title", longest_title);
  const std::string aim = checked_optional_text(joined(lines, 1, " "), "project.aim", longest_note);
  const std::string type = args.text("type");
  if (!context.confirmed) {
    Message preview;
    context.say(preview, "project.preview",
                {{"title", title}, {"aim", aim}, {"type", type}, {"guideline", guideline_of(type)}});
    context.ask(std::move(preview));
    return;
  }
  Project project = projects::create(context.db, title, context.sender.id, context.now);
  if (const std::string slug = slug_of(title); !slug.empty()) projects::take_slug(context.db, project.id, slug);
  if (!aim.empty()) projects::set_aim(context.db, project.id, aim);
  if (!type.empty()) projects::set_study_type(context.db, project.id, type);
  context.project = project;
  const std::string ref = project_ref(project.id);
  context.record("project.created", ref, {{"title", title}, {"aim", aim}, {"type", type}});
  context.reply("project.created",
                {{"project", ref}, {"title", title}, {"private", context.update.place.is_private ? "yes" : "no"}});
}

void run_project_list(Context& context, const Args& args) {
  const auto* after = args.find<language::Ref>("after");
  const auto which = args.texts("which");
  const std::string phase = args.text("phase");
  const std::string type = args.text("type");
  const auto wants = [&](std::string_view one) { return std::ranges::find(which, one) != which.end(); };
  const auto page = projects::list(context.db,
                                   {.viewer = context.sender.id,
                                    .sees_all = context.is_administrator,
                                    .mine = wants("mine"),
                                    .phase = phase_chosen(phase),
                                    .study_type = type,
                                    .needs_open = wants("open needs"),
                                    .archived = wants("archived")},
                                   after ? after->number : 0, projects_on_a_page + 1);
  if (page.empty()) {
    const bool filtered = !which.empty() || !phase.empty() || !type.empty();
    context.reply(after ? "list.end" : filtered ? "project.list.none" : "project.list.empty");
    return;
  }
  Message message;
  context.say(message, "project.list.head");
  const std::size_t shown = std::min<std::size_t>(page.size(), projects_on_a_page);
  for (std::size_t i = 0; i < shown; ++i) {
    const Project& one = page[i];
    context.say(message, "project.list.line",
                {{"project", project_ref(one.id)},
                 {"title", one.title},
                 {"phase", context.words("phase.name", {{"phase", storage::to_string(one.phase)}})},
                 {"wanted", storage::needs::people_wanted(context.db, one.id)},
                 {"open", storage::tasks::count(context.db, one.id).open}});
  }
  context.say(message, "project.list.foot", {{"project", project_ref(page.front().id)}});
  if (page.size() > shown) {
    std::string next = "project list";
    for (const std::string& one : which) next += " " + one;
    if (!phase.empty()) next += " phase " + phase;
    if (!type.empty()) next += " type " + type;
    message.buttons.push_back(
        {context.button("button.more", fmt::format("{} after {}", next, project_ref(page[shown - 1].id)))});
  }
  context.reply(message);
}

void run_project_show(Context& context, const Args&) {
  const Project& project = *context.project;
  const auto counts = storage::tasks::count(context.db, project.id);
  const std::string phase(storage::to_string(project.phase));
  const std::string ref = project_ref(project.id);
  const bool inside = storage::projects::role_of(context.db, project.id, context.sender.id).has_value();
  Message message;
  context.say(message, "project.show",
              {{"project", ref},
               {"title", project.title},
               {"aim", project.aim},
               {"type", project.study_type},
               {"guideline", guideline_of(project.study_type)},
               {"phase", context.words("phase.name", {{"phase", phase}})},
               {"check", context.words("phase.check", {{"phase", phase}})},
               {"due", projects::phase_due(context.db, project.id, project.phase)},
               {"coordinators", context.coordinator_names()},
               {"members", projects::member_count(context.db, project.id)},
               {"wanted", storage::needs::people_wanted(context.db, project.id)},
               {"open", counts.open},
               {"all", counts.all()},
               {"tags", joined(projects::tags(context.db, project.id), 0, " ")},
               {"step", project.archived_at                                        ? "archived"
                        : context.role >= Role::coordinator && project.aim.empty() ? "aim"
                        : context.role >= Role::coordinator                        ? "phase"
                        : inside                                                   ? "work"
                        : project.asks_approval                                    ? "ask"
                                                                                   : "join"}});
  message.buttons.push_back(
      {context.button("button.tasks", "tasks " + ref), context.button("button.status", "status " + ref)});
  context.reply(message);
}

void run_project_here(Context& context, const Args& args) {
  const Place& place = context.update.place;
  if (place.is_private) throw UserError("project.here.private");
  const storage::conversations::Id here = conversation_of(place);
  const std::string ref = project_ref(context.project->id);
  const Arguments arguments = {
      {"project", ref}, {"title", context.project->title}, {"approval", context.project->asks_approval ? "yes" : "no"}};
  const auto before = storage::conversations::bound_to(context.db, here, place.thread);
  if (args.text("answer") == "off") {
    if (before != context.project->id) throw UserError("project.here.not", arguments);
    storage::conversations::unbind(context.db, here, place.thread);
    context.record("project.unbound", ref,
                   {{"adapter", place.adapter},
                    {"workspace", place.workspace},
                    {"conversation", place.conversation},
                    {"thread", place.thread}});
    context.reply("project.here.off", arguments);
    return;
  }
  if (before == context.project->id) {
    context.reply("project.here.is", arguments);
    return;
  }
  storage::conversations::bind(context.db, here, place.thread, context.project->id, context.now);
  context.record("project.bound", ref,
                 {{"adapter", place.adapter},
                  {"workspace", place.workspace},
                  {"conversation", place.conversation},
                  {"thread", place.thread},
                  {"before", before.value_or(0)}});
  context.reply("project.here", arguments);
}

}  // namespace

Command project_new() {
  return {.name = "project new",
          .aliases = {"new project", "create project", "project create"},
          .role = Role::guest,
          .arguments = {{.name = "type",
                         .kind = ArgumentKind::choice,
                         .required = false,
                         .introduced_by = {"type", "study type"},
                         .choices = study_type_names()},
                        {.name = "title", .kind = ArgumentKind::rest, .repeated = true}},
          .run = run_project_new};
}

Command project_list() {
  return {
      .name = "project list",
      .aliases = {"projects", "list projects"},
      .role = Role::guest,
      .arguments = {{.name = "which",
                     .kind = ArgumentKind::choice,
                     .required = false,
                     .repeated = true,
                     .choices = {"mine", "open needs", "archived"}},
                    {.name = "phase",
                     .kind = ArgumentKind::choice,
                     .required = false,
                     .introduced_by = {"phase", "in phase"},
                     .choices = phase_choices()},
                    {.name = "type",
                     .kind = ArgumentKind::choice,
                     .required = false,
                     .introduced_by = {"type", "study type"},
                     .choices = study_type_names()},
                    {.name = "after", .kind = ArgumentKind::project, .required = false, .introduced_by = {"after"}}},
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
          .arguments = {optional_project(),
                        {.name = "answer", .kind = ArgumentKind::choice, .required = false, .choices = {"off"}}},
          .run = run_project_here};
}

}  // namespace osrbot
