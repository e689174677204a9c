// The real program, as a process of its own: started, killed and measured.
#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <string>

#include <sys/resource.h>
#include <sys/types.h>

namespace osrbot::fakes {

class BotProcess {
 public:
  /// Starts `program run` with `settings` ("OSRBOT_DB" ...) and nothing else of the environment that configures a bot;
  /// what it logs is appended to `log`. Throws std::runtime_error when it cannot be started.
  BotProcess(const std::filesystem::path& program, const std::map<std::string, std::string>& settings,
             const std::filesystem::path& log);
  /// Kills it if it still runs.
  ~BotProcess();
  BotProcess(const BotProcess&) = delete;
  BotProcess& operator=(const BotProcess&) = delete;

  /// SIGKILL: at once, without a last word.
  void kill();

  /// SIGTERM, and waits for the end; the exit code, or minus the signal that ended it.
  int stop();

  /// Whether it has ended by itself.
  bool has_ended();

  pid_t id() const { return id_; }

  /// The most memory that it has had resident, while it runs. (What is told of it after its end is at least what this
  /// process had when it started it.)
  std::int64_t peak_resident_kib() const;

  /// Processor time, after the end.
  const rusage& usage() const { return usage_; }

 private:
  int wait();

  pid_t id_ = -1;
  rusage usage_{};
};

}  // namespace osrbot::fakes
