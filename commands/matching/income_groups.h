// Which countries count as low- and middle-income: the World Bank's groups, from a file that an operator can replace.
#pragma once

#include <filesystem>
#include <map>
#include <set>
#include <string>
#include <string_view>

namespace osrbot::matching {

class IncomeGroups {
 public:
  /// Throws std::runtime_error, with the file's name and what is wrong in it.
  static IncomeGroups load(const std::filesystem::path& file);

  /// "low", "lower-middle", "upper-middle" or "high"; empty for a country (ISO 3166-1 alpha-2) that is in no group.
  std::string_view group_of(std::string_view country) const;

  bool is_lmic(std::string_view country) const;

  int fiscal_year() const { return fiscal_year_; }

 private:
  std::map<std::string, std::string, std::less<>> groups_;  ///< by country
  std::set<std::string, std::less<>> counted_as_lmic_;
  int fiscal_year_ = 0;
};

}  // namespace osrbot::matching
