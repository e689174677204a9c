#include "bot/scheduler.h"

#include <fmt/format.h>

#include "commands/timer.h"
#include "storage/jobs.h"

namespace osrbot {
namespace {

constexpr std::chrono::hours pause_after_failure{1};

}  // namespace

std::vector<Update> take_due_jobs(storage::Connection& db, std::chrono::sys_seconds now, int limit) {
  std::vector<Update> updates;
  for (storage::jobs::Job& job : storage::jobs::due(db, now, limit)) {
    storage::jobs::drop(db, job.unique_key);
    Update update;
    update.key = fmt::format("{}@{}", job.unique_key, job.due_at.time_since_epoch().count());
    update.kind = UpdateKind::timer;
    update.place.adapter = timer_adapter;
    update.text = std::move(job.kind);
    update.payload = std::move(job.payload);
    update.at = job.due_at;
    updates.push_back(std::move(update));
  }
  return updates;
}

void plan_again(storage::Connection& db, const Update& timer, std::chrono::sys_seconds now) {
  const std::string unique_key = timer.key.substr(0, timer.key.rfind('@'));
  storage::jobs::plan_once(db, timer.text, unique_key, now + pause_after_failure, timer.payload);
}

}  // namespace osrbot
