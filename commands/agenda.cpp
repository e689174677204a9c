#include "commands/agenda.h"

#include <algorithm>
#include <iterator>
#include <optional>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "commands/contact.h"
#include "commands/context.h"
#include "commands/digest.h"
#include "commands/inactivity.h"
#include "commands/local_time.h"
#include "commands/payload.h"
#include "commands/task_words.h"
#include "storage/agendas.h"
#include "storage/conversations.h"
#include "storage/jobs.h"
#include "storage/reminders.h"
#include "storage/task_activity.h"

namespace osrbot {
namespace {

using std::chrono::local_days;
using std::chrono::sys_seconds;
using std::chrono::year_month_day;
using storage::Person;
using storage::Task;
namespace agendas = storage::agendas;

constexpr std::string_view agenda_job = "agenda";
constexpr int lines_of_a_kind = 20;
constexpr std::size_t tasks_with_buttons = 3;

year_month_day next_day(year_month_day day) {
  return year_month_day(local_days(day) + std::chrono::days(1));
}

year_month_day day_before(year_month_day day) {
  return year_month_day(local_days(day) - std::chrono::days(1));
}

sys_seconds morning_of(year_month_day day, const std::string& zone) {
  return to_utc(local_days(day) + morning, zone);
}

/// The day of the first morning after `time`.
year_month_day first_morning_after(sys_seconds time, const std::string& zone) {
  const year_month_day day = local_day(time, zone);
  return morning_of(day, zone) > time ? day : next_day(day);
}

/// The digest's last time up to `now`.
sys_seconds last_digest(const agendas::Agenda& agenda, sys_seconds now, const std::string& zone) {
  const sys_seconds next = next_weekly(now, zone, agenda.digest_weekday, agenda.digest_time);
  return to_utc(to_local(next, zone) - std::chrono::weeks(1), zone);
}

std::string payload_of(std::int64_t person_id) {
  return to_payload({{"person", person_id}});
}

/// Composes one person's message.
class Telling {
 public:
  Telling(const Voice& voice, const Person& person, const agendas::Agenda& agenda)
      : voice_(voice),
        person_(person),
        agenda_(agenda),
        zone_(person.time_zone),
        wishes_(storage::contact::wishes(voice.db, person.id)),
        direct_(storage::people::direct_conversation(voice.db, person.id, {}).has_value()) {}

  /// Says everything that has come due, and to whom it may be sent if they cannot be reached privately.
  void tell() {
    if (wishes_.stopped) return pass_over_quiet_tasks();
    say_reminders();
    if (!when_to_write(wishes_, Occasion::unasked, voice_.now, zone_)) return deliver(Occasion::reminder);
    const Occasion occasion = message_.blocks.empty() ? Occasion::unasked : Occasion::reminder;
    const bool weekly = direct_ && agenda_.digest && last_digest(agenda_, voice_.now, zone_) > agenda_.told_until;
    if (!weekly) say_due_days();
    say_quiet_tasks();
    if (weekly) say_weekly();
    deliver(occasion);
  }

 private:
  void say(std::string_view key, const Arguments& arguments = {}) {
    voice_.say(message_, voice_.language_of(person_), key, arguments);
  }

  void say_reminders() {
    for (const auto& reminder : storage::reminders::due(voice_.db, person_.id, voice_.now, lines_of_a_kind)) {
      storage::reminders::remove(voice_.db, reminder.id);
      const auto task = reminder.task_id ? storage::tasks::find(voice_.db, *reminder.task_id) : std::nullopt;
      if (task && is_finished(*task)) continue;
      const auto by = reminder.set_by == person_.id ? std::nullopt : storage::people::find(voice_.db, reminder.set_by);
      say("agenda.reminder",
          {{"by", by ? by->name : ""},
           {"words", reminder.words},
           {"task", task ? task_ref(task->id) : ""},
           {"title", task ? task->title : ""},
           {"late",
            to_local(reminder.due_at, zone_) + std::chrono::days(1) <= to_local(voice_.now, zone_) ? "yes" : "no"},
           {"when", to_local(reminder.due_at, zone_)}});
      if (fallback_.conversation.empty()) fallback_ = reminder.asked_in;
    }
  }

  /// Tasks that were due, or were to be due on the next day, on a morning that has passed since the last message.
  void say_due_days() {
    const year_month_day first = first_morning_after(agenda_.told_until, zone_);
    const year_month_day today = local_day(voice_.now, zone_);
    const year_month_day last = morning_of(today, zone_) <= voice_.now ? today : day_before(today);
    if (first > last) return;
    for (const Task& task :
         storage::tasks::due_between(voice_.db, person_.id, first, next_day(last), lines_of_a_kind)) {
      const std::string_view when = *task.due == today ? "today" : *task.due > today ? "soon" : "past";
      say("agenda.due", {{"task", task_ref(task.id)}, {"title", task.title}, {"when", when}, {"due", *task.due}});
      remember_home(task);
    }
  }

  void say_quiet_tasks() {
    std::size_t with_buttons = 0;
    for (const Task& task : storage::tasks::nudges_untold(voice_.db, person_.id, lines_of_a_kind)) {
      storage::tasks::mark_nudge_told(voice_.db, task.id);
      const std::string ref = task_ref(task.id);
      const sys_seconds quiet_since = task.last_activity.value_or(task.claimed_at.value_or(voice_.now));
      say("agenda.quiet", {{"task", ref},
                           {"title", task.title},
                           {"days", std::chrono::floor<std::chrono::days>(voice_.now - quiet_since).count()},
                           {"free", local_day(release_time(voice_.house.config.tasks, *task.nudged_at), zone_)}});
      if (with_buttons++ < tasks_with_buttons) {
        message_.buttons.push_back({button("button.working", "working " + ref, ref),  //
                                    button("button.release", "release " + ref, ref)});
      }
      remember_home(task);
    }
  }

  /// Somebody who wants no questions has had this one all the same: the task is not to wait for them for ever.
  void pass_over_quiet_tasks() {
    for (const Task& task : storage::tasks::nudges_untold(voice_.db, person_.id, lines_of_a_kind)) {
      storage::tasks::mark_nudge_told(voice_.db, task.id);
    }
  }

  void say_weekly() {
    const sys_seconds week_before = last_digest(agenda_, voice_.now, zone_) - std::chrono::weeks(1);
    if (say_digest(voice_, message_, person_, std::min(week_before, agenda_.told_until))) {
      message_.buttons.push_back({button("button.mine", "tasks mine", "")});
    }
  }

  Button button(std::string_view label_key, std::string command, const std::string& ref) const {
    return {.label = voice_.house.words.text(voice_.language_of(person_), label_key, {{"task", ref}}),
            .command = std::move(command),
            .url = ""};
  }

  void remember_home(const Task& task) {
    if (direct_ || !fallback_.conversation.empty()) return;
    for (const auto& home : storage::conversations::homes_of(voice_.db, task.project_id)) {
      if (!voice_.house.platform(home.adapter).is_public) fallback_ = home;
    }
  }

  /// In private; where that is impossible, where the reminder was asked for, or in the task's project.
  void deliver(Occasion occasion) {
    if (message_.blocks.empty() || voice_.tell(person_, message_, {}, occasion) || fallback_.conversation.empty()) {
      return;
    }
    Message addressed;
    const auto id = storage::people::user_id_on(voice_.db, person_.id, fallback_.adapter, fallback_.workspace);
    voice_.say(addressed, voice_.language_of(person_), "agenda.for",
               {{"person", Mention{person_.name, id.value_or("")}}});
    std::ranges::move(message_.blocks, std::back_inserter(addressed.blocks));
    addressed.buttons = std::move(message_.buttons);
    voice_.send({.adapter = fallback_.adapter,
                 .workspace = fallback_.workspace,
                 .conversation = fallback_.conversation,
                 .thread = fallback_.thread},
                {}, addressed);
  }

  const Voice& voice_;
  const Person& person_;
  const agendas::Agenda& agenda_;
  const std::string& zone_;
  const storage::contact::Wishes wishes_;
  const bool direct_;
  Message message_;
  storage::conversations::Home fallback_;
};

/// Plans when the person is to be told something next.
void plan(const Voice& voice, const Person& person, const agendas::Agenda& agenda) {
  const std::string& zone = person.time_zone;
  const auto wishes = storage::contact::wishes(voice.db, person.id);
  const sys_seconds now_or_told = std::max(voice.now, agenda.told_until);
  const sys_seconds from = std::max(now_or_told, wishes.paused_until.value_or(now_or_told));

  std::optional<sys_seconds> next = wishes.stopped ? std::nullopt : storage::reminders::next_due(voice.db, person.id);
  const auto consider = [&next](sys_seconds time) { next = next ? std::min(*next, time) : time; };
  const year_month_day tomorrow = first_morning_after(from, zone);
  if (!storage::tasks::nudges_untold(voice.db, person.id, 1).empty()) consider(morning_of(tomorrow, zone));
  if (!wishes.stopped) {
    if (const auto due = storage::tasks::next_due_day(voice.db, person.id, tomorrow)) {
      consider(morning_of(std::max(tomorrow, day_before(*due)), zone));
    }
    if (agenda.digest) consider(next_weekly(from, zone, agenda.digest_weekday, agenda.digest_time));
  }

  const std::string key = fmt::format("{}:{}", agenda_job, person.id);
  if (!next) {
    storage::jobs::drop(voice.db, key);
    return;
  }
  // Never twice at the same second: a job's time is part of what tells its run from others.
  storage::jobs::plan(voice.db, agenda_job, key, std::max(*next, now_or_told + std::chrono::seconds(1)),
                      payload_of(person.id));
}

void run_agenda(const Voice& voice, const std::string& payload) {
  const auto person = storage::people::find(voice.db, Payload(payload).integer("person"));
  if (!person) return;
  agendas::Agenda agenda = agendas::open(voice.db, person->id, voice.now);
  Telling(voice, *person, agenda).tell();
  agenda.told_until = voice.now;
  agendas::set_told_until(voice.db, person->id, voice.now);
  plan(voice, *person, agenda);
}

}  // namespace

void plan_agenda(const Voice& voice, std::int64_t person_id) {
  const auto person = storage::people::find(voice.db, person_id);
  if (person) plan(voice, *person, agendas::open(voice.db, person_id, voice.now));
}

void begin_agenda(const Voice& voice, std::int64_t person_id) {
  if (!agendas::begin(voice.db, person_id, voice.now)) return;
  const auto person = storage::people::find(voice.db, person_id);
  if (person) plan(voice, *person, {.told_until = voice.now});
}

Timer agenda() {
  return {.kind = agenda_job, .run = run_agenda};
}

}  // namespace osrbot
