#include "tests/scenario/transcript.h"

#include <regex>
#include <sstream>

#include <fmt/format.h>

namespace osrbot::scenario {
namespace {

const std::string where_pattern = R"(([^\s:#]+)(?: on ([a-z]+))?(?: in (#[^\s:]+))?)";

bool is_indented(const std::string& line) {
  return line.starts_with(' ');
}

Whereabouts whereabouts(const std::smatch& match) {
  Whereabouts result{.who = match[1], .scene = {}};
  if (match[2].matched) result.scene.platform = match[2];
  if (match[3].matched) result.scene.room = match[3];
  return result;
}

Step step_from(const std::string& line, std::size_t number) {
  static const std::regex direction("-- (.+) --");
  static const std::regex press(where_pattern + R"re( presses "(.+)")re");
  static const std::regex speech(where_pattern + R"(( edits)?: ?(.*))");
  Step step{.line = number, .last = number};
  std::smatch match;
  if (std::regex_match(line, match, direction)) {
    step.kind = Step::Kind::direction;
    step.text = match[1];
    return step;
  }
  if (std::regex_match(line, match, press)) {
    step.kind = Step::Kind::presses;
    step.text = match[4];
  } else if (std::regex_match(line, match, speech)) {
    step.kind = match[4].matched ? Step::Kind::edits : Step::Kind::says;
    step.text = match[5];
  } else {
    throw TranscriptError(fmt::format("{}: this is no line of a transcript: {}", number, line));
  }
  auto [who, scene] = whereabouts(match);
  step.who = std::move(who);
  step.scene = std::move(scene);
  return step;
}

}  // namespace

std::vector<std::string> lines_of(std::string_view text) {
  std::vector<std::string> lines;
  std::istringstream stream{std::string(text)};
  for (std::string line; std::getline(stream, line);) lines.push_back(line);
  return lines;
}

std::vector<Step> parse_transcript(const std::vector<std::string>& lines) {
  std::vector<Step> steps;
  for (std::size_t i = 0; i < lines.size(); ++i) {
    const std::string& line = lines[i];
    if (line.empty() || line.starts_with('#')) continue;
    if (is_indented(line)) {
      const bool follows = !steps.empty() && steps.back().last + steps.back().expected.size() == i;
      if (!follows) throw TranscriptError(fmt::format("{}: what the bot says must follow what it answers", i + 1));
      steps.back().expected.push_back(line);
    } else if (line.starts_with("| ") || line == "|") {
      const bool follows = !steps.empty() && steps.back().last == i && steps.back().expected.empty();
      if (!follows) throw TranscriptError(fmt::format("{}: \"|\" goes on with what somebody says", i + 1));
      steps.back().text += "\n" + line.substr(std::min<std::size_t>(2, line.size()));
      steps.back().last = i + 1;
    } else {
      steps.push_back(step_from(line, i + 1));
    }
  }
  return steps;
}

std::optional<Whereabouts> parse_whereabouts(std::string_view text) {
  static const std::regex pattern(where_pattern);
  const std::string whole(text);
  std::smatch match;
  if (!std::regex_match(whole, match, pattern)) return std::nullopt;
  return whereabouts(match);
}

}  // namespace osrbot::scenario
