#include "config/resources.h"

#include <vector>

#include <fmt/core.h>
#include <fmt/ranges.h>

namespace osrbot {

namespace fs = std::filesystem;

std::expected<fs::path, std::string> resource_directory(const ResourcesConfig& config, const fs::path& program) {
  const auto folder = program.parent_path();
  const std::vector<fs::path> places = config.directory.empty()
                                           ? std::vector<fs::path>{folder / "../share/osrbot", folder / "../../config"}
                                           : std::vector<fs::path>{config.directory};
  std::vector<std::string> looked_at;
  for (const auto& place : places) {
    std::error_code error;
    const auto directory = place.lexically_normal();
    if (fs::is_directory(directory / "locales", error)) return directory;
    looked_at.push_back(directory.string());
  }
  return std::unexpected(fmt::format("no folder locales/ in {}; set resources.directory (OSRBOT_RESOURCES_DIRECTORY)",
                                     fmt::join(looked_at, " nor in ")));
}

fs::path running_program() {
  return fs::read_symlink("/proc/self/exe");
}

}  // namespace osrbot
