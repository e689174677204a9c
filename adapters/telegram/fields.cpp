#include "adapters/telegram/fields.h"

#include <algorithm>

#include <nlohmann/json.hpp>

namespace osrbot::telegram {

using nlohmann::json;

namespace {

char lower(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

}  // namespace

std::chrono::sys_seconds date(const json& object, const char* name) {
  constexpr std::int64_t end_of_9999 = 253'402'300'799;
  const auto seconds = integer(object, name);
  if (seconds < 0 || seconds > end_of_9999) throw Malformed(std::string(name) + " is no date");
  return std::chrono::sys_seconds(std::chrono::seconds(seconds));
}

Sender person(const json& user) {
  Sender out;
  out.id = std::to_string(integer(user, "id"));
  out.name = string(user, "first_name");
  if (const auto last = string(user, "last_name"); !last.empty()) out.name += " " + last;
  out.handle = string(user, "username");
  out.language = string(user, "language_code");
  out.is_bot = flag(user, "is_bot");
  return out;
}

bool same_name(std::string_view a, std::string_view b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](char x, char y) { return lower(x) == lower(y); });
}

}  // namespace osrbot::telegram
