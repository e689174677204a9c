#include "commands/credit_reminders.h"

#include <algorithm>
#include <map>
#include <string>
#include <vector>

#include <fmt/format.h>

#include "commands/context.h"
#include "commands/payload.h"
#include "storage/credits.h"
#include "storage/jobs.h"

namespace osrbot {
namespace {

using storage::Credit;

constexpr std::string_view credit_reminder_job = "credit.reminder";
constexpr int credits_read = 200;

void ask(const Voice& voice, const storage::Person& person, std::string_view key, const storage::Project& project,
         std::size_t count) {
  const std::string ref = project_ref(project.id);
  voice.tell(person, key, {{"project", ref}, {"title", project.title}, {"count", count}},
             {{.label = voice.house.words.text(voice.language_of(person), "button.credit.confirm.all"),
               .command = "credit confirm " + ref,
               .url = ""}},
             {}, Occasion::unasked);
}

/// A coordinator for each credit of whom none is their own, unless there is no other.
std::size_t waiting_for(const std::vector<Credit>& credits, const storage::Person& lead, bool is_only) {
  return static_cast<std::size_t>(std::ranges::count_if(credits, [&](const Credit& one) {
    return !one.standing.confirmed_by_lead && (is_only || one.person_id != lead.id);
  }));
}

void plan(const Voice& voice, std::int64_t project_id, int asked) {
  if (asked == voice.house.config.credit.reminders) return;
  storage::jobs::plan_once(voice.db, credit_reminder_job, fmt::format("{}:{}", credit_reminder_job, project_id),
                           voice.now + std::chrono::days(voice.house.config.credit.reminder_days),
                           to_payload({{"project", project_id}, {"asked", asked}}));
}

void remind_of_credit(const Voice& voice, const std::string& payload) {
  const Payload details(payload);
  const auto project_id = details.integer("project");
  const auto project = storage::projects::find(voice.db, project_id);
  if (!project || project->archived_at) return;
  std::map<std::int64_t, std::size_t> by_person;
  std::vector<Credit> waiting;
  storage::credits::each(voice.db, project_id, [&](const Credit& one) {
    if (!one.is_work_done || one.standing.is_confirmed() || waiting.size() == credits_read) return;
    if (!one.standing.confirmed_by_person) ++by_person[one.person_id];
    waiting.push_back(one);
  });
  if (waiting.empty()) return;
  for (const auto& [person_id, count] : by_person) {
    if (const auto person = storage::people::find(voice.db, person_id)) {
      ask(voice, *person, "credit.reminder.person", *project, count);
    }
  }
  const auto leads = storage::projects::coordinators(voice.db, project_id);
  for (const storage::Person& lead : leads) {
    const std::size_t count = waiting_for(waiting, lead, leads.size() == 1);
    if (count > 0) ask(voice, lead, "credit.reminder.lead", *project, count);
  }
  plan(voice, project_id, static_cast<int>(details.integer("asked")) + 1);
}

}  // namespace

void plan_credit_reminder(const Voice& voice, std::int64_t project_id) {
  plan(voice, project_id, 0);
}

Timer credit_reminder() {
  return {.kind = credit_reminder_job, .run = remind_of_credit};
}

}  // namespace osrbot
