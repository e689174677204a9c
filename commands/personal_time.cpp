#include "commands/personal_time.h"

#include <fmt/format.h>

#include "commands/agenda.h"
#include "commands/context.h"
#include "commands/local_time.h"
#include "commands/task_words.h"
#include "storage/agendas.h"
#include "storage/reminders.h"

namespace osrbot {
namespace {

using language::ArgumentKind;
using storage::agendas::Agenda;

constexpr int reminders_moved = 1000;  // more than anybody may have

/// What was meant by the wall clock stays so on the new one.
void move_reminders(const Context& context, const std::string& zone) {
  for (const auto& reminder : storage::reminders::of_person(context.db, context.sender.id, reminders_moved)) {
    storage::reminders::move(context.db, reminder.id, zone, to_utc(reminder.local_time, zone));
  }
}

void run_my_time_zone(Context& context, const Args& args) {
  const std::string written = args.text("zone");
  const std::string& before = context.sender.time_zone;
  if (written.empty()) {
    context.reply("zone.is",
                  {{"zone", before.empty() ? "" : time_zone_name(before)}, {"now", to_local(context.now, before)}});
    return;
  }
  const auto zone = find_time_zone(written);
  if (!zone) {
    std::string near;
    for (const std::string& one : similar_time_zones(written)) near += (near.empty() ? "" : ", ") + one;
    throw UserError("zone.unknown", {{"written", written}, {"suggestions", near}});
  }
  set_clock(context, *zone);
  context.reply("zone.set", {{"zone", time_zone_name(*zone)}, {"now", to_local(context.now, *zone)}});
}

void run_digest(Context& context, const Args& args) {
  const std::string which = args.text("which");
  const auto* when = args.find<language::DateValue>("when");
  Agenda agenda = storage::agendas::open(context.db, context.sender.id, context.now);
  if (!which.empty() || when) {
    const Agenda usual;
    agenda.digest = which != "off";
    if (when) {
      agenda.digest_weekday = std::chrono::weekday(std::chrono::local_days(when->candidates.front()));
      agenda.digest_time = when->minute_of_day < 0 ? usual.digest_time : std::chrono::minutes(when->minute_of_day);
    } else if (agenda.digest) {
      agenda.digest_weekday = usual.digest_weekday;
      agenda.digest_time = usual.digest_time;
    }
    storage::agendas::set_digest(context.db, context.sender.id, agenda);
    context.record("person.digest", agenda.digest ? "on" : "off");
    plan_agenda(context, context.sender.id);
  }
  if (!agenda.digest) {
    context.reply("digest.off");
    return;
  }
  const std::string& zone = context.sender.time_zone;
  const auto next = next_weekly(context.now, zone, agenda.digest_weekday, agenda.digest_time);
  context.reply("digest.on", {{"when", to_local(next, zone)}, {"zone", time_zone_name(zone)}});
}

}  // namespace

void set_clock(Context& context, const std::string& zone) {
  storage::people::set_time_zone(context.db, context.sender.id, zone);
  move_reminders(context, zone);
  context.record("person.zone", zone, {{"before", context.sender.time_zone}});
  plan_agenda(context, context.sender.id);
}

Command my_time_zone() {
  return {.name = "my time zone",
          .aliases = {"time zone", "timezone", "my timezone", "my zone"},
          .role = Role::guest,
          .arguments = {optional_rest("zone")},
          .run = run_my_time_zone};
}

Command digest() {
  return {
      .name = "digest",
      .aliases = {"my digest", "weekly digest"},
      .role = Role::guest,
      .arguments = {{.name = "which", .kind = ArgumentKind::choice, .required = false, .choices = {"weekly", "off"}},
                    {.name = "when", .kind = ArgumentKind::date, .required = false}},
      .run = run_digest};
}

}  // namespace osrbot
