#include "commands/stopping.h"

#include <fmt/chrono.h>
#include <fmt/format.h>

#include "commands/agenda.h"
#include "commands/contact.h"
#include "commands/dialogue.h"
#include "commands/language/post.h"
#include "commands/local_time.h"
#include "storage/contact.h"

namespace osrbot {
namespace {

using language::ArgumentKind;
using std::chrono::sys_seconds;
namespace contact = storage::contact;

constexpr std::chrono::days usual_pause{30};
constexpr std::chrono::days longest_pause{366};

/// The end of the day that was named, or so much later.
sys_seconds end_of_pause(const Context& context, const Args& args) {
  if (const auto* day = args.find<language::DateValue>("until")) {
    const auto midnight = std::chrono::local_days(day->candidates.front());
    const auto clock = day->minute_of_day < 0 ? std::chrono::minutes(0) : std::chrono::minutes(day->minute_of_day);
    return to_utc(midnight + clock, context.sender.time_zone);
  }
  if (const auto* duration = args.find<std::chrono::minutes>("for")) return context.now + *duration;
  return context.now + usual_pause;
}

void run_stop(Context& context, const Args&) {
  stop_writing(context);
}

void run_pause(Context& context, const Args& args) {
  const sys_seconds until = end_of_pause(context, args);
  if (until <= context.now) throw UserError("pause.past");
  if (until > context.now + longest_pause) throw UserError("pause.long", {{"days", longest_pause.count()}});
  contact::pause(context.db, context.sender.id, until);
  context.record("person.paused", "");
  plan_agenda(context, context.sender.id);
  context.reply("pause.done", {{"until", to_local(until, context.sender.time_zone)}},
                {context.button("button.resume", "resume")});
}

void run_resume(Context& context, const Args&) {
  if (!contact::resume(context.db, context.sender.id, context.now)) {
    context.reply("resume.not");
    return;
  }
  context.record("person.resumed", "");
  plan_agenda(context, context.sender.id);
  context.reply("resume.done");
}

}  // namespace

void stop_writing(Context& context) {
  const bool is_new = contact::stop(context.db, context.sender.id, context.now);
  contact::drop_waiting(context.db, context.sender.id, context.now);
  drop_kept_messages(context.db, context.sender.id);
  close_dialogue(context);
  if (is_new) {
    context.record("person.stopped", "");
    plan_agenda(context, context.sender.id);
  }
  context.reply("stop.done", {}, {context.button("button.resume", "resume")});
}

bool stop_if_asked(Context& context) {
  const language::Post post =
      language::parse_post(context.update.text, {.bot_handles = context.house.config.names, .addressed = true},
                           context.house.vocabulary.lexicon());
  if (post.intent != language::Intent::optout || post.action == language::Action::withhold) return false;
  stop_writing(context);
  return true;
}

Command stop() {
  return {.name = "stop",
          .aliases = {"unsubscribe", "opt out", "stop messages", "stop writing", "stop all", "mute"},
          .role = Role::guest,
          .arguments = {},
          .run = run_stop};
}

Command pause() {
  return {.name = "pause",
          .aliases = {"snooze", "pause me"},
          .role = Role::guest,
          .arguments = {{.name = "until", .kind = ArgumentKind::date, .required = false},
                        {.name = "for", .kind = ArgumentKind::duration, .required = false}},
          .run = run_pause};
}

Command resume() {
  return {.name = "resume", .aliases = {"unpause", "unmute"}, .role = Role::guest, .arguments = {}, .run = run_resume};
}

}  // namespace osrbot
