// Days in the database: ISO 8601 text, which sorts as the days do.
#pragma once

#include <chrono>
#include <string>
#include <string_view>

namespace osrbot::storage {

/// "2026-03-31".
std::string day_text(std::chrono::year_month_day day);

/// Throws Error when the text is no day.
std::chrono::year_month_day day_from(std::string_view text);

}  // namespace osrbot::storage
