#include "config/nearest.h"

#include <algorithm>
#include <vector>

namespace osrbot {
namespace {

std::size_t distance(std::string_view a, std::string_view b) {
  std::vector<std::vector<std::size_t>> cost(a.size() + 1, std::vector<std::size_t>(b.size() + 1));
  for (std::size_t i = 0; i <= a.size(); ++i) {
    for (std::size_t j = 0; j <= b.size(); ++j) {
      if (i == 0 || j == 0) {
        cost[i][j] = i + j;
        continue;
      }
      const std::size_t replaced = cost[i - 1][j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
      cost[i][j] = std::min({cost[i - 1][j] + 1, cost[i][j - 1] + 1, replaced});
      if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) {
        cost[i][j] = std::min(cost[i][j], cost[i - 2][j - 2] + 1);
      }
    }
  }
  return cost[a.size()][b.size()];
}

}  // namespace

std::string nearest(std::string_view unknown, const std::set<std::string>& names) {
  unknown = unknown.substr(0, 100);  // no name is longer, and the distance takes the product of both lengths
  std::string best;
  std::size_t least = unknown.size() / 3 + 2;
  for (const auto& name : names) {
    if (const auto d = distance(unknown, name); d < least) {
      least = d;
      best = name;
    }
  }
  return best;
}

}  // namespace osrbot
