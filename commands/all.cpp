#include "commands/all.h"

#include "commands/audit_log.h"
#include "commands/confirmation.h"
#include "commands/help.h"
#include "commands/projects.h"
#include "commands/tasks.h"
#include "commands/tracking.h"
#include "commands/undo.h"

namespace osrbot {

std::vector<Command> all_commands() {
  return {
      help(),         start(),  //
      tasks(),        task_show(),
      claim(),        done(),
      release(),      status(),  //
      undo(),         log(),     //
      task_add(),     assign(),  //
      project_list(), project_show(),
      project_new(),  project_here(),      //
      project_add(),  project_approval(),  //
      yes(),          no(),
  };
}

std::vector<Timer> all_timers() {
  return {};
}

}  // namespace osrbot
