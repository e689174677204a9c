#include "commands/phase_deadlines.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <string>

#include <fmt/format.h>

#include "commands/context.h"
#include "commands/local_time.h"
#include "storage/jobs.h"
#include "storage/projects.h"

namespace osrbot {
namespace {

using std::chrono::days;
using std::chrono::sys_days;
using std::chrono::sys_seconds;
namespace projects = storage::projects;

constexpr std::string_view phase_deadline_job = "phase.deadline";
constexpr std::array notices = {days(-3), days(0), days(1)};  // from the day by which the phase is to be over

struct Deadline {
  storage::Project project;
  sys_days day;
};

/// The date of a project's present phase; nothing when there is none, or the project is archived.
std::optional<Deadline> deadline_of(storage::Connection& db, std::int64_t project_id) {
  const auto project = projects::find(db, project_id);
  if (!project || project->archived_at) return std::nullopt;
  const auto due = projects::phase_due(db, project_id, project->phase);
  if (!due) return std::nullopt;
  return Deadline{*project, sys_days(*due)};
}

void say_how_long(const Voice& voice, const Deadline& deadline) {
  const auto left = (deadline.day - std::chrono::floor<days>(voice.now)).count();
  const std::string ref = project_ref(deadline.project.id);
  const auto phase = storage::to_string(deadline.project.phase);
  const auto arguments_in = [&](const std::string& language) -> Arguments {
    return {{"project", ref},
            {"title", deadline.project.title},
            {"phase", voice.house.words.text(language, "phase.name", {{"phase", phase}})},
            {"check", voice.house.words.text(language, "phase.check", {{"phase", phase}})},
            {"when", left > 0    ? "soon"
                     : left == 0 ? "today"
                                 : "past"},
            {"days", left > 0 ? left : -left}};
  };
  voice.announce(deadline.project.id, "phase.deadline", arguments_in(voice.house.config.language));
  for (const storage::Person& one : projects::coordinators(voice.db, deadline.project.id)) {
    voice.tell(one, "phase.deadline", arguments_in(voice.language_of(one)), {}, {}, Occasion::unasked);
  }
}

/// After the bot was down one word is said, not one for each morning that was missed.
void remind_of_deadline(const Voice& voice, const std::string& payload) {
  std::int64_t project_id = 0;
  std::from_chars(payload.data(), payload.data() + payload.size(), project_id);
  const auto deadline = deadline_of(voice.db, project_id);
  if (!deadline) return;
  say_how_long(voice, *deadline);
  plan_phase_deadline(voice, project_id);
}

}  // namespace

void plan_phase_deadline(const Voice& voice, std::int64_t project_id) {
  const std::string key = fmt::format("{}:{}", phase_deadline_job, project_id);
  const auto deadline = deadline_of(voice.db, project_id);
  if (deadline) {
    // A team lives in many time zones: the morning in UTC is a working hour from Accra to Dhaka.
    const auto next =
        std::ranges::find_if(notices, [&](days from) { return deadline->day + from + morning > voice.now; });
    if (next != notices.end()) {
      storage::jobs::plan(voice.db, phase_deadline_job, key, deadline->day + *next + morning,
                          std::to_string(project_id));
      return;
    }
  }
  storage::jobs::drop(voice.db, key);
}

Timer phase_deadline() {
  return {.kind = phase_deadline_job, .run = remind_of_deadline};
}

}  // namespace osrbot
