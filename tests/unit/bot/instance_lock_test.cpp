#include "bot/instance_lock.h"

#include <filesystem>
#include <fstream>
#include <optional>
#include <stdexcept>
#include <string>

#include <doctest/doctest.h>
#include <unistd.h>

#include "tests/fakes/temporary_folder.h"

using namespace osrbot;
namespace fs = std::filesystem;

namespace {

/// What the attempt to take the lock says; "" when it is taken.
std::string attempt(const fs::path& database) {
  try {
    const InstanceLock lock(database);
    return "";
  } catch (const std::runtime_error& error) {
    return error.what();
  }
}

}  // namespace

TEST_CASE("a second bot on one database is refused, and told who is first") {
  const fakes::TemporaryFolder folder;
  const auto database = folder / "var" / "osrbot.db";
  {
    const InstanceLock first(database);
    const auto refusal = attempt(database);
    CHECK(refusal.find("another osrbot (process " + std::to_string(getpid()) + ") works on " + database.string()) == 0);
    CHECK(attempt(folder / "var" / "other.db").empty());
    CHECK(lock_holder(database) == std::to_string(getpid()));
  }
  CHECK_FALSE(lock_holder(database));
  CHECK_FALSE(lock_holder("/nonexistent/osrbot.db"));
  CHECK(attempt(database).empty());
}

TEST_CASE("a database is one, by whatever links it is reached") {
  const fakes::TemporaryFolder folder;
  const InstanceLock first(folder / "osrbot.db");
  std::ofstream(folder / "osrbot.db").put(' ');
  fs::create_symlink(folder / "osrbot.db", folder / "link.db");
  fs::create_directory_symlink(folder / ".", folder / "elsewhere");
  for (const auto* name : {"link.db", "elsewhere/osrbot.db", "elsewhere/link.db"}) {
    CAPTURE(name);
    CHECK(attempt(folder / name).find("another osrbot") == 0);
  }
}

TEST_CASE("a folder that cannot be made is named") {
  CHECK(attempt("/proc/nothing/osrbot.db").find("/proc/nothing/osrbot.db.lock") != std::string::npos);
}

TEST_CASE("a folder in which nothing may be written is named, with who may not") {
  const auto refusal = attempt("/sys/osrbot.db");  // of the kernel: not even root may
  CHECK(refusal.find("/sys/osrbot.db.lock") != std::string::npos);
  CHECK(refusal.find("user " + std::to_string(geteuid()) + " must be able to write") != std::string::npos);
}
