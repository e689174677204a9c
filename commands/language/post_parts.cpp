#include "commands/language/post_parts.h"

#include <algorithm>

#include <fmt/format.h>

#include "commands/language/entities.h"
#include "commands/language/text.h"

namespace osrbot::language {
namespace {

constexpr std::size_t number_weight = 10;  // " (100/999)"

bool is_space(char c) {
  return c == ' ' || c == '\n' || c == '\t' || c == '\r';
}

std::string_view trimmed(std::string_view text) {
  while (!text.empty() && is_space(text.front())) text.remove_prefix(1);
  while (!text.empty() && is_space(text.back())) text.remove_suffix(1);
  return text;
}

/// The longest beginning of a word that weighs no more than `heaviest`; at least one code point.
std::size_t hard_cut(std::string_view word, std::size_t heaviest) {
  std::size_t end = decode(word, 0).size;
  while (end < word.size()) {
    const std::size_t next = end + decode(word, end).size;
    if (weighted_length(word.substr(0, next)) > heaviest) break;
    end = next;
  }
  return end;
}

/// Where the first part of a text ends that is too heavy for one.
std::size_t cut(std::string_view text, std::size_t heaviest) {
  std::size_t last = 0;       // the end of the last word that fits
  std::size_t last_line = 0;  // the end of the last line that fits
  for (std::size_t at = 0; at < text.size();) {
    std::size_t end = at;
    while (end < text.size() && !is_space(text[end])) ++end;
    if (weighted_length(text.substr(0, end)) > heaviest) break;
    last = end;
    while (end < text.size() && is_space(text[end])) {
      if (text[end] == '\n') last_line = last;
      ++end;
    }
    at = end;
  }
  // A part that a line's end would leave half empty is cut between words.
  if (last_line > 0 && 2 * last_line >= last) return last_line;
  if (last > 0) return last;
  return hard_cut(text, heaviest);
}

}  // namespace

std::vector<std::string> post_parts(std::string_view text, std::size_t heaviest) {
  std::string_view rest = trimmed(text);
  if (weighted_length(rest) <= heaviest) return {std::string(rest)};
  std::vector<std::string> parts;
  while (!rest.empty()) {
    const std::size_t end =
        weighted_length(rest) <= heaviest - number_weight ? rest.size() : cut(rest, heaviest - number_weight);
    parts.emplace_back(trimmed(rest.substr(0, end)));
    rest = trimmed(rest.substr(end));
  }
  for (std::size_t i = 0; i < parts.size(); ++i) parts[i] += fmt::format(" ({}/{})", i + 1, parts.size());
  return parts;
}

}  // namespace osrbot::language
