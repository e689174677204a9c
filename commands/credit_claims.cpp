#include "commands/credit_claims.h"

#include <algorithm>

#include "commands/authorship.h"
#include "commands/credit_reminders.h"
#include "commands/credit_roles.h"
#include "commands/task_words.h"

namespace osrbot {
namespace {

using storage::Contribution;
using storage::Credit;
using storage::credits::Kind;

constexpr std::size_t roles_suggested = 2;
constexpr std::size_t most_confirm_buttons = 3;

std::string_view standing_of(const Credit& credit) {
  const Contribution& standing = credit.standing;
  if (!standing.dispute.empty()) return "disputed";
  if (!credit.is_work_done) return "planned";
  if (standing.is_confirmed()) return "confirmed";
  if (standing.confirmed_by_person) return "lead";
  return standing.confirmed_by_lead ? "person" : "both";
}

void record(Context& context, std::string_view action, std::string_view why) {
  const Credit& credit = *context.credit;
  context.record(action, credit_ref(credit.id),
                 {{"person", credit.person_id},
                  {"credit_role", credit_role(credit.standing.role).name},
                  {"degree", credit.standing.degree},
                  {"task", credit.task_id ? task_ref(*credit.task_id) : std::string()},
                  {"why", why}});
}

/// Confirmed work gives a right to be offered authorship; what is not confirmed is asked about after a while.
void follow_up(Context& context) {
  const Credit& credit = *context.credit;
  if (credit.counts()) {
    offer_authorship(context, credit.person_id);
  } else if (credit.is_work_done && !credit.standing.is_withdrawn) {
    plan_credit_reminder(context, credit.project_id);
  }
}

}  // namespace

bool may_confirm_as_lead(Context& context, std::int64_t person_id) {
  const auto coordinators = storage::projects::coordinators(context.db, context.project->id);
  const auto sender = std::ranges::find(coordinators, context.sender.id, &storage::Person::id);
  if (sender == coordinators.end()) return context.is_administrator && person_id != context.sender.id;
  return person_id != context.sender.id || coordinators.size() == 1;
}

std::string role_name(const Voice& voice, const std::string& language, std::string_view slug) {
  std::string selector(slug);
  std::ranges::replace(selector, '-', '_');
  return voice.house.words.text(language, "credit.role", {{"role", selector}});
}

Arguments words_of(const Voice& voice, const std::string& language, const Credit& credit) {
  return {{"credit", credit_ref(credit.id)},
          {"person", credit.person_name},
          {"role", role_name(voice, language, credit.standing.role)},
          {"degree", credit.standing.degree},
          {"task", credit.task_id ? task_ref(*credit.task_id) : ""},
          {"title", credit.task_title},
          {"project", project_ref(credit.project_id)},
          {"state", standing_of(credit)},
          {"evidence", credit.standing.evidence},
          {"reason", credit.standing.dispute}};
}

std::string refs_of(const std::vector<Credit>& credits) {
  std::string refs;
  for (const Credit& one : credits) refs += (refs.empty() ? "" : ", ") + credit_ref(one.id);
  return refs;
}

std::vector<Button> credit_buttons(Context& context, const storage::Task& task) {
  const auto known = storage::credits::of_task(context.db, task.id, credits_read);
  if (std::ranges::find(known, context.sender.id, &Credit::person_id) != known.end()) return {};
  const std::string ref = task_ref(task.id);
  const std::string& language = context.language_of(context.sender);
  std::vector<Button> buttons;
  for (const CreditRole* role : likely_roles(task, roles_suggested)) {
    const std::string name = role_name(context, language, role->slug);
    buttons.push_back(context.button("button.credit.role", "credit " + ref + " " + std::string(role->plain_name),
                                     {{"task", ref}, {"role", name}}));
  }
  buttons.push_back(context.button("button.credit.other", "credit " + ref, {{"task", ref}}));
  return buttons;
}

std::vector<Button> confirm_buttons(const Context& context, const std::vector<Credit>& credits) {
  std::vector<Button> buttons;
  for (const Credit& credit : credits) {
    if (credit.standing.confirmed_by_lead || buttons.size() == most_confirm_buttons) continue;
    const std::string ref = credit_ref(credit.id);
    buttons.push_back(context.button("button.credit.confirm", "credit confirm " + ref, {{"credit", ref}}));
  }
  return buttons;
}

std::vector<Credit> settle_credits(Context& context, const storage::Task& task, std::string_view evidence) {
  const auto credits = storage::credits::of_task(context.db, task.id, credits_read);
  for (const Credit& credit : credits) {
    Contribution now = credit.standing;
    if (!evidence.empty()) now.evidence = evidence;
    now.confirmed_by_person = credit.person_id == context.sender.id;
    now.confirmed_by_lead = std::nullopt;
    if (credit.person_id != context.sender.id && may_confirm_as_lead(context, credit.person_id)) {
      now.confirmed_by_lead = context.sender.id;
    }
    context.credit = credit;
    say_of_credit(context, Kind::evidenced, now, "credit.evidenced");
  }
  context.credit.reset();
  return storage::credits::of_task(context.db, task.id, credits_read);
}

void note_claim(Context& context) {
  record(context, "credit.claimed", {});
  follow_up(context);
}

void say_of_credit(Context& context, Kind kind, const Contribution& said, std::string_view action,
                   std::string_view why) {
  Credit& credit = *context.credit;
  storage::credits::add(context.db, credit.id, kind, said, context.sender.id, context.now);
  credit = *storage::credits::find(context.db, credit.id);
  record(context, action, why);
  follow_up(context);
}

bool take_back_credit(Context& context, std::int64_t credit_id, std::int64_t contribution_id) {
  const auto credit = storage::credits::find(context.db, credit_id);
  if (!credit || storage::credits::last_line(context.db, credit_id) != contribution_id) return false;
  const auto before = storage::credits::before_last(context.db, credit_id);
  Contribution said = before.value_or(credit->standing);
  said.is_withdrawn = !before || before->is_withdrawn;
  storage::credits::add(context.db, credit_id, said.is_withdrawn ? Kind::withdrawn : Kind::restored, said,
                        context.sender.id, context.now);
  return true;
}

}  // namespace osrbot
