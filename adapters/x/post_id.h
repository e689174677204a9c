// Ids of X: numbers in texts, in which the time of creation is hidden ("snowflakes").
#pragma once

#include <charconv>
#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>

namespace osrbot::x {

using Id = std::uint64_t;

/// 0 when it is none.
inline Id to_id(std::string_view text) {
  Id id = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), id);
  return error == std::errc() && end == text.data() + text.size() ? id : 0;
}

inline constexpr std::chrono::milliseconds snowflake_epoch{1'288'834'974'657};
inline constexpr unsigned snowflake_shift = 22;

inline std::chrono::sys_seconds time_of(Id id) {
  return std::chrono::floor<std::chrono::seconds>(std::chrono::sys_time<std::chrono::milliseconds>(
      snowflake_epoch + std::chrono::milliseconds(id >> snowflake_shift)));
}

/// The smallest id that something of this time can have.
inline Id id_at(std::chrono::sys_seconds time) {
  const auto since = std::chrono::duration_cast<std::chrono::milliseconds>(time.time_since_epoch()) - snowflake_epoch;
  return since.count() <= 0 ? 1 : static_cast<Id>(since.count()) << snowflake_shift;
}

}  // namespace osrbot::x
