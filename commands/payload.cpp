#include "commands/payload.h"

#include <algorithm>
#include <stdexcept>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "adapters/json_fields.h"
#include "adapters/json_text.h"

namespace osrbot {
namespace {

using Values = std::vector<std::pair<std::string, Payload::Value>>;

template <class Wanted>
const Wanted* find(const Values& values, std::string_view name) {
  const auto found = std::ranges::find(values, name, &Values::value_type::first);
  return found == values.end() ? nullptr : std::get_if<Wanted>(&found->second);
}

template <class Wanted>
const Wanted& get(const Values& values, std::string_view name, std::string_view what) {
  const auto* found = find<Wanted>(values, name);
  if (!found) throw std::invalid_argument(fmt::format("a payload has no {} of the name {}", what, name));
  return *found;
}

}  // namespace

std::string to_payload(std::span<const Detail> details) {
  std::string json = "{";
  for (const auto& [name, value] : details) {
    if (json.size() > 1) json += ',';
    append_json_string(json, name);
    json += ':';
    if (const auto* text = std::get_if<std::string_view>(&value)) {
      append_json_string(json, *text);
    } else {
      json += fmt::format("{}", std::get<std::int64_t>(value));
    }
  }
  return json + "}";
}

std::string to_payload(std::initializer_list<Detail> details) {
  return to_payload(std::span(details.begin(), details.size()));
}

Payload::Payload(std::string_view json) {
  const auto object = parse_json(json);
  if (!object.is_object()) throw std::invalid_argument("a payload is no JSON object");
  for (const auto& [name, value] : object.items()) {
    if (value.is_number_integer()) {
      values_.emplace_back(name, value.get<std::int64_t>());
    } else if (value.is_string()) {
      values_.emplace_back(name, value.get<std::string>());
    } else {
      others_.push_back(name);
    }
  }
}

bool Payload::has(std::string_view name) const {
  return std::ranges::find(values_, name, &Values::value_type::first) != values_.end() ||
         std::ranges::find(others_, name) != others_.end();
}

const std::int64_t* Payload::find_integer(std::string_view name) const {
  return find<std::int64_t>(values_, name);
}

const std::string* Payload::find_text(std::string_view name) const {
  return find<std::string>(values_, name);
}

std::int64_t Payload::integer(std::string_view name) const {
  return get<std::int64_t>(values_, name, "whole number");
}

const std::string& Payload::text(std::string_view name) const {
  return get<std::string>(values_, name, "words");
}

}  // namespace osrbot
