#include "commands/all.h"

#include <initializer_list>

#include "commands/agenda.h"
#include "commands/audit_log.h"
#include "commands/confirmation.h"
#include "commands/consent.h"
#include "commands/contact.h"
#include "commands/help.h"
#include "commands/home.h"
#include "commands/inactivity.h"
#include "commands/joining.h"
#include "commands/needs.h"
#include "commands/personal_time.h"
#include "commands/phase_deadlines.h"
#include "commands/phases.h"
#include "commands/projects.h"
#include "commands/reminders.h"
#include "commands/report.h"
#include "commands/stopping.h"
#include "commands/task_details.h"
#include "commands/task_lists.h"
#include "commands/task_owners.h"
#include "commands/task_progress.h"
#include "commands/tasks.h"
#include "commands/team.h"
#include "commands/tracking.h"
#include "commands/undo.h"

namespace osrbot {

std::vector<Command> all_commands() {
  std::vector<Command> all;
  const auto add = [&all](Topic topic, std::initializer_list<Command> commands) {
    for (const Command& command : commands) all.emplace_back(command).topic = topic;
  };
  add(Topic::tasks, {tasks(),    tasks_mine(), task_show(), claim(),   progress(),  done(),       release(),
                     task_add(), assign(),     assist(),    working(), block(),     unblock(),    reopen(),
                     due(),      depends(),    size(),      skill(),   task_edit(), task_cancel()});
  add(Topic::people, {join(), needs(), need_show(), members(), team(), leave(), need(), need_edit(), need_close(),
                      need_reopen(), approve(), decline(), project_add(), project_remove(), project_approval()});
  add(Topic::projects, {project_list(), project_show(), project_new(), phase(), project_edit(), project_here(),
                        project_tag(), project_untag(), project_limit(), project_archive(), project_restore()});
  add(Topic::tracking, {status(), report(), log(), undo(), nudges_dry_run()});
  add(Topic::oneself, {help(), start(), home(), remind(), reminders(), forget_reminder(), digest(), my_time_zone(),
                       stop(), pause(), resume(), consent(), agree(), disagree(), yes(), no(), answer()});
  return all;
}

std::vector<Timer> all_timers() {
  return {agenda(), inactivity(), phase_deadline(), kept_message()};
}

std::vector<Dialogue> all_dialogues() {
  return {confirmation()};
}

}  // namespace osrbot
