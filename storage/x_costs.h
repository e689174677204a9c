// What X cost, by calendar month.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

#include "storage/sql.h"

namespace osrbot::storage::x_costs {

struct Cost {
  std::string what;  ///< "read_post"
  std::int64_t count = 0;
  std::int64_t micro_dollars = 0;
};

/// Adds to what the month holds; negative numbers give back.
void add(Connection& db, std::string_view month, const Cost& cost);

/// What the month cost in all, in millionths of a dollar. @param month "2026-11"
std::int64_t total(Connection& db, std::string_view month);

void each(Connection& db, std::string_view month, const std::function<void(const Cost&)>& found);

}  // namespace osrbot::storage::x_costs
