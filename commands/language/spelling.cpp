#include "commands/language/spelling.h"

#include <algorithm>
#include <array>
#include <utility>

#include "commands/language/text.h"

namespace osrbot::language {
namespace {

constexpr std::size_t kLongest = 48;

/// Code points of a text; none when there are more than kLongest.
std::u32string spread(std::string_view text) {
  std::u32string out;
  for (std::size_t at = 0; at < text.size();) {
    if (out.size() == kLongest) return {};
    const auto found = decode(text, at);
    out += found.value;
    at += found.size;
  }
  return out;
}

}  // namespace

std::size_t edit_distance(std::string_view a, std::string_view b, std::size_t limit) {
  const auto left = spread(a);
  const auto right = spread(b);
  if (left.empty() || right.empty() ||
      std::max(left.size(), right.size()) - std::min(left.size(), right.size()) > limit) {
    return limit + 1;
  }
  using Row = std::array<std::size_t, kLongest + 1>;
  Row before_last{};
  Row last{};
  Row row{};
  for (std::size_t j = 0; j <= right.size(); ++j) last[j] = j;
  for (std::size_t i = 1; i <= left.size(); ++i) {
    row[0] = i;
    auto best = row[0];
    for (std::size_t j = 1; j <= right.size(); ++j) {
      const std::size_t change = left[i - 1] == right[j - 1] ? 0 : 1;
      row[j] = std::min({last[j] + 1, row[j - 1] + 1, last[j - 1] + change});
      if (i > 1 && j > 1 && left[i - 1] == right[j - 2] && left[i - 2] == right[j - 1]) {
        row[j] = std::min(row[j], before_last[j - 2] + 1);
      }
      best = std::min(best, row[j]);
    }
    if (best > limit) return limit + 1;
    before_last = last;
    last = row;
  }
  return std::min(last[right.size()], limit + 1);
}

std::vector<std::string> nearest(std::string_view word, const std::vector<std::string_view>& candidates,
                                 std::size_t most) {
  std::vector<std::pair<std::size_t, std::string>> found;
  if (word.size() > 4 * kLongest) return {};
  const auto folded = fold(word);
  const auto limit = std::max<std::size_t>(1, folded.size() / 3);
  for (const auto candidate : candidates) {
    const auto compared = fold(candidate);
    auto distance = edit_distance(folded, compared, limit);
    if (distance > limit && folded.size() >= 3 && compared.starts_with(folded)) distance = limit;
    const bool known =
        std::any_of(found.begin(), found.end(), [&](const auto& other) { return other.second == candidate; });
    if (distance <= limit && distance < compared.size() && !known) found.emplace_back(distance, candidate);
  }
  std::stable_sort(found.begin(), found.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
  std::vector<std::string> out;
  for (auto& [distance, candidate] : found) {
    if (out.size() == most) break;
    out.push_back(std::move(candidate));
  }
  return out;
}

}  // namespace osrbot::language
