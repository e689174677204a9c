// What happens by itself at a time: declared like a command, once, where it is written.
#pragma once

#include <string>
#include <string_view>

#include "commands/voice.h"

namespace osrbot {

/// The name under which updates of the scheduler are known.
inline constexpr const char* timer_adapter = "timer";

/// Runs when a job of its kind (storage/jobs.h) is due; the job is gone by then, and a timer that goes on plans its
/// next run. After the bot was down, a job that was due meanwhile runs once.
struct Timer {
  std::string_view kind;                                                  ///< "task.reminder"
  void (*run)(const Voice& voice, const std::string& payload) = nullptr;  ///< `payload`: the job's JSON
};

}  // namespace osrbot
