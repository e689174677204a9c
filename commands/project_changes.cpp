#include <algorithm>

#include <fmt/format.h>

#include "commands/context.h"
#include "commands/language/text.h"
#include "commands/phase_deadlines.h"
#include "commands/project_arguments.h"
#include "commands/projects.h"
#include "commands/text_limits.h"

namespace osrbot {
namespace {

using language::ArgumentKind;
using storage::Project;
namespace projects = storage::projects;

constexpr std::size_t longest_tag = 64;  // code points, as the grammar reads names
constexpr std::size_t tags_of_a_project = 10;

/// One property of a project: what it was, and what it is to be, in the words of the database.
struct Change {
  std::string before;
  std::string after;
};

Change change_title(Context& context, std::string_view value) {
  const std::string title = checked_text(value, "project.title", longest_title);
  projects::set_title(context.db, context.project->id, title);
  return {context.project->title, title};
}

Change change_aim(Context& context, std::string_view value) {
  const std::string aim = checked_text(value, "project.aim", longest_note);
  projects::set_aim(context.db, context.project->id, aim);
  return {context.project->aim, aim};
}

Change change_type(Context& context, std::string_view value) {
  const std::string type = language::fold(checked_text(value, "project.type", longest_title));
  if (guideline_of(type).empty()) {
    throw UserError("project.type.unknown",
                    {{"written", value}, {"types", fmt::format("{}", fmt::join(study_type_names(), ", "))}});
  }
  projects::set_study_type(context.db, context.project->id, type);
  return {context.project->study_type, type};
}

Change change_visibility(Context& context, std::string_view value) {
  const std::string visibility = language::fold(checked_text(value, "project.visibility", longest_title));
  if (visibility != "public" && visibility != "team") {
    throw UserError("project.visibility.unknown", {{"written", value}, {"project", project_ref(context.project->id)}});
  }
  projects::set_team_only(context.db, context.project->id, visibility == "team");
  return {context.project->team_only ? "team" : "public", visibility};
}

void run_project_edit(Context& context, const Args& args) {
  const std::string field = args.text("field");
  const std::string value = args.text("value");
  const Change change = field == "title"  ? change_title(context, value)
                        : field == "aim"  ? change_aim(context, value)
                        : field == "type" ? change_type(context, value)
                                          : change_visibility(context, value);
  const std::string ref = project_ref(context.project->id);
  context.record("project.edited", ref, {{"field", field}, {"before", change.before}, {"after", change.after}});
  context.reply(
      "project.edited",
      {{"project", ref}, {"field", field}, {"value", change.after}, {"guideline", guideline_of(change.after)}});
}

/// A tag as it was written, with one '#', and the key under which it is found.
struct Tag {
  std::string written;
  std::string key;
};

Tag tag_from(std::string_view text) {
  std::string word = checked_text(text, "project.tag", longest_tag + 1);
  if (word.starts_with('#')) word.erase(0, 1);
  std::string key = language::fold(word);
  bool letters = false;
  std::size_t count = 0;
  for (std::size_t at = 0; at < key.size(); ++count) {
    const auto c = language::decode(key, at);
    const auto kind = language::char_class(c.value);
    using enum language::CharClass;
    letters |= kind == letter;
    if (kind != letter && kind != mark && kind != digit && c.value != '_') throw UserError("project.tag.wrong");
    at += c.size;
  }
  if (!letters || count < 2) throw UserError("project.tag.wrong");
  return {"#" + word, std::move(key)};
}

void run_project_tag(Context& context, const Args& args) {
  const Tag tag = tag_from(args.text("tag"));
  const std::string ref = project_ref(context.project->id);
  const Arguments arguments = {{"project", ref}, {"tag", tag.written}};
  if (const auto owner = projects::project_with_tag(context.db, tag.key)) {
    if (*owner != context.project->id) {
      throw UserError("project.tag.taken", {{"tag", tag.written}, {"project", project_ref(*owner)}});
    }
    context.reply("project.tagged", arguments);
    return;
  }
  if (projects::tags(context.db, context.project->id).size() >= tags_of_a_project) {
    throw UserError("project.tag.many", {{"project", ref}, {"limit", tags_of_a_project}});
  }
  projects::add_tag(context.db, context.project->id, tag.key, tag.written, context.now);
  context.record("project.tagged", ref, {{"tag", tag.written}, {"key", tag.key}});
  context.reply("project.tagged", arguments);
}

void run_project_untag(Context& context, const Args& args) {
  // "untag #ColoAI" names the project by the tag itself.
  const std::string written = args.text("tag").empty() ? args.text("project") : args.text("tag");
  Tag tag = tag_from(written);
  for (const std::string& one : projects::tags(context.db, context.project->id)) {
    if (language::fold(one.substr(1)) == tag.key) tag.written = one;
  }
  const std::string ref = project_ref(context.project->id);
  if (!projects::remove_tag(context.db, context.project->id, tag.key)) {
    throw UserError("project.tag.none", {{"project", ref}, {"tag", tag.written}});
  }
  context.record("project.untagged", ref, {{"tag", tag.written}, {"key", tag.key}});
  context.reply("project.untagged", {{"project", ref}, {"tag", tag.written}});
}

void run_project_approval(Context& context, const Args& args) {
  const bool asks = args.text("answer") == "on";
  projects::set_asks_approval(context.db, context.project->id, asks);
  const std::string ref = project_ref(context.project->id);
  context.record("project.approval", ref,
                 {{"asks", asks ? "on" : "off"}, {"before", context.project->asks_approval ? "on" : "off"}});
  context.reply(asks ? "project.approval.on" : "project.approval.off", {{"project", ref}});
}

void run_project_archive(Context& context, const Args&) {
  const Project& project = *context.project;
  const std::string ref = project_ref(project.id);
  const auto counts = storage::tasks::count(context.db, project.id);
  const Arguments arguments = {{"project", ref},
                               {"title", project.title},
                               {"by", context.sender.name},
                               {"open", counts.open + counts.under_way},
                               {"running", counts.under_way},
                               {"wanted", storage::needs::people_wanted(context.db, project.id)}};
  if (!context.confirmed) {
    Message preview;
    context.say(preview, "project.archive.preview", arguments);
    context.ask(std::move(preview));
    return;
  }
  projects::set_archived(context.db, project.id, context.now);
  context.record("project.archived", ref);
  context.reply("project.archive.done", arguments);
  context.announce(project.id, "project.archive.announced", arguments, {}, &context.update.place);
}

void run_project_restore(Context& context, const Args&) {
  const Project& project = *context.project;
  const std::string ref = project_ref(project.id);
  const Arguments arguments = {{"project", ref}, {"title", project.title}, {"by", context.sender.name}};
  if (!project.archived_at) throw UserError("project.restore.not", arguments);
  projects::set_archived(context.db, project.id, std::nullopt);
  plan_phase_deadline(context, project.id);
  context.record("project.restored", ref, {{"before", project.archived_at->time_since_epoch().count()}});
  context.reply("project.restored", arguments);
  context.announce(project.id, "project.restore.announced", arguments, {}, &context.update.place);
}

}  // namespace

Command project_edit() {
  return {
      .name = "project edit",
      .aliases = {"edit project"},
      .role = Role::coordinator,
      .about = About::project,
      .arguments = {optional_project(),
                    {.name = "field", .kind = ArgumentKind::choice, .choices = {"title", "aim", "type", "visibility"}},
                    {.name = "value", .kind = ArgumentKind::rest}},
      .run = run_project_edit};
}

Command project_tag() {
  return {.name = "project tag",
          .aliases = {"tag project", "tag"},
          .role = Role::coordinator,
          .about = About::project,
          .arguments = {optional_project(), {.name = "tag", .kind = ArgumentKind::rest}},
          .run = run_project_tag};
}

Command project_untag() {
  return {.name = "project untag",
          .aliases = {"untag"},
          .role = Role::coordinator,
          .about = About::project,
          .arguments = {optional_project(), {.name = "tag", .kind = ArgumentKind::rest, .required = false}},
          .run = run_project_untag};
}

Command project_approval() {
  return {.name = "project approval",
          .aliases = {},
          .role = Role::coordinator,
          .about = About::project,
          .arguments = {{.name = "answer", .kind = ArgumentKind::choice, .choices = {"on", "off"}}, optional_project()},
          .run = run_project_approval};
}

Command project_archive() {
  return {.name = "project archive",
          .aliases = {"archive"},
          .role = Role::coordinator,
          .about = About::project,
          .arguments = {optional_project()},
          .run = run_project_archive};
}

Command project_restore() {
  return {.name = "project restore",
          .aliases = {"restore", "project unarchive"},
          .role = Role::coordinator,
          .about = About::project,
          .arguments = {optional_project()},
          .on_archived = true,
          .run = run_project_restore};
}

}  // namespace osrbot
