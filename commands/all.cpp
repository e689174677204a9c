#include "commands/all.h"

#include <initializer_list>

#include "commands/audit_log.h"
#include "commands/confirmation.h"
#include "commands/help.h"
#include "commands/projects.h"
#include "commands/report.h"
#include "commands/tasks.h"
#include "commands/tracking.h"
#include "commands/undo.h"

namespace osrbot {

std::vector<Command> all_commands() {
  std::vector<Command> all;
  const auto add = [&all](Topic topic, std::initializer_list<Command> commands) {
    for (const Command& command : commands) all.emplace_back(command).topic = topic;
  };
  add(Topic::tasks, {tasks(), task_show(), claim(), done(), release(), task_add(), assign()});
  add(Topic::people, {project_add(), project_approval()});
  add(Topic::projects, {project_list(), project_show(), project_new(), project_here()});
  add(Topic::tracking, {status(), report(), log(), undo()});
  add(Topic::oneself, {help(), start(), yes(), no()});
  return all;
}

std::vector<Timer> all_timers() {
  return {};
}

}  // namespace osrbot
