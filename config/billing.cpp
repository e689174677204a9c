#include "config/billing.h"

#include <cmath>

#include <fmt/format.h>

namespace osrbot {
namespace {

constexpr double micro = 1e6;

}  // namespace

MicroDollars in_micro(double dollars) {
  return std::llround(dollars * micro);
}

std::string dollars(MicroDollars amount) {
  std::string text = fmt::format("${:.6f}", static_cast<double>(amount) / micro);
  const auto shortest = text.find('.') + 3;
  while (text.size() > shortest && text.back() == '0') text.pop_back();
  return text;
}

std::string month_of(std::chrono::sys_seconds time) {
  const std::chrono::year_month_day day(std::chrono::floor<std::chrono::days>(time));
  return fmt::format("{:04}-{:02}", static_cast<int>(day.year()), static_cast<unsigned>(day.month()));
}

}  // namespace osrbot
