#include "adapters/telegram/fields.h"

#include <algorithm>

#include <nlohmann/json.hpp>

namespace osrbot::telegram {

using nlohmann::json;

namespace {

[[noreturn]] void refuse(const char* name, const char* why) {
  throw Malformed(std::string(name) + " " + why);
}

char lower(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

}  // namespace

const json* field(const json& object, const char* name) {
  if (!object.is_object()) refuse(name, "is looked for in what is no object");
  const auto found = object.find(name);
  return found == object.end() ? nullptr : &*found;
}

std::int64_t integer(const json& object, const char* name) {
  const json* value = field(object, name);
  if (value == nullptr) refuse(name, "is missing");
  // Beyond 63 bits the parser makes it unsigned or a fraction.
  if (!value->is_number_integer() || (value->is_number_unsigned() && value->get<std::uint64_t>() > INT64_MAX)) {
    refuse(name, "is not a 64-bit integer");
  }
  return value->get<std::int64_t>();
}

std::string string(const json& object, const char* name) {
  const json* value = field(object, name);
  if (value == nullptr) return {};
  if (!value->is_string()) refuse(name, "is not a string");
  return value->get<std::string>();
}

bool flag(const json& object, const char* name) {
  const json* value = field(object, name);
  if (value == nullptr) return false;
  if (!value->is_boolean()) refuse(name, "is not true or false");
  return value->get<bool>();
}

std::chrono::sys_seconds date(const json& object, const char* name) {
  constexpr std::int64_t end_of_9999 = 253'402'300'799;
  const auto seconds = integer(object, name);
  if (seconds < 0 || seconds > end_of_9999) refuse(name, "is no date");
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
