#include "commands/command_reference.h"

#include <cstdlib>
#include <fstream>
#include <iterator>
#include <string>

#include <doctest/doctest.h>

#include "commands/all.h"

using namespace osrbot;

TEST_CASE("docs/commands.md is what the commands declare (UPDATE_GOLDEN=1 writes it)") {
  const std::string source = OSRBOT_SOURCE_DIR;
  const std::string made = command_reference(all_commands(), Catalogue::load(source + "/config/locales"));
  const char* wish = std::getenv("UPDATE_GOLDEN");
  if (wish != nullptr && std::string_view(wish) == "1") std::ofstream(source + "/docs/commands.md") << made;
  std::ifstream in(source + "/docs/commands.md", std::ios::binary);
  const std::string page{std::istreambuf_iterator<char>(in), {}};
  CHECK_MESSAGE(page == made, "docs/commands.md is out of date");
}

TEST_CASE("the reference has every command that is not hidden, and no other") {
  const std::string page =
      command_reference(all_commands(), Catalogue::load(std::string(OSRBOT_SOURCE_DIR) + "/config/locales"));
  for (const Command& command : all_commands()) {
    CAPTURE(command.name);
    const bool listed = page.find("\n### " + std::string(command.name) + "\n") != std::string::npos;
    CHECK(listed == !command.hidden);
  }
}
