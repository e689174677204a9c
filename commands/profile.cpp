#include "commands/profile.h"

#include <optional>

#include "commands/consent.h"
#include "commands/profile_editing.h"
#include "commands/project_arguments.h"
#include "commands/task_words.h"
#include "storage/profiles.h"

namespace osrbot {
namespace {

using language::ArgumentKind;
namespace profiles = storage::profiles;

/// Nothing is kept without consent: it is asked for, and the command can be given again.
bool may_keep(Context& context) {
  if (has_consented(context)) return true;
  ask_for_consent(context);
  return false;
}

/// A command of one argument: without it, the profile is shown.
template <void (ProfileEditing::*take)(std::string_view)>
void run_one(Context& context, const Args& args) {
  if (!may_keep(context)) return;
  const std::string value = args.text("value");
  if (value.empty()) {
    show_profile(context, "profile.head");
    return;
  }
  ProfileEditing editing(context);
  (editing.*take)(value);
  editing.finish();
}

/// `hidden`: named by `help my profile` only, so that the list of all commands stays readable.
Command edits(std::string_view name, std::vector<std::string_view> aliases, void (*run)(Context&, const Args&),
              bool hidden = false) {
  return {.name = name,
          .aliases = std::move(aliases),
          .role = Role::guest,
          .arguments = {{.name = "value", .kind = ArgumentKind::rest, .required = false}},
          .hidden = hidden,
          .run = run};
}

void run_my_profile(Context& context, const Args&) {
  if (may_keep(context)) show_profile(context, "profile.head");
}

void run_my_limit(Context& context, const Args& args) {
  if (!may_keep(context)) return;
  const auto* tasks = args.find<std::int64_t>("tasks");
  if (tasks == nullptr && args.text("off").empty()) {
    show_profile(context, "profile.head");
    return;
  }
  ProfileEditing editing(context);
  editing.task_limit(tasks == nullptr ? std::nullopt : std::optional(*tasks));
  editing.finish();
}

void run_first_time(Context& context, const Args& args) {
  if (!may_keep(context)) return;
  ProfileEditing editing(context);
  editing.first_time(args.text("value") != "no");
  editing.finish();
}

std::optional<std::vector<language::FormValue>> kept(Context& context) {
  if (!has_consented(context)) return std::nullopt;
  return profile_kept(context);
}

void run_profile_edit(Context& context, const Args& args) {
  if (!may_keep(context)) return;
  ProfileEditing editing(context);
  bool any = false;
  const auto words = [&](std::string_view name, void (ProfileEditing::*take)(std::string_view)) {
    const std::string value = args.text(name);
    if (value.empty()) return;
    try {
      (editing.*take)(value);
    } catch (UserError& error) {
      throw std::move(error).at(name);
    }
    any = true;
  };
  // A form shows what is kept, and its lists come back whole; what is typed is added.
  const bool is_form = context.update.kind == UpdateKind::submitted;
  for (const language::ArgumentSpec& part : profile_edit().arguments) {
    if (!args.emptied(part.name)) continue;
    editing.drop(part.name);
    any = true;
  }
  words("skills", is_form ? &ProfileEditing::all_skills : &ProfileEditing::skills);
  words("learn", is_form ? &ProfileEditing::all_wants : &ProfileEditing::wants);
  words("languages", is_form ? &ProfileEditing::all_languages : &ProfileEditing::languages);
  words("country", &ProfileEditing::place);
  words("career", &ProfileEditing::career);
  words("field", &ProfileEditing::field);
  words("orcid", &ProfileEditing::orcid);
  words("quiet", &ProfileEditing::quiet_hours);
  if (const auto* hours = args.find<double>("hours")) {
    editing.hours(*hours);
    any = true;
  }
  if (const auto* limit = args.find<std::int64_t>("tasks")) {
    editing.task_limit(*limit);
    any = true;
  }
  if (any) {
    editing.finish();
  } else if (is_form) {
    show_profile(context, "profile.head");
  } else {
    context.reply("profile.how");
  }
}

void run_conflict(Context& context, const Args&) {
  if (!may_keep(context)) return;
  const std::string ref = project_ref(context.project->id);
  if (profiles::declare_conflict(context.db, context.sender.id, context.project->id, context.now)) {
    context.record("person.profile", "");
  }
  context.reply("conflict.declared", {{"project", ref}, {"title", context.project->title}});
}

void run_no_conflict(Context& context, const Args&) {
  const std::string ref = project_ref(context.project->id);
  if (!profiles::withdraw_conflict(context.db, context.sender.id, context.project->id)) {
    throw UserError("conflict.none", {{"project", ref}});
  }
  context.record("person.profile", "");
  context.reply("conflict.withdrawn", {{"project", ref}, {"title", context.project->title}});
}

language::ArgumentSpec words_behind(std::string_view name, std::vector<std::string_view> words) {
  return {.name = name, .kind = ArgumentKind::text, .required = false, .introduced_by = std::move(words)};
}

}  // namespace

Command my_profile() {
  return {.name = "my profile",
          .aliases = {"profile", "profile show", "show profile", "who am i", "about me"},
          .role = Role::guest,
          .arguments = {},
          .run = run_my_profile};
}

Command profile_edit() {
  return {.name = "profile edit",
          .aliases = {"edit profile", "edit my profile"},
          .role = Role::guest,
          .arguments = {words_behind("skills", {"skills", "skill"}),
                        words_behind("learn", {"learn"}),
                        words_behind("languages", {"languages", "language"}),
                        {.name = "hours", .kind = ArgumentKind::hours, .required = false, .introduced_by = {"hours"}},
                        words_behind("country", {"country"}),
                        words_behind("career", {"career"}),
                        words_behind("field", {"field"}),
                        words_behind("orcid", {"orcid"}),
                        {.name = "tasks", .kind = ArgumentKind::count, .required = false, .introduced_by = {"tasks"}},
                        words_behind("quiet", {"quiet"})},
          .run = run_profile_edit,
          .kept = kept};
}

Command my_skills() {
  return edits("my skills", {"skills", "add skill", "add skills", "i can do", "i know"},
               run_one<&ProfileEditing::skills>);
}

Command forget_skill() {
  return edits("forget skill", {"forget skills", "remove skill", "remove skills"},
               run_one<&ProfileEditing::drop_skills>, true);
}

Command learn() {
  return edits("learn", {"i want to learn", "i would like to learn", "want to learn"}, run_one<&ProfileEditing::wants>);
}

Command my_languages() {
  return edits("my languages", {"languages", "my language", "i speak"}, run_one<&ProfileEditing::languages>, true);
}

Command my_hours() {
  return edits("my hours", {"hours", "my time"}, run_one<&ProfileEditing::hours>);
}

Command my_country() {
  return edits("my country", {"country", "i live in", "i work in", "i am from"}, run_one<&ProfileEditing::place>);
}

Command my_career() {
  return edits("my career", {"career", "career stage"}, run_one<&ProfileEditing::career>, true);
}

Command my_field() {
  return edits("my field", {"field", "discipline", "my discipline"}, run_one<&ProfileEditing::field>, true);
}

Command my_orcid() {
  return edits("my orcid", {"orcid"}, run_one<&ProfileEditing::orcid>, true);
}

Command my_limit() {
  return {.name = "my task limit",
          .aliases = {"task limit", "my limit"},
          .role = Role::guest,
          .arguments = {{.name = "tasks", .kind = ArgumentKind::count, .required = false},
                        {.name = "off", .kind = ArgumentKind::choice, .required = false, .choices = {"off", "none"}}},
          .hidden = true,
          .run = run_my_limit};
}

Command quiet_hours() {
  return edits("quiet hours", {"my quiet hours", "quiet"}, run_one<&ProfileEditing::quiet_hours>);
}

Command first_time() {
  return {.name = "first time",
          .aliases = {"first timer", "i am new", "i'm new"},
          .role = Role::guest,
          .arguments = {{.name = "value", .kind = ArgumentKind::choice, .required = false, .choices = {"yes", "no"}}},
          .hidden = true,
          .run = run_first_time};
}

Command conflict() {
  return {.name = "conflict",
          .aliases = {"conflict of interest", "conflict with"},
          .role = Role::guest,
          .about = About::project,
          .arguments = {optional_project()},
          .run = run_conflict};
}

Command no_conflict() {
  return {.name = "no conflict",
          .aliases = {"conflict none", "no conflict with"},
          .role = Role::guest,
          .about = About::project,
          .arguments = {optional_project()},
          .hidden = true,
          .run = run_no_conflict};
}

}  // namespace osrbot
