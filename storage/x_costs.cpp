#include "storage/x_costs.h"

namespace osrbot::storage::x_costs {

void add(Connection& db, std::string_view month, const Cost& cost) {
  db.run(
      "INSERT INTO x_costs (month, what, count, micro_dollars) VALUES (?, ?, ?, ?) ON CONFLICT (month, what) DO UPDATE "
      "SET count = count + excluded.count, micro_dollars = micro_dollars + excluded.micro_dollars",
      {month, cost.what, cost.count, cost.micro_dollars});
}

std::int64_t total(Connection& db, std::string_view month) {
  return db.number("SELECT COALESCE(SUM(micro_dollars), 0) FROM x_costs WHERE month = ?", {month});
}

void each(Connection& db, std::string_view month, const std::function<void(const Cost&)>& found) {
  db.each("SELECT what, count, micro_dollars FROM x_costs WHERE month = ? ORDER BY what", {month}, [&](const Row& row) {
    found({.what = row.text(0), .count = row.integer(1), .micro_dollars = row.integer(2)});
  });
}

}  // namespace osrbot::storage::x_costs
