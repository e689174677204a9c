#include "commands/consent.h"

#include "commands/dialogue.h"
#include "commands/forgetting.h"
#include "storage/profiles.h"

namespace osrbot {
namespace {

using storage::Profile;
namespace profiles = storage::profiles;

Message text(const Context& context, const std::optional<Profile>& profile) {
  Message message;
  if (profile && profile->has_consent() && profile->consent_version != consent_version) {
    context.say(message, "consent.changed");
  }
  context.say(message, "consent.text");
  message.buttons.push_back({context.button("button.agree", "agree"), context.button("button.disagree", "disagree")});
  return message;
}

void run_consent(Context& context, const Args&) {
  const auto profile = profiles::find(context.db, context.sender.id);
  if (!profile || profile->consent_version != consent_version) {
    ask_for_consent(context);
    return;
  }
  context.reply("consent.is", {{"version", *profile->consent_version},
                               {"channel", profile->consent_channel},
                               {"date", std::chrono::year_month_day(std::chrono::floor<std::chrono::days>(
                                            profile->consented_at.value_or(context.now)))}});
}

void run_agree(Context& context, const Args&) {
  if (answer_dialogue(context, "agree")) return;
  if (has_consented(context)) {
    context.reply("consent.already");
    return;
  }
  give_consent(context);
  context.reply("consent.given");
}

void run_disagree(Context& context, const Args&) {
  if (answer_dialogue(context, "disagree")) return;
  const auto profile = profiles::find(context.db, context.sender.id);
  if (profile && profile->has_consent()) {
    // What is kept cannot be kept without consent: to withdraw it is to be forgotten.
    context.reply("consent.withdraw", {}, {context.button("button.forget_me", "forget me")});
    return;
  }
  context.reply("consent.declined");
}

}  // namespace

bool has_consented(Context& context) {
  const auto profile = profiles::find(context.db, context.sender.id);
  return profile && profile->consent_version == consent_version;
}

void ask_for_consent(Context& context) {
  const Message message = text(context, profiles::find(context.db, context.sender.id));
  if (context.update.place.is_private) {
    context.reply(message);
  } else if (context.tell(context.sender, message, context.update.place.adapter, Occasion::answer)) {
    context.reply("private.look");
  } else {
    throw UserError("private.first", {{"command", "consent"}});
  }
}

void give_consent(Context& context) {
  profiles::consent(context.db, context.sender.id, consent_version, context.update.place.adapter, context.now);
  context.record("person.consented", "", {{"version", consent_version}});
  plan_silence_runs(context);
}

Command consent() {
  return {.name = "consent", .aliases = {"privacy"}, .role = Role::guest, .arguments = {}, .run = run_consent};
}

Command agree() {
  return {.name = "agree",
          .aliases = {"i agree", "i consent"},
          .role = Role::guest,
          .arguments = {},
          .hidden = true,
          .run = run_agree};
}

Command disagree() {
  return {.name = "disagree",
          .aliases = {"i disagree", "i do not agree", "withdraw consent", "withdraw my consent"},
          .role = Role::guest,
          .arguments = {},
          .hidden = true,
          .run = run_disagree};
}

}  // namespace osrbot
