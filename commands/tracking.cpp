#include "commands/tracking.h"

#include <fmt/chrono.h>
#include <fmt/format.h>

#include "commands/context.h"
#include "commands/contributors.h"
#include "commands/report.h"
#include "commands/team_warnings.h"
#include "storage/credits.h"
#include "storage/needs.h"
#include "storage/progress.h"

namespace osrbot {
namespace {

using language::ArgumentKind;

constexpr std::size_t people_named = 3;

/// "Ben 3, Ana 1": who has most to do.
std::string load_text(const std::vector<storage::progress::Load>& busiest) {
  std::string text;
  for (const auto& load : busiest) text += fmt::format("{}{} {}", text.empty() ? "" : ", ", load.person, load.tasks);
  return text;
}

void run_status(Context& context, const Args&) {
  const auto standing = storage::progress::standing(context.db, context.project->id,
                                                    fmt::format("{:%Y-%m-%d}", context.now), people_named);
  const auto& counts = standing.counts;
  const std::string ref = project_ref(context.project->id);
  const Arguments arguments = {{"project", ref},
                               {"title", context.project->title},
                               {"bar", progress_bar(counts.done, counts.all())},
                               {"done", counts.done},
                               {"all", counts.all()},
                               {"open", counts.open},
                               {"running", counts.under_way},
                               {"blocked", counts.blocked},
                               {"loads", load_text(standing.busiest)},
                               {"late", standing.overdue},
                               {"unconfirmed", storage::credits::unconfirmed(context.db, context.project->id)},
                               {"approvals", approvals_outstanding(context.db, context.project->id).value_or(0)},
                               {"phase", context.words("phase.name", {{"phase", to_string(context.project->phase)}})},
                               {"wanted", storage::needs::people_wanted(context.db, context.project->id)},
                               {"members", storage::projects::member_count(context.db, context.project->id)}};
  Message message;
  context.say(message, counts.all() == 0 ? "status.empty" : "status", arguments);
  say_team_warnings(context, message);
  if (counts.open > 0) message.buttons.push_back({context.button("button.open_tasks", "tasks " + ref + " open")});
  context.reply(message);
}

}  // namespace

Command status() {
  return {.name = "status",
          .aliases = {"progress report", "how far"},
          .role = Role::guest,
          .about = About::project,
          .arguments = {{.name = "project", .kind = ArgumentKind::project, .required = false}},
          .run = run_status};
}

}  // namespace osrbot
