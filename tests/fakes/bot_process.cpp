#include "tests/fakes/bot_process.h"

#include <cerrno>
#include <cstring>
#include <fstream>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

namespace osrbot::fakes {

BotProcess::BotProcess(const std::filesystem::path& program, const std::map<std::string, std::string>& settings,
                       const std::filesystem::path& log) {
  std::vector<std::string> environment;
  for (char** variable = environ; *variable != nullptr; ++variable) {
    if (!std::string_view(*variable).starts_with("OSRBOT_")) environment.emplace_back(*variable);
  }
  for (const auto& [name, value] : settings) environment.push_back(name + "=" + value);
  std::vector<char*> variables;
  for (std::string& variable : environment) variables.push_back(variable.data());
  variables.push_back(nullptr);

  std::string path = program.string();
  std::string run = "run";
  char* arguments[] = {path.data(), run.data(), nullptr};
  posix_spawn_file_actions_t files;
  posix_spawn_file_actions_init(&files);
  posix_spawn_file_actions_addopen(&files, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
  posix_spawn_file_actions_addopen(&files, STDOUT_FILENO, log.c_str(), O_WRONLY | O_CREAT | O_APPEND, 0600);
  posix_spawn_file_actions_adddup2(&files, STDOUT_FILENO, STDERR_FILENO);
  const int error = posix_spawn(&id_, path.c_str(), &files, nullptr, arguments, variables.data());
  posix_spawn_file_actions_destroy(&files);
  if (error != 0) throw std::runtime_error("cannot start " + path + ": " + std::strerror(error));
}

BotProcess::~BotProcess() {
  kill();
}

void BotProcess::kill() {
  if (id_ < 0) return;
  ::kill(id_, SIGKILL);
  wait();
}

int BotProcess::stop() {
  ::kill(id_, SIGTERM);
  return wait();
}

std::int64_t BotProcess::peak_resident_kib() const {
  std::ifstream status("/proc/" + std::to_string(id_) + "/status");
  for (std::string line; std::getline(status, line);) {
    if (line.starts_with("VmHWM:")) return std::stoll(line.substr(6));
  }
  throw std::runtime_error("the bot does not run");
}

bool BotProcess::has_ended() {
  siginfo_t info{};
  waitid(P_PID, static_cast<id_t>(id_), &info, WEXITED | WNOHANG | WNOWAIT);
  return info.si_pid != 0;
}

int BotProcess::wait() {
  int status = 0;
  while (wait4(id_, &status, 0, &usage_) < 0 && errno == EINTR) {
  }
  id_ = -1;
  return WIFEXITED(status) ? WEXITSTATUS(status) : -WTERMSIG(status);
}

}  // namespace osrbot::fakes
