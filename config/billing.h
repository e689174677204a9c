// Money as platforms bill it: exact amounts, by calendar month.
#pragma once

#include <chrono>
#include <cstdint>
#include <string>

namespace osrbot {

/// A millionth of a dollar: prices are exact in it.
using MicroDollars = std::int64_t;

MicroDollars in_micro(double dollars);

/// "$0.20": dollars for people, as many digits as it takes, two at least.
std::string dollars(MicroDollars amount);

/// "2026-11": the calendar month in UTC, by which X sends its bills.
std::string month_of(std::chrono::sys_seconds time);

}  // namespace osrbot
