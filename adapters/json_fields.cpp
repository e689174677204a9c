#include "adapters/json_fields.h"

#include <nlohmann/json.hpp>

#include "adapters/json_parts.h"

namespace osrbot {

using nlohmann::json;

namespace {

constexpr std::size_t longest_text = std::size_t{1} << 20;
constexpr std::size_t deepest = 64;

[[noreturn]] void refuse(const char* name, const char* why) {
  throw Malformed(std::string(name) + " " + why);
}

}  // namespace

json read_json(std::string_view text) {
  if (text.size() > longest_text) throw Malformed("it is absurdly long");
  if (depth(text) > deepest) throw Malformed("it is nested absurdly deep");
  auto parsed = parse_json(text);
  if (parsed.is_discarded()) parsed = parse_json(repaired(text));
  if (parsed.is_discarded()) throw Malformed("it is not JSON");
  return parsed;
}

json parse_json(std::string_view text) {
  return json::parse(text, nullptr, false);
}

const json* field(const json& object, const char* name) {
  if (!object.is_object()) refuse(name, "is looked for in what is no object");
  const auto found = object.find(name);
  return found == object.end() || found->is_null() ? nullptr : &*found;
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

}  // namespace osrbot
