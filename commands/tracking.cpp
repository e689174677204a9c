#include "commands/tracking.h"

#include "commands/context.h"

namespace osrbot {
namespace {

using language::ArgumentKind;

constexpr std::int64_t bar_length = 10;

/// "▓▓▓░░░░░░░": how much of all is done. Full only when everything is.
std::string progress_bar(std::int64_t done, std::int64_t all) {
  const std::int64_t filled = all == 0 ? 0 : done * bar_length / all;
  std::string bar;
  for (std::int64_t i = 0; i < bar_length; ++i) bar += i < filled ? "▓" : "░";
  return bar;
}

void run_status(Context& context, const Args&) {
  const auto counts = storage::tasks::count(context.db, context.project->id);
  const std::string ref = project_ref(context.project->id);
  const Arguments arguments = {{"project", ref},
                               {"title", context.project->title},
                               {"bar", progress_bar(counts.done, counts.all())},
                               {"done", counts.done},
                               {"all", counts.all()},
                               {"open", counts.open},
                               {"running", counts.under_way},
                               {"blocked", counts.blocked},
                               {"members", storage::projects::member_count(context.db, context.project->id)}};
  context.reply(counts.all() == 0 ? "status.empty" : "status", arguments,
                counts.open > 0 ? std::vector{context.button("button.open_tasks", "tasks " + ref + " open")}
                                : std::vector<Button>());
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
