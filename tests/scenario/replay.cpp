// usage: replay FILE ...   Replays transcripts; see README.md. UPDATE_TRANSCRIPTS=1 writes what the bot says now.
#include <algorithm>
#include <cstdlib>
#include <exception>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>
#include <vector>

#include <fmt/format.h>

#include "tests/fakes/temporary_folder.h"
#include "tests/scenario/environment.h"
#include "tests/scenario/stage.h"
#include "tests/scenario/transcript.h"
#include "tests/scenario/world.h"

namespace {

using namespace osrbot::scenario;

std::string read(const std::filesystem::path& file) {
  std::ifstream in(file, std::ios::binary);
  std::ostringstream text;
  text << in.rdbuf();
  if (!in) throw std::runtime_error("cannot be read");
  return std::move(text).str();
}

void print_difference(const std::string& file, const std::string& line, const Step& step,
                      const std::vector<std::string>& actual) {
  fmt::print("{}:{}: {}\n", file, step.line, line);
  const auto& expected = step.expected;
  const auto [first_expected, first_actual] = std::ranges::mismatch(expected, actual);
  for (auto it = expected.begin(); it != first_expected; ++it) fmt::print("  {}\n", *it);
  for (auto it = first_expected; it != expected.end(); ++it) fmt::print("- {}\n", *it);
  for (auto it = first_actual; it != actual.end(); ++it) fmt::print("+ {}\n", *it);
  fmt::print("\n");
}

/// Replays one file; how many steps were answered otherwise than written. With `update` the file is rewritten.
int replay(const std::string& file, bool update) {
  const std::vector<std::string> lines = lines_of(read(file));
  const std::vector<Step> steps = parse_transcript(lines);
  if (steps.empty()) throw TranscriptError("1: nothing happens in this transcript");
  const osrbot::fakes::TemporaryFolder folder;
  World world(folder.path(), source_folder / "config");
  Stage stage(world);
  int differences = 0;
  std::string rewritten;
  std::size_t copied = 0;
  const auto copy_up_to = [&](std::size_t line) {
    for (; copied < line; ++copied) rewritten += lines[copied] + "\n";
  };
  std::exception_ptr trouble;
  for (const Step& step : steps) {
    std::vector<std::string> actual;
    try {
      actual = stage.play(step);
    } catch (...) {
      trouble = std::current_exception();
      break;
    }
    copy_up_to(step.last);
    for (const std::string& line : actual) rewritten += line + "\n";
    copied += step.expected.size();
    if (actual == step.expected) continue;
    ++differences;
    if (!update) print_difference(file, lines[step.line - 1], step, actual);
  }
  copy_up_to(lines.size());
  if (update) {
    std::ofstream(file, std::ios::binary) << rewritten;
    if (differences > 0) fmt::print("{}: {} answers rewritten\n", file, differences);
    differences = 0;
  }
  if (trouble) std::rethrow_exception(trouble);
  return differences;
}

}  // namespace

int main(int count, char** arguments) {
  const char* wish = std::getenv("UPDATE_TRANSCRIPTS");
  const bool update = wish != nullptr && std::string_view(wish) == "1";
  int differences = 0;
  for (int i = 1; i < count; ++i) {
    try {
      differences += replay(arguments[i], update);
    } catch (const std::exception& error) {
      fmt::print("{}:{}\n", arguments[i], error.what());
      ++differences;
    }
  }
  if (count < 2) {
    fmt::print("usage: {} FILE ...\n", arguments[0]);
    return 2;
  }
  if (differences == 0) return 0;
  fmt::print("{} steps went otherwise than written (\"-\" expected, \"+\" said). UPDATE_TRANSCRIPTS=1 rewrites them.\n",
             differences);
  return 1;
}
