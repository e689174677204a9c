// Tasks that are claimed and then forgotten: their owners are asked, and later the tasks are free again. What counts is
// what people do, never the bot's own messages; blocked tasks may rest.
#pragma once

#include <chrono>

#include "commands/command.h"
#include "commands/timer.h"
#include "commands/voice.h"
#include "config/config.h"

namespace osrbot {

/// When a task becomes free if nothing happens after its owner was asked at `nudged`.
std::chrono::sys_seconds release_time(const TaskConfig& config, std::chrono::sys_seconds nudged);

/// Sees to it that quiet tasks are looked for every hour.
void plan_inactivity_runs(const Voice& voice);

/// One run: asks owners of quiet tasks (their agenda tells them in the morning), frees tasks whose owners did not
/// answer, no more of each than the configuration allows. Each is one audit event whose details name the run.
Timer inactivity();

/// What the next run would do; changes nothing.
Command nudges_dry_run();

}  // namespace osrbot
