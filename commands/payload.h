// What is kept for later as a JSON object of a few names with numbers or words: with jobs, open questions, audit
// events.
#pragma once

#include <cstdint>
#include <initializer_list>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace osrbot {

/// A value with its name. Both are views: for use where they are written down.
struct Detail {
  std::string_view name;
  std::variant<std::string_view, std::int64_t> value;
};

/// As compact JSON, in the order given. Bytes that are no UTF-8 become U+FFFD.
std::string to_payload(std::span<const Detail> details);
std::string to_payload(std::initializer_list<Detail> details);

/// Reads such objects, also those that SQLite wrote, or an earlier version.
class Payload {
 public:
  using Value = std::variant<std::string, std::int64_t>;

  /// Of other values than words and whole numbers no more is kept than that they are there. Throws
  /// std::invalid_argument when `json` is no object.
  explicit Payload(std::string_view json);

  bool has(std::string_view name) const;

  /// nullptr: there is none of that name, or it is something else.
  const std::int64_t* find_integer(std::string_view name) const;
  const std::string* find_text(std::string_view name) const;

  /// What must be there. Throw std::invalid_argument when it is not.
  std::int64_t integer(std::string_view name) const;
  const std::string& text(std::string_view name) const;

  /// All words and whole numbers, by name.
  const std::vector<std::pair<std::string, Value>>& values() const { return values_; }

 private:
  std::vector<std::pair<std::string, Value>> values_;
  std::vector<std::string> others_;  ///< names of what else is there: earlier versions wrote true
};

}  // namespace osrbot
