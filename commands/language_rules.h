// What differs between languages when a message is filled in: plural categories, digits, dates and direction (CLDR,
// through ICU).
#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

namespace osrbot {

/// Immutable: any thread may use it.
class LanguageRules {
 public:
  /// `tag` is a BCP-47 language tag. Throws std::runtime_error when ICU has no data for it.
  explicit LanguageRules(const std::string& tag);
  ~LanguageRules();

  const std::string& tag() const { return tag_; }

  /// CLDR's cardinal category: "zero", "one", "two", "few", "many" or "other".
  std::string plural_category(double number) const;

  /// With the language's digits and grouping; at most two decimals.
  std::string number(std::int64_t value) const;
  std::string number(double value) const;

  /// With weekday, the month in words and the year: "Fri, Mar 27, 2026".
  std::string date(std::chrono::year_month_day day) const;

  /// The same with hours (0 to 23) and minutes: "Fri, Mar 27, 2026, 09:00".
  std::string date_and_time(std::chrono::local_seconds time) const;

  bool right_to_left() const;

 private:
  struct Data;
  std::string tag_;
  std::unique_ptr<const Data> data_;
};

}  // namespace osrbot
