#include "commands/phases.h"

#include "commands/context.h"
#include "commands/phase_deadlines.h"
#include "commands/project_arguments.h"
#include "commands/team_warnings.h"
#include "storage/days.h"
#include "storage/manuscripts.h"

namespace osrbot {
namespace {

using language::ArgumentKind;
using storage::Phase;
using Due = std::optional<std::chrono::year_month_day>;
namespace projects = storage::projects;

std::string name_of(const Context& context, Phase phase) {
  return context.words("phase.name", {{"phase", storage::to_string(phase)}});
}

std::string check_of(const Context& context, Phase phase) {
  return context.words("phase.check", {{"phase", storage::to_string(phase)}});
}

/// The day that was given. It may be yesterday: somewhere it still is.
Due due_from(const Context& context, const Args& args) {
  const auto* date = args.find<language::DateValue>("due");
  if (!date) return std::nullopt;
  const auto due = date->candidates.front();
  if (std::chrono::sys_days(due) < std::chrono::floor<std::chrono::days>(context.now) - std::chrono::days(1)) {
    throw UserError("phase.due.past", {{"due", due}});
  }
  return due;
}

void show_phase(Context& context) {
  const storage::Project& project = *context.project;
  const auto next = storage::phase_after(project.phase);
  context.reply("phase.show", {{"project", project_ref(project.id)},
                               {"title", project.title},
                               {"phase", name_of(context, project.phase)},
                               {"check", check_of(context, project.phase)},
                               {"due", projects::phase_due(context.db, project.id, project.phase)},
                               {"next", next ? name_of(context, *next) : ""}});
}

void set_due(Context& context, Phase phase, Due due) {
  const std::int64_t id = context.project->id;
  const std::string ref = project_ref(id);
  const Due before = projects::phase_due(context.db, id, phase);
  projects::set_phase_due(context.db, id, phase, due);
  plan_phase_deadline(context, id);
  context.record("phase.due", ref,
                 {{"phase", storage::to_string(phase)},
                  {"before", before ? storage::day_text(*before) : std::string()},
                  {"after", due ? storage::day_text(*due) : std::string()}});
  const Arguments arguments = {{"project", ref}, {"phase", name_of(context, phase)}, {"due", due}};
  context.reply("phase.due", arguments);
  if (due) context.announce(id, "phase.due", arguments, {}, &context.update.place);
}

void move(Context& context, Phase to, bool by_one, Due due) {
  const storage::Project& project = *context.project;
  const std::string ref = project_ref(project.id);
  if (!context.confirmed) {
    Message preview;
    context.say(preview, by_one ? "phase.next.preview" : "phase.move.preview",
                {{"project", ref},
                 {"title", project.title},
                 {"phase", name_of(context, project.phase)},
                 {"check", check_of(context, project.phase)},
                 {"next", name_of(context, to)}});
    context.ask(std::move(preview));
    return;
  }
  projects::set_phase(context.db, project.id, to);
  if (to == Phase::submitted || to == Phase::published) {
    storage::manuscripts::publish(context.db, project.id, context.now);
  }
  context.record("phase.moved", ref,
                 {{"before", storage::to_string(project.phase)}, {"after", storage::to_string(to)}});
  if (due) projects::set_phase_due(context.db, project.id, to, due);
  plan_phase_deadline(context, project.id);
  const Arguments arguments = {{"project", ref},
                               {"title", project.title},
                               {"phase", name_of(context, to)},
                               {"check", check_of(context, to)},
                               {"due", projects::phase_due(context.db, project.id, to)}};
  context.project->phase = to;
  Message message;
  context.say(message, "phase.moved", arguments);
  say_team_warnings(context, message);
  context.reply(message);
  context.announce(project.id, "phase.announced", arguments, {}, &context.update.place);
}

void run_phase(Context& context, const Args& args) {
  const std::string step = args.text("step");
  const Due due = due_from(context, args);
  const bool without_due = !args.text("clear").empty();
  if (step.empty() && !due && !without_due) {
    show_phase(context);
    return;
  }
  context.require(Role::coordinator);
  const Phase now = context.project->phase;
  if (step == "next") {
    const auto next = storage::phase_after(now);
    if (!next) throw UserError("phase.last", {{"project", project_ref(context.project->id)}});
    move(context, *next, true, due);
    return;
  }
  const Phase named = step.empty() ? now : *phase_chosen(step);
  if (due || without_due) {
    set_due(context, named, due);
  } else if (named == now) {
    show_phase(context);
  } else {
    move(context, named, false, {});
  }
}

}  // namespace

Command phase() {
  std::vector<std::string_view> steps = {"next"};
  for (const std::string_view one : phase_choices()) steps.push_back(one);
  return {.name = "phase",
          .aliases = {"project phase", "phases"},
          .role = Role::guest,
          .about = About::project,
          .arguments = {optional_project(),
                        {.name = "step", .kind = ArgumentKind::choice, .required = false, .choices = std::move(steps)},
                        {.name = "due",
                         .kind = ArgumentKind::date,
                         .required = false,
                         .introduced_by = {"by", "due", "until", "before"}},
                        {.name = "clear", .kind = ArgumentKind::choice, .required = false, .choices = {"no date"}}},
          .run = run_phase};
}

}  // namespace osrbot
