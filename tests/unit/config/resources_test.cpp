#include "config/resources.h"

#include <doctest/doctest.h>

#include "tests/fakes/temporary_folder.h"

using namespace osrbot;
using fakes::TemporaryFolder;
namespace fs = std::filesystem;

TEST_CASE("resources are found beside an installed program, else in the source tree") {
  const TemporaryFolder prefix;
  const auto program = prefix / "build" / "release" / "osrbot";
  fs::create_directories(prefix / "config" / "locales");
  CHECK(resource_directory({}, program) == prefix / "config");

  fs::create_directories(prefix / "build" / "share" / "osrbot" / "locales");
  CHECK(resource_directory({}, program) == prefix / "build/share/osrbot");
}

TEST_CASE("the setting wins, and a wrong one is not papered over") {
  const TemporaryFolder prefix;
  fs::create_directories(prefix / "config" / "locales");
  const auto program = prefix / "build" / "release" / "osrbot";
  CHECK(resource_directory({.directory = (prefix / "config").string()}, program) == prefix / "config");

  const auto wrong = resource_directory({.directory = "/nonexistent"}, program);
  REQUIRE_FALSE(wrong);
  CHECK(wrong.error() == "no folder locales/ in /nonexistent; set resources.directory (OSRBOT_RESOURCES_DIRECTORY)");
}

TEST_CASE("when nothing is found, every place is named") {
  const auto nothing = resource_directory({}, "/nonexistent/bin/osrbot");
  REQUIRE_FALSE(nothing);
  CHECK(nothing.error().starts_with("no folder locales/ in /nonexistent/share/osrbot nor in /config"));
}
