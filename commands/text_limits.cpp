#include "commands/text_limits.h"

#include <algorithm>

#include "commands/user_error.h"

namespace osrbot {
namespace {

constexpr std::string_view white_space = " \t\r\n\v\f";

std::size_t code_points(std::string_view text) {
  return static_cast<std::size_t>(std::ranges::count_if(text, [](char c) { return (c & 0xC0) != 0x80; }));
}

/// "title" of "task.title".
std::string_view argument_of(std::string_view key) {
  return key.substr(key.rfind('.') + 1);
}

}  // namespace

std::string checked_optional_text(std::string_view text, std::string_view key, std::size_t limit) {
  const std::size_t begin = text.find_first_not_of(white_space);
  if (begin == std::string_view::npos) return "";
  std::string result(text.substr(begin, text.find_last_not_of(white_space) - begin + 1));
  std::ranges::replace_if(
      result, [](char c) { return white_space.contains(c); }, ' ');
  if (const std::size_t length = code_points(result); length > limit) {
    throw UserError(std::string(key) + ".long", {{"limit", limit}, {"length", length}}).at(argument_of(key));
  }
  return result;
}

std::string in_a_line(std::string_view text, std::size_t limit) {
  std::string line;
  for (std::size_t at = text.find_first_not_of(white_space); at != std::string_view::npos;) {
    const std::size_t end = std::min(text.find_first_of(white_space, at), text.size());
    line += (line.empty() ? "" : " ") + std::string(text.substr(at, end - at));
    at = text.find_first_not_of(white_space, end);
  }
  if (code_points(line) <= limit) return line;
  std::size_t cut = 0;  // bytes that leave room for the ellipsis
  std::size_t blank = 0;
  for (std::size_t count = 0, i = 0; i < line.size(); ++i) {
    if ((line[i] & 0xC0) == 0x80) continue;
    if (count + 1 > limit) break;
    cut = i;
    if (line[i] == ' ') blank = i;
    ++count;
  }
  // A single long word, or a language that writes none, is cut where it has to be.
  return line.substr(0, blank > cut / 2 ? blank : cut) + "…";
}

std::string checked_text(std::string_view text, std::string_view key, std::size_t limit) {
  std::string result = checked_optional_text(text, key, limit);
  if (result.empty()) throw UserError(std::string(key) + ".missing").at(argument_of(key));
  return result;
}

}  // namespace osrbot
