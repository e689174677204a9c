#include "storage/days.h"

#include <charconv>

#include <fmt/format.h>

#include "storage/sql.h"

namespace osrbot::storage {
namespace {

int number_from(std::string_view digits) {
  int number = -1;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), number);
  return error == std::errc{} && end == digits.data() + digits.size() ? number : -1;
}

}  // namespace

std::string day_text(std::chrono::year_month_day day) {
  return fmt::format("{:04}-{:02}-{:02}", static_cast<int>(day.year()), static_cast<unsigned>(day.month()),
                     static_cast<unsigned>(day.day()));
}

std::chrono::year_month_day day_from(std::string_view text) {
  if (text.size() == 10 && text[4] == '-' && text[7] == '-') {
    const std::chrono::year_month_day day{std::chrono::year(number_from(text.substr(0, 4))),
                                          std::chrono::month(static_cast<unsigned>(number_from(text.substr(5, 2)))),
                                          std::chrono::day(static_cast<unsigned>(number_from(text.substr(8, 2))))};
    if (day.ok()) return day;
  }
  throw Error(Error::Kind::other, fmt::format("the database has a day that is none: {}", text));
}

}  // namespace osrbot::storage
