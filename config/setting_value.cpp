#include "config/setting_value.h"

#include <algorithm>
#include <charconv>
#include <sstream>

#include <fmt/core.h>
#include <nlohmann/json.hpp>

namespace osrbot::settings {
namespace {

using nlohmann::json;

/// Puts a JSON value into its place in a Config; false when it is not what the setting allows.
class Assign {
 public:
  Assign(Config& config, const json& value) : config_(config), value_(value) {}

  bool operator()(const Text& kind) const {
    if (!value_.is_string() || !accepted(kind.form, value_)) return false;
    kind.in(config_) = value_.get<std::string>();
    return true;
  }
  bool operator()(const Hidden& kind) const {
    if (!value_.is_string() || !accepted(kind.form, value_)) return false;
    kind.in(config_) = Secret(value_.get<std::string>());
    return true;
  }
  bool operator()(const Integer& kind) const {
    if (!value_.is_number_integer() || value_ < kind.min || value_ > kind.max) return false;
    kind.in(config_) = value_.get<int>();
    return true;
  }
  bool operator()(const Number& kind) const {
    if (!value_.is_number() || value_ < kind.min || value_ > kind.max) return false;
    kind.in(config_) = value_.get<double>();
    return true;
  }
  bool operator()(const Flag& kind) const {
    if (!value_.is_boolean()) return false;
    kind.in(config_) = value_.get<bool>();
    return true;
  }
  bool operator()(const Choice& kind) const {
    if (!value_.is_string()) return false;
    const auto word = std::ranges::find(kind.words, value_.get_ref<const std::string&>());
    if (word == kind.words.end()) return false;
    kind.set(config_, static_cast<std::size_t>(word - kind.words.begin()));
    return true;
  }
  bool operator()(const List& kind) const {
    if (!value_.is_array()) return false;
    for (const auto& item : value_) {
      if (!item.is_string() || !accepted(kind.item, item)) return false;
    }
    kind.in(config_) = value_.get<std::vector<std::string>>();
    return true;
  }

 private:
  static bool accepted(const Form& form, const json& text) {
    return form.accepts == nullptr || form.accepts(text.get_ref<const std::string&>());
  }

  Config& config_;
  const json& value_;
};

}  // namespace

std::expected<void, std::string> assign(Config& config, const Setting& setting, const json& value) {
  if (std::visit(Assign(config, value), setting.kind)) return {};
  if (const auto* list = std::get_if<List>(&setting.kind); list != nullptr && value.is_array()) {
    std::string wrong;
    for (const json& item : value) {
      const bool fits =
          item.is_string() && (list->item.accepts == nullptr || list->item.accepts(item.get_ref<const std::string&>()));
      if (!fits) wrong += (wrong.empty() ? "" : ", ") + shown(item, false);
    }
    return std::unexpected(std::move(wrong));
  }
  return std::unexpected(shown(value, std::holds_alternative<Hidden>(setting.kind)));
}

json from_variable(const Setting& setting, const std::string& text) {
  if (std::holds_alternative<List>(setting.kind)) {
    json list = json::array();
    std::istringstream items(text);
    for (std::string item; std::getline(items, item, ',');) {
      const auto begin = item.find_first_not_of(' ');
      if (begin != std::string::npos) list.push_back(item.substr(begin, item.find_last_not_of(' ') - begin + 1));
    }
    return list;
  }
  if (std::holds_alternative<Flag>(setting.kind)) {
    if (text == "true" || text == "false") return text == "true";
  }
  const char* end = text.data() + text.size();
  if (std::holds_alternative<Integer>(setting.kind)) {
    std::int64_t number = 0;
    if (const auto r = std::from_chars(text.data(), end, number); r.ec == std::errc() && r.ptr == end) return number;
  }
  if (std::holds_alternative<Number>(setting.kind)) {
    double number = 0;
    if (const auto r = std::from_chars(text.data(), end, number); r.ec == std::errc() && r.ptr == end) return number;
  }
  return text;
}

std::string shown(const json& value, bool secret) {
  switch (value.type()) {
    case json::value_t::null:
      return "null";
    case json::value_t::object:
      return "a section";
    case json::value_t::array:
      return "a list";
    case json::value_t::boolean:
      return value.get<bool>() ? "true" : "false";
    case json::value_t::string: {
      if (secret) return "a text (not shown)";
      const auto& text = value.get_ref<const std::string&>();
      return fmt::format("\"{}\"", text.size() > 60 ? text.substr(0, 60) + "..." : text);
    }
    default:
      return secret ? "a number" : value.dump();
  }
}

}  // namespace osrbot::settings
