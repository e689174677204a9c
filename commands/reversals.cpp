#include "commands/reversals.h"

#include <algorithm>
#include <iterator>
#include <limits>

#include "commands/agenda.h"
#include "commands/audit_log.h"
#include "commands/context.h"
#include "commands/credit_claims.h"
#include "commands/payload.h"
#include "commands/undo.h"
#include "storage/changes.h"
#include "storage/posts.h"

namespace osrbot {
namespace {

using storage::audit::Entry;

/// Refuses, and names the last that has happened to the object since: of what still stands, if there is such.
[[noreturn]] void refuse_changed(Context& context, const Entry& event) {
  constexpr int looked_at = 50;
  auto later = storage::audit::of_object(context.db, event.object, std::numeric_limits<std::int64_t>::max(), looked_at);
  std::erase_if(later, [&](const Entry& one) { return one.id <= event.id; });
  auto last = std::ranges::find_if(later, [](const Entry& one) { return !one.undoes && !one.undone_by; });
  if (last == later.end()) last = later.begin();
  const bool since = last != later.end();
  throw UserError("undo.changed", {{"event", event_ref(event.id)},
                                   {"object", event.object},
                                   {"last", since ? event_ref(last->id) : ""},
                                   {"person", since ? last->person_name : ""}});
}

std::vector<storage::changes::Change> changes_of(Context& context, const Entry& event) {
  auto changes = storage::changes::of_event(context.db, event.id);
  if (changes.empty()) throw UserError("undo.too_late", {{"event", event_ref(event.id)}});
  return changes;
}

/// Nobody gets a task back who has left the team since.
void require_owner_in_team(Context& context, const Entry& event) {
  if (!event.object.starts_with('T')) return;
  const auto task = storage::tasks::find(context.db, event_from(event.object.substr(1)).value_or(0));
  if (!task || !task->is_held()) return;
  if (storage::projects::role_of(context.db, task->project_id, *task->owner_id)) return;
  throw UserError("undo.left", {{"event", event_ref(event.id)}, {"task", event.object}, {"owner", task->owner_name}});
}

/// Puts everything back as it was.
void restore(Context& context, const Entry& event) {
  for (const storage::changes::Change& change : changes_of(context, event)) {
    if (!storage::changes::reverse(context.db, change)) refuse_changed(context, event);
  }
  require_owner_in_team(context, event);
}

/// The ledger is only added to: what was said of a credit before is said again.
void restore_credit(Context& context, const Entry& event) {
  const auto changes = changes_of(context, event);
  const auto line = std::ranges::find(changes, "contributions", &storage::changes::Change::table);
  if (line == changes.end()) throw UserError("undo.too_late", {{"event", event_ref(event.id)}});
  const auto credit = event_from(std::string_view(event.object).substr(1)).value_or(0);
  const auto contribution = Payload(line->key).integer("id");
  if (!take_back_credit(context, credit, contribution)) refuse_changed(context, event);
}

/// Does again what was taken back.
void restore_undone(Context& context, const Entry& event) {
  if (event.object.starts_with('C')) {
    restore_credit(context, event);
  } else {
    restore(context, event);
  }
}

/// The number of something new has been read by people and must never mean another one: it stays, in an end state.
void end_new(Context& context, const Entry& event, std::string_view table, std::string_view state) {
  for (storage::changes::Change change : changes_of(context, event)) {
    if (change.table == table) change.before = to_payload({{"state", state}});
    if (!storage::changes::reverse(context.db, change)) refuse_changed(context, event);
  }
}

void cancel_new_task(Context& context, const Entry& event) {
  end_new(context, event, "tasks", "cancelled");
}

void close_new_need(Context& context, const Entry& event) {
  end_new(context, event, "needs", "closed");
}

/// Whoever holds a task stays in the team, and a team keeps somebody who coordinates it.
void restore_team(Context& context, const Entry& event) {
  restore(context, event);
  const std::int64_t project = event.project_id.value_or(0);
  if (storage::projects::coordinators(context.db, project).empty()) {
    throw UserError("undo.last_coordinator", {{"project", project_ref(project)}});
  }
  if (const auto task = storage::tasks::held_by_nonmember(context.db, project)) {
    throw UserError("undo.holds_task",
                    {{"task", task_ref(task->id)}, {"title", task->title}, {"owner", task->owner_name}});
  }
}

/// What is told to people by their calendars follows what was taken back.
void plan_agendas(Context& context, const Entry& event) {
  const Payload details(event.details);
  if (const auto* person = details.find_integer("person")) plan_agenda(context, *person);
  if (!event.object.starts_with('T')) return;
  const auto task = storage::tasks::find(context.db, event_from(event.object.substr(1)).value_or(0));
  if (task && task->owner_id) plan_agenda(context, *task->owner_id);
}

/// The post waits for a decision again, if the one that is taken back was the last.
void return_to_queue(Context& context, const Entry& event) {
  const auto post = storage::posts::find(context.db, event_from(event.object.substr(1)).value_or(0));
  const Payload details(event.details);
  const std::string* state = details.find_text("state");
  if (!post || !state || to_string(post->state) != *state) refuse_changed(context, event);
  for (const storage::changes::Change& change : storage::changes::of_event(context.db, event.id)) {
    if (!storage::changes::reverse(context.db, change)) refuse_changed(context, event);
  }
  storage::posts::set_state(context.db, post->id, storage::PostState::queued, context.now);
}

constexpr Reversal reversals[] = {
    {"project.created", nullptr, "undo.never.project.created"},
    {"project.bound", restore},
    {"project.unbound", restore},
    {"project.approval", restore},
    {"project.edited", restore},
    {"project.tagged", restore},
    {"project.untagged", restore},
    {"project.archived", restore},
    {"project.restored", restore},
    {"phase.moved", restore},
    {"phase.due", restore},
    {"member.joined", restore_team},
    {"member.added", restore_team},
    {"member.role", restore_team},
    {"member.role.given", restore},
    {"member.role.taken", restore},
    {"member.left", restore_team},
    {"member.removed", restore_team},
    {"join.requested", nullptr, "undo.never.join.requested"},
    {"join.withdrawn", restore},
    {"join.approved", restore},
    {"join.declined", restore},
    {"need.added", close_new_need},
    {"need.edited", restore},
    {"need.closed", restore},
    {"need.reopened", restore},
    {"need.joined", restore},
    {"need.left", restore},
    {"invitations.started", nullptr, "undo.never.invitations"},
    {"invitations.sent", nullptr, "undo.never.invitations"},
    {"invitations.stopped", nullptr, "undo.never.invitations.stopped"},
    {"invitation.answered", nullptr, "undo.never.invitation"},
    {"invitation.reason", nullptr, "undo.never.invitation"},
    {"task.added", cancel_new_task},
    {"task.claimed", restore},
    {"task.assigned", restore},
    {"task.released", restore},
    {"task.done", restore},
    {"project.limit", restore},
    {"task.retitled", restore},
    {"task.cancelled", restore},
    {"task.helper.joined", restore},
    {"task.helper.left", restore},
    {"task.helper.removed", restore},
    {"task.progress", restore},
    {"task.working", restore},
    {"task.blocked", restore},
    {"task.unblocked", restore},
    {"task.reopened", restore},
    {"task.due", restore},
    {"task.size", restore},
    {"task.skill", restore},
    {"task.depends", restore},
    {"task.independent", restore},
    {"task.nudged", nullptr, "undo.never.task.nudged"},
    {"task.freed", restore},
    {"reminder.set", restore},
    {"reminder.forgotten", restore},
    {"person.zone", nullptr, "undo.never.person"},
    {"person.digest", nullptr, "undo.never.person"},
    {"person.stopped", nullptr, "undo.never.person"},
    {"person.paused", nullptr, "undo.never.person"},
    {"person.resumed", nullptr, "undo.never.person"},
    {"person.linked", nullptr, "undo.never.linked"},
    {"person.unlinked", nullptr, "undo.never.unlinked"},
    {"person.forgotten", nullptr, "undo.never.forgotten"},
    {"person.consented", nullptr, "undo.never.consent"},
    {"person.profile", nullptr, "undo.never.person"},
    {"person.onboarded", nullptr, "undo.never.person"},
    {"person.checked_in", nullptr, "undo.never.person"},
    {"mentor.asked", nullptr, "undo.never.mentor"},
    {"mentor.accepted", nullptr, "undo.never.mentor"},
    {"mentor.declined", nullptr, "undo.never.mentor"},
    {"need.announced", nullptr, "undo.never.announced"},
    {"announcement.posted", nullptr, "undo.never.announced"},
    {"announcement.followed", nullptr, "undo.never.announced"},
    {"call.written", restore},
    {"call.pictured", nullptr, "undo.never.call.pictured"},
    {"post.answered", return_to_queue},
    {"post.dismissed", return_to_queue},
    {"post.later", return_to_queue},
    {"post.converted", return_to_queue},
    {"author.muted", restore},
    {"author.unmuted", restore},
    {"queue.bound", restore},
    {"queue.unbound", restore},
    {"credit.claimed", restore_credit},
    {"credit.evidenced", restore_credit},
    {"credit.confirmed", restore_credit},
    {"credit.corrected", restore_credit},
    {"credit.disputed", restore_credit},
    {"credit.withdrawn", restore_credit},
    {"author.offered", restore},
    {"author.said", restore},
    {"author.order", restore},
    {"author.contributed", restore},
    {"author.corresponding", restore},
    {"author.details", nullptr, "undo.never.author.details"},
    {"manuscript.added", nullptr, "undo.never.manuscript.added"},
    {"manuscript.approved", restore},
    {"manuscript.objected", restore},
    {"undone", restore_undone},
    {"patient_data.withheld", nullptr, "undo.never.patient_data.withheld"},
};

}  // namespace

std::span<const Reversal> all_reversals() {
  return reversals;
}

void take_back(Context& context, const Entry& event) {
  const Arguments arguments = {{"event", event_ref(event.id)}, {"object", event.object}};
  if (event.undone_by) {
    throw UserError("undo.already", {{"event", event_ref(event.id)}, {"undoing", event_ref(*event.undone_by)}});
  }
  const auto* reversal = std::ranges::find(reversals, event.action, &Reversal::action);
  if (reversal == std::end(reversals)) throw UserError("undo.never", arguments);
  if (reversal->reverse == nullptr) throw UserError(std::string(reversal->reason), arguments);
  context.project = event.project_id ? storage::projects::find(context.db, *event.project_id) : std::nullopt;
  reversal->reverse(context, event);
  context.record("undone", event.object, {{"taken", event_ref(event.id)}}, event.id);
  plan_agendas(context, event);
}

}  // namespace osrbot
