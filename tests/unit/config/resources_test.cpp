#include "config/resources.h"

#include <doctest/doctest.h>
#include <unistd.h>

using namespace osrbot;
namespace fs = std::filesystem;

namespace {

/// A folder that is gone at the end of the test.
struct TemporaryFolder {
  TemporaryFolder() {
    std::string name = (fs::temp_directory_path() / "osrbot-resources-XXXXXX").string();
    REQUIRE(mkdtemp(name.data()) != nullptr);
    path = name;
  }
  ~TemporaryFolder() { fs::remove_all(path); }
  fs::path path;
};

}  // namespace

TEST_CASE("resources are found beside an installed program, else in the source tree") {
  const TemporaryFolder prefix;
  const auto program = prefix.path / "build" / "release" / "osrbot";
  fs::create_directories(prefix.path / "config" / "locales");
  CHECK(resource_directory({}, program) == prefix.path / "config");

  fs::create_directories(prefix.path / "build" / "share" / "osrbot" / "locales");
  CHECK(resource_directory({}, program) == prefix.path / "build/share/osrbot");
}

TEST_CASE("the setting wins, and a wrong one is not papered over") {
  const TemporaryFolder prefix;
  fs::create_directories(prefix.path / "config" / "locales");
  const auto program = prefix.path / "build" / "release" / "osrbot";
  CHECK(resource_directory({.directory = (prefix.path / "config").string()}, program) == prefix.path / "config");

  const auto wrong = resource_directory({.directory = "/nonexistent"}, program);
  REQUIRE_FALSE(wrong);
  CHECK(wrong.error() == "no folder locales/ in /nonexistent; set resources.directory (OSRBOT_RESOURCES_DIRECTORY)");
}

TEST_CASE("when nothing is found, every place is named") {
  const auto nothing = resource_directory({}, "/nonexistent/bin/osrbot");
  REQUIRE_FALSE(nothing);
  CHECK(nothing.error().starts_with("no folder locales/ in /nonexistent/share/osrbot nor in /config"));
}
