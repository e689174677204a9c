#include "commands/all.h"

#include <initializer_list>

#include "commands/agenda.h"
#include "commands/announcements.h"
#include "commands/audit_log.h"
#include "commands/authors.h"
#include "commands/authorship.h"
#include "commands/confirmation.h"
#include "commands/consent.h"
#include "commands/contact.h"
#include "commands/credit_confirmation.h"
#include "commands/credit_reminders.h"
#include "commands/credits.h"
#include "commands/export_credits.h"
#include "commands/first_steps.h"
#include "commands/forgetting.h"
#include "commands/help.h"
#include "commands/home.h"
#include "commands/inactivity.h"
#include "commands/invitation_answers.h"
#include "commands/joining.h"
#include "commands/linking.h"
#include "commands/manuscripts.h"
#include "commands/matches.h"
#include "commands/mentoring.h"
#include "commands/my_data.h"
#include "commands/need_questions.h"
#include "commands/needs.h"
#include "commands/onboarding.h"
#include "commands/personal_time.h"
#include "commands/phase_deadlines.h"
#include "commands/phases.h"
#include "commands/profile.h"
#include "commands/projects.h"
#include "commands/queue.h"
#include "commands/queue_notices.h"
#include "commands/reminders.h"
#include "commands/report.h"
#include "commands/searches.h"
#include "commands/start.h"
#include "commands/stopping.h"
#include "commands/task_details.h"
#include "commands/task_lists.h"
#include "commands/task_owners.h"
#include "commands/task_progress.h"
#include "commands/tasks.h"
#include "commands/team.h"
#include "commands/tracking.h"
#include "commands/unanswered.h"
#include "commands/undo.h"
#include "commands/unreachable.h"
#include "commands/welcome.h"

namespace osrbot {

std::vector<Command> all_commands() {
  std::vector<Command> all;
  const auto add = [&all](Topic topic, std::initializer_list<Command> commands) {
    for (const Command& command : commands) all.emplace_back(command).topic = topic;
  };
  add(Topic::tasks, {tasks(),    tasks_mine(), task_show(), claim(),   progress(),  done(),       release(),
                     task_add(), assign(),     assist(),    working(), block(),     unblock(),    reopen(),
                     due(),      depends(),    size(),      skill(),   task_edit(), task_cancel()});
  add(Topic::people,
      {join(),      needs(),      need_show(),   members(),     team(),           leave(),           need(),
       need_edit(), need_close(), need_reopen(), match(),       invite(),         invite_stop(),     invitations(),
       announce(),  approve(),    decline(),     project_add(), project_remove(), project_approval()});
  add(Topic::projects, {project_list(), project_show(), project_new(), phase(), project_edit(), project_here(),
                        project_tag(), project_untag(), project_limit(), project_archive(), project_restore()});
  add(Topic::tracking, {status(), report(), log(), undo(), nudges_dry_run(), queue(), queue_show(), queue_need(),
                        queue_keep(), queue_draft(), queue_answered(), queue_later(), queue_dismiss(), queue_mute(),
                        queue_unmute(), queue_muted(), queue_here(), queue_away()});
  add(Topic::oneself, {help(),
                       whats_new(),
                       remind(),
                       reminders(),
                       forget_reminder(),
                       digest(),
                       my_time_zone(),
                       stop(),
                       pause(),
                       resume(),
                       consent(),
                       my_data(),
                       forget_me(),
                       link(),
                       unlink_account(),
                       accounts(),
                       agree(),
                       disagree(),
                       stay(),
                       link_confirm(),
                       link_refuse(),
                       yes(),
                       no(),
                       answer(),
                       invitation_yes(),
                       invitation_no(),
                       invitation_reason(),
                       invitation_refer(),
                       invitation_why(),
                       start(),
                       home(),
                       suggest(),
                       first_task(),
                       my_profile(),
                       profile_edit(),
                       my_skills(),
                       forget_skill(),
                       learn(),
                       my_languages(),
                       my_hours(),
                       my_country(),
                       my_career(),
                       my_field(),
                       my_orcid(),
                       my_limit(),
                       quiet_hours(),
                       first_time(),
                       conflict(),
                       no_conflict(),
                       mentor(),
                       check_in()});
  add(Topic::credit,
      {credit(), credits(), my_credits(), credit_confirm(), credit_correct(), credit_dispute(), credit_withdraw(),
       authors(), authorship(), author(), authors_order(), authors_contributed(), authors_corresponding(), manuscript(),
       manuscript_approve(), manuscript_object(), export_credits()});
  return all;
}

std::vector<Timer> all_timers() {
  return {agenda(),        inactivity(),      phase_deadline(),
          kept_message(),  credit_reminder(), approval_reminder(),
          search_timer(),  late_welcome(),    unanswered_notice(),
          queue_notices(), queue_reminder(),  announcement_follow_up(),
          silence(),       check_in_timer(),  unreachable_chat()};
}

std::vector<Dialogue> all_dialogues() {
  return {confirmation(), need_questions(), referral(), queue_need_dialogue(), onboarding()};
}

}  // namespace osrbot
