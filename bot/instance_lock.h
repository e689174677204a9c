// Sees to it that one database has one bot.
#pragma once

#include <filesystem>
#include <optional>
#include <string>

namespace osrbot {

/// Holds `<database>.lock` while it lives; the system lets go of it when the process ends, however that happens. The
/// file stays, with the number of the process that held it last.
class InstanceLock {
 public:
  /// Makes the database's folder when it is missing. Throws std::runtime_error when another process holds the lock
  /// (naming it) or the file cannot be made.
  explicit InstanceLock(const std::filesystem::path& database);
  ~InstanceLock();
  InstanceLock(const InstanceLock&) = delete;
  InstanceLock& operator=(const InstanceLock&) = delete;

 private:
  int file_ = -1;
};

/// The number of the process that holds the lock of a database; nothing when none does.
std::optional<std::string> lock_holder(const std::filesystem::path& database);

}  // namespace osrbot
