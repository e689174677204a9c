#include "commands/invitation_answers.h"

#include <array>
#include <string>
#include <utility>

#include "commands/candidates.h"
#include "commands/context.h"
#include "commands/joining.h"
#include "commands/need_terms.h"
#include "commands/payload.h"
#include "commands/skill_words.h"
#include "commands/text_limits.h"
#include "storage/invitations.h"

namespace osrbot {
namespace {

using language::ArgumentKind;
using storage::Invitation;

constexpr std::string_view referral_kind = "invitation.refer";
constexpr std::chrono::days referral_patience{7};
constexpr std::array<std::string_view, 5> reasons = {"skill", "time", "language", "topic", "other"};

/// The sender's invitation for the need. Throws UserError for who was not asked.
Invitation own_invitation(const Context& context) {
  auto invitation = storage::invitations::find(context.db, context.need->id, context.sender.id);
  const std::string ref = need_ref(context.need->id);
  if (!invitation || invitation->state == "unreachable") {
    throw UserError("invitation.none", {{"need", ref}}, {join_button(context, *context.need)});
  }
  return std::move(*invitation);
}

/// The same, while it can be answered.
Invitation open_invitation(const Context& context) {
  Invitation invitation = own_invitation(context);
  if (context.need->state == storage::NeedState::open && invitation.state != "withdrawn" &&
      !context.project->archived_at) {
    return invitation;
  }
  throw UserError("invitation.over", words_of(context.house, *context.need),
                  {context.button("button.suggest", "suggest")});
}

/// Fewer may come now: the search looks at once whether to ask others.
void answered(Context& context, const Invitation& invitation, std::string_view state) {
  storage::invitations::answer(context.db, invitation.id, state, context.now);
  context.record("invitation.answered", need_ref(context.need->id), {{"answer", state}});
  const auto search = storage::searches::find(context.db, context.need->id);
  if (search && storage::invitations::pending(context.db, context.need->id, search->wave) < context.need->wanted()) {
    storage::searches::hasten(context.db, context.need->id, context.now);
  }
}

void accept_invitation(Context& context, const Args&) {
  const Invitation invitation = open_invitation(context);
  // The request goes first: who has said yes and waits counts as somebody who may come.
  ask_to_join(context);
  if (invitation.state != "yes") answered(context, invitation, "yes");
}

void decline_invitation(Context& context, const Args&) {
  const Invitation invitation = own_invitation(context);
  if (invitation.state == "withdrawn") throw UserError("invitation.over", words_of(context.house, *context.need));
  if (invitation.has_come) {
    throw UserError("invitation.came",
                    {{"need", need_ref(context.need->id)}, {"project", project_ref(context.need->project_id)}});
  }
  if (invitation.state != "no") {
    withdraw_request(context);
    answered(context, invitation, "no");
  }
  const std::string ref = need_ref(context.need->id);
  std::vector<Button> buttons;
  for (const std::string_view reason : reasons) {
    buttons.push_back(
        context.button("button.reason", "invitation reason " + ref + " " + std::string(reason), {{"reason", reason}}));
  }
  context.reply("invitation.no",
                {{"need", ref}, {"skill", wanted_skill(context.house.vocabulary, context.need->skill)}},
                std::move(buttons));
}

void run_reason(Context& context, const Args& args) {
  const Invitation invitation = own_invitation(context);
  if (invitation.state != "no") throw UserError("invitation.no.first", {{"need", need_ref(context.need->id)}});
  const std::string reason = args.text("reason");
  storage::invitations::set_why_not(context.db, invitation.id, reason);
  context.record("invitation.reason", need_ref(context.need->id), {{"reason", reason}});
  context.reply("invitation.reason", {{"reason", reason},
                                      {"skill", wanted_skill(context.house.vocabulary, context.need->skill)},
                                      {"days", context.house.config.matching.rest_days}});
}

void run_why(Context& context, const Args&) {
  const Invitation invitation = own_invitation(context);
  Message message;
  context.say(message, "invitation.why", {{"need", need_ref(context.need->id)}});
  say_reasons(context, message, context.language_of(context.sender), reasons_from_json(invitation.because));
  context.say(message, "invitation.why.foot");
  context.reply(message);
}

/// Passes a name on to the coordinators. The bot itself writes to nobody who has not come to it.
void pass_on(Context& context, const Invitation& invitation, std::string_view words) {
  const std::string whom = checked_text(std::string(words), "invitation.refer", longest_note);
  if (invitation.state == "sent") answered(context, invitation, "referred");
  for (const storage::Person& one : storage::projects::coordinators(context.db, context.need->project_id)) {
    context.tell(one, "invitation.referred.told",
                 {{"person", context.sender.name},
                  {"need", need_ref(context.need->id)},
                  {"skill", wanted_skill(context.house.vocabulary, context.need->skill)},
                  {"whom", whom}});
  }
  context.reply("invitation.referred", {{"need", need_ref(context.need->id)}});
}

void run_refer(Context& context, const Args& args) {
  const Invitation invitation = open_invitation(context);
  if (const std::string words = args.text("whom"); !words.empty()) return pass_on(context, invitation, words);
  open_dialogue(context, referral_kind, to_payload({{"need", context.need->id}}), referral_patience);
  context.reply("invitation.refer", {{"need", need_ref(context.need->id)},
                                     {"skill", wanted_skill(context.house.vocabulary, context.need->skill)}});
}

bool take_referral(Context& context, const std::string& payload, std::string_view text) {
  close_dialogue(context);
  context.need = storage::needs::find(context.db, Payload(payload).integer("need"));
  if (!context.need) return false;
  context.project = storage::projects::find(context.db, context.need->project_id);
  if (steer_of(context, text) != Steer::none) {
    context.reply("invitation.refer.never_mind", {{"need", need_ref(context.need->id)}});
    return true;
  }
  try {
    pass_on(context, open_invitation(context), text);
  } catch (const UserError& error) {
    context.reply(error.key(), error.arguments(), error.buttons());  // the question is over all the same
  }
  return true;
}

Command about_invitation(std::string_view name, void (*run)(Context&, const Args&)) {
  return {.name = name,
          .aliases = {},
          .role = Role::guest,
          .about = About::need,
          .arguments = {{.name = "need", .kind = ArgumentKind::need}},
          .hidden = true,
          .on_archived = true,
          .for_outsiders = true,
          .run = run};
}

}  // namespace

Command invitation_yes() {
  return about_invitation("invitation yes", accept_invitation);
}

Command invitation_no() {
  return about_invitation("invitation no", decline_invitation);
}

Command invitation_why() {
  return about_invitation("invitation why", run_why);
}

Command invitation_reason() {
  Command command = about_invitation("invitation reason", run_reason);
  command.arguments.push_back(
      {.name = "reason", .kind = ArgumentKind::choice, .choices = {reasons.begin(), reasons.end()}});
  return command;
}

Command invitation_refer() {
  Command command = about_invitation("invitation refer", run_refer);
  command.arguments.push_back({.name = "whom", .kind = ArgumentKind::rest, .required = false});
  return command;
}

Dialogue referral() {
  return {.kind = referral_kind, .answer = take_referral};
}

}  // namespace osrbot
