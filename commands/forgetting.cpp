#include "commands/forgetting.h"

#include <map>
#include <string>
#include <vector>

#include <fmt/format.h>

#include "commands/context.h"
#include "storage/audit.h"
#include "storage/forgetting.h"
#include "storage/jobs.h"
#include "storage/silences.h"

namespace osrbot {
namespace {

using storage::forgetting::Consequences;

constexpr int shown = 10;
constexpr int most = 1000;  // nobody is in more projects or holds more tasks; bounds what is announced

constexpr std::string_view silence_kind = "privacy.silence";
constexpr std::chrono::hours between_looks_at_silence{24};
constexpr int asked_per_run = 200;
constexpr int forgotten_per_run = 50;

std::string refs(const std::vector<std::int64_t>& ids, std::string (*ref)(std::int64_t)) {
  std::string text;
  for (const std::int64_t id : ids) text += (text.empty() ? "" : ", ") + ref(id);
  return text;
}

/// Each platform once, for a group may read along.
std::string platforms(const Consequences& consequences) {
  std::string text;
  for (const storage::people::Account& account : consequences.accounts) {
    if (text.contains(account.adapter)) continue;
    text += (text.empty() ? "" : ", ") + account.adapter;
  }
  return text;
}

/// "P7 v2, P9".
std::string papers(const Consequences& consequences) {
  std::string text;
  for (const storage::manuscripts::Paper& one : consequences.papers) {
    text += (text.empty() ? "" : ", ") + project_ref(one.project_id);
    if (one.version > 0) text += fmt::format(" v{}", one.version);
  }
  return text;
}

Message preview(const Context& context, const Consequences& goes) {
  Message message;
  context.say(message, "forget.preview",
              {{"platforms", platforms(goes)},
               {"projects", refs(goes.projects, project_ref)},
               {"tasks", refs(goes.tasks, task_ref)},
               {"reminders", goes.reminders},
               {"done", goes.finished_tasks}});
  if (!goes.papers.empty()) {
    context.say(message, "forget.published", {{"papers", papers(goes)}});
  }
  if (!goes.uncoordinated.empty()) {
    context.say(message, "forget.last",
                {{"projects", refs(goes.uncoordinated, project_ref)},
                 {"count", goes.uncoordinated.size()},
                 {"first", project_ref(goes.uncoordinated.front())}});
  }
  context.say(message, "forget.ask");
  return message;
}

/// Teams hear which tasks are open again and that nobody coordinates them, and not whose they were.
void tell_teams(const Voice& voice, const Consequences& gone) {
  struct News {
    std::vector<std::int64_t> tasks;
    bool uncoordinated = false;
  };
  std::map<std::int64_t, News> news;
  for (const std::int64_t id : gone.tasks) {
    if (const auto task = storage::tasks::find(voice.db, id)) news[task->project_id].tasks.push_back(id);
  }
  for (const std::int64_t id : gone.uncoordinated) news[id].uncoordinated = true;
  for (const auto& [id, of_project] : news) {
    const auto project = storage::projects::find(voice.db, id);
    if (!project || project->archived_at) continue;
    voice.announce(id, "forget.told",
                   {{"project", project_ref(id)},
                    {"title", project->title},
                    {"tasks", refs(of_project.tasks, task_ref)},
                    {"count", of_project.tasks.size()},
                    {"coordinated", of_project.uncoordinated ? "no" : "yes"}});
  }
}

void forget(const Voice& voice, std::int64_t person_id, std::string_view adapter) {
  const Consequences gone = storage::forgetting::consequences(voice.db, person_id, most);
  storage::forgetting::forget(voice.db, person_id, voice.now);
  storage::audit::append(voice.db,
                         {.person_id = std::nullopt,
                          .action = "person.forgotten",
                          .object = "",
                          .project_id = std::nullopt,
                          .details = "{}",
                          .adapter = adapter,
                          .update_key = ""},
                         voice.now);
  tell_teams(voice, gone);
}

void run_forget_me(Context& context, const Args&) {
  if (!context.confirmed) {
    context.ask(preview(context, storage::forgetting::consequences(context.db, context.sender.id, shown)));
    return;
  }
  forget(context, context.sender.id, context.update.place.adapter);
  context.reply("forget.done");
}

void ask_the_silent(const Voice& voice) {
  const std::chrono::sys_seconds before = voice.now - std::chrono::days(voice.house.config.privacy.silent_days);
  for (const std::int64_t id : storage::silences::silent_since(voice.db, before, asked_per_run)) {
    storage::silences::note_asked(voice.db, id, voice.now);
    const auto person = storage::people::find(voice.db, id);
    if (!person) continue;
    const auto button = [&](std::string_view label, std::string command) {
      return Button{
          .label = voice.house.words.text(voice.language_of(*person), label), .command = std::move(command), .url = ""};
    };
    voice.tell(*person, "silence.ask", {{"days", voice.house.config.privacy.answer_days}},
               {button("button.keep", "stay"), button("button.forget_me", "forget me")}, {}, Occasion::unasked);
  }
}

void run_silence(const Voice& voice, const std::string&) {
  ask_the_silent(voice);
  const std::chrono::sys_seconds before = voice.now - std::chrono::days(voice.house.config.privacy.answer_days);
  for (const std::int64_t id : storage::silences::unanswered_since(voice.db, before, forgotten_per_run)) {
    forget(voice, id, timer_adapter);
  }
  plan_silence_runs(voice);
}

}  // namespace

Command forget_me() {
  return {.name = "forget me",
          .aliases = {"erase me", "delete me", "delete my data", "erase my data", "forget my data"},
          .role = Role::guest,
          .arguments = {},
          .run = run_forget_me};
}

Timer silence() {
  return {.kind = silence_kind, .run = run_silence};
}

void plan_silence_runs(const Voice& voice) {
  storage::jobs::plan_once(voice.db, silence_kind, silence_kind, voice.now + between_looks_at_silence);
}

}  // namespace osrbot
