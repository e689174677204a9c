#include "commands/matching/income_groups.h"

#include <algorithm>
#include <array>
#include <fstream>
#include <stdexcept>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace osrbot::matching {
namespace {

constexpr std::array<std::string_view, 4> names = {"low", "lower-middle", "upper-middle", "high"};

bool is_country(const std::string& code) {
  return code.size() == 2 && std::ranges::all_of(code, [](char c) { return c >= 'A' && c <= 'Z'; });
}

}  // namespace

IncomeGroups IncomeGroups::load(const std::filesystem::path& file) {
  const auto wrong = [&](const std::string& what) {
    return std::runtime_error(fmt::format("{}: {}", file.string(), what));
  };
  std::ifstream in(file);
  if (!in) throw wrong("cannot be read");
  IncomeGroups result;
  try {
    const auto json = nlohmann::json::parse(in);
    result.fiscal_year_ = json.at("fiscal_year").get<int>();
    for (const auto& [name, countries] : json.at("groups").items()) {
      if (std::ranges::find(names, name) == names.end()) {
        throw wrong(fmt::format("groups.{}: expected one of {}", name, fmt::join(names, ", ")));
      }
      for (const auto& country : countries) {
        const auto code = country.get<std::string>();
        if (!is_country(code)) throw wrong(fmt::format("groups.{}: \"{}\" is no code of a country", name, code));
        if (!result.groups_.emplace(code, name).second) throw wrong(fmt::format("{} is in two groups", code));
      }
    }
    if (json.contains("counted_as_lmic")) {
      for (const auto& country : json.at("counted_as_lmic")) {
        const auto code = country.get<std::string>();
        if (!is_country(code)) throw wrong(fmt::format("counted_as_lmic: \"{}\" is no code of a country", code));
        result.counted_as_lmic_.insert(code);
      }
    }
  } catch (const nlohmann::json::exception& error) {
    throw wrong(error.what());
  }
  return result;
}

std::string_view IncomeGroups::group_of(std::string_view country) const {
  const auto found = groups_.find(country);
  return found == groups_.end() ? std::string_view() : std::string_view(found->second);
}

bool IncomeGroups::is_lmic(std::string_view country) const {
  const std::string_view group = group_of(country);
  return group.empty() ? counted_as_lmic_.contains(country) : group != "high";
}

}  // namespace osrbot::matching
