#include "bot/instance_lock.h"

#include <array>
#include <cerrno>
#include <stdexcept>
#include <string>
#include <system_error>

#include <fcntl.h>
#include <fmt/core.h>
#include <sys/file.h>
#include <unistd.h>

namespace osrbot {
namespace {

/// Beside the file itself, by whatever links it is reached.
std::filesystem::path lock_file(const std::filesystem::path& database) {
  std::error_code unreadable;
  const auto file = std::filesystem::weakly_canonical(database, unreadable);
  return (unreadable ? database : file).string() + ".lock";
}

[[noreturn]] void fail(const std::filesystem::path& path, int error) {
  const bool refused = error == EACCES || error == EPERM || error == EROFS;
  throw std::runtime_error(fmt::format(
      "cannot lock the database with {}: {}{}", path.string(), std::generic_category().message(error),
      refused
          ? fmt::format(
                "; user {} must be able to write that file and its folder, or database.path (OSRBOT_DB) name another",
                geteuid())
          : ""));
}

/// The number that the holder of the lock has written into the file.
std::string written_in(int file) {
  std::array<char, 32> text{};
  const auto size = pread(file, text.data(), text.size(), 0);
  const std::string_view number(text.data(), size > 0 ? static_cast<std::size_t>(size) : 0);
  return std::string(number.substr(0, number.find('\n')));
}

}  // namespace

InstanceLock::InstanceLock(const std::filesystem::path& database) {
  std::error_code error;
  if (const auto folder = database.parent_path(); !folder.empty()) std::filesystem::create_directories(folder, error);
  const auto path = lock_file(database);
  if (error) fail(path, error.value());
  file_ = open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  if (file_ < 0) fail(path, errno);
  if (flock(file_, LOCK_EX | LOCK_NB) != 0) {
    const int why = errno;
    const auto process = written_in(file_);
    close(file_);
    if (why != EWOULDBLOCK) fail(path, why);
    throw std::runtime_error(
        fmt::format("another osrbot{} works on {}; stop it first, or give this one a database of "
                    "its own (database.path, OSRBOT_DB)",
                    process.empty() ? "" : fmt::format(" (process {})", process), database.string()));
  }
  // Only for the message above: the lock itself is the system's, so nothing depends on these writes.
  const auto number = fmt::format("{}\n", getpid());
  if (ftruncate(file_, 0) == 0) (void)!pwrite(file_, number.data(), number.size(), 0);
}

InstanceLock::~InstanceLock() {
  close(file_);
}

std::optional<std::string> lock_holder(const std::filesystem::path& database) {
  const int file = open(lock_file(database).c_str(), O_RDONLY | O_CLOEXEC);
  if (file < 0) return std::nullopt;
  std::optional<std::string> process;
  if (flock(file, LOCK_SH | LOCK_NB) != 0 && errno == EWOULDBLOCK) process = written_in(file);
  close(file);
  return process;
}

}  // namespace osrbot
