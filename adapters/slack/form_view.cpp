#include <algorithm>

#include <nlohmann/json.hpp>

#include "adapters/json_text.h"
#include "adapters/slack/blocks.h"
#include "adapters/slack/render.h"

namespace osrbot::slack {

namespace {

using nlohmann::json;

// Slack's limits, in characters.
constexpr std::size_t longest_title = 24;
constexpr std::size_t longest_field_label = 2'000;
constexpr std::size_t longest_option_value = 150;
constexpr std::size_t longest_input = 3'000;
constexpr std::size_t most_options = 100;
constexpr std::size_t most_fields = 45;  // of 100 blocks: each may need one more for what is wrong with it

bool is_day(std::string_view text) {
  return text.size() == 10 && text[4] == '-' && text[7] == '-' &&
         std::ranges::count_if(text, [](char c) { return c >= '0' && c <= '9'; }) == 8;
}

bool is_number(std::string_view text) {
  return !text.empty() && text.find_first_not_of("0123456789.") == std::string_view::npos &&
         std::ranges::count(text, '.') <= 1 && text != ".";
}

bool is_choice(const Field& field) {
  return (field.kind == Field::Kind::choice || field.kind == Field::Kind::choices) && !field.options.empty() &&
         field.options.size() <= most_options && std::ranges::all_of(field.options, [](const Field::Option& option) {
           return !option.value.empty() && option.value.size() <= longest_option_value && !option.label.empty();
         });
}

json option(const Field::Option& one) {
  return {{"text", plain(one.label, longest_label)}, {"value", one.value}};
}

json choice(const Field& field) {
  json options = json::array();
  json chosen = json::array();
  for (const auto& one : field.options) {
    options.push_back(option(one));
    if (std::ranges::find(field.values, one.value) != field.values.end()) chosen.push_back(option(one));
  }
  const bool several = field.kind == Field::Kind::choices;
  json element = {{"type", several ? "multi_static_select" : "static_select"}, {"options", std::move(options)}};
  if (!chosen.empty() && !several) element["initial_option"] = chosen.front();
  if (!chosen.empty() && several) element["initial_options"] = std::move(chosen);
  return element;
}

json input(const Field& field, std::string_view value) {
  json element = {{"type", "plain_text_input"},
                  {"multiline", field.kind == Field::Kind::text},
                  {"max_length", field.longest > 0 ? std::min(field.longest, longest_input) : longest_input}};
  if (!value.empty()) element["initial_value"] = shortened(value, element["max_length"].get<std::size_t>());
  return element;
}

json element_of(const Field& field) {
  const std::string_view value = field.values.empty() ? std::string_view() : field.values.front();
  // What was typed and is no such value stays as it was typed, to be mended.
  if (is_choice(field)) return choice(field);
  if (field.kind == Field::Kind::date && (value.empty() || is_day(value))) {
    json element = {{"type", "datepicker"}};
    if (!value.empty()) element["initial_date"] = value;
    return element;
  }
  if (field.kind == Field::Kind::number && (value.empty() || is_number(value))) {
    json element = {{"type", "number_input"}, {"is_decimal_allowed", true}};
    if (!value.empty()) element["initial_value"] = value;
    return element;
  }
  return input(field, value);
}

json field_block(const Field& field) {
  json element = element_of(field);
  element["action_id"] = "value";
  json block = {{"type", "input"},
                {"block_id", field.name},
                {"optional", !field.required},
                {"label", plain(field.label.empty() ? field.name : field.label, longest_field_label)},
                {"element", std::move(element)}};
  if (!field.hint.empty()) block["hint"] = plain(field.hint, longest_field_label);
  return block;
}

json warning(std::string_view text) {
  return {{"type", "context"}, {"elements", json::array({plain("⚠ " + std::string(text), longest_field_label)})}};
}

}  // namespace

std::string form_view(const Form& form, std::string_view metadata) {
  json blocks = json::array();
  if (!form.error.empty()) blocks.push_back(warning(form.error));
  for (const auto& field : form.fields) {
    if (blocks.size() >= 2 * most_fields) break;
    blocks.push_back(field_block(field));
    if (!field.error.empty()) blocks.push_back(warning(field.error));
  }
  return json_text({{"type", "modal"},
                    {"callback_id", form.command},
                    {"private_metadata", metadata},
                    {"title", plain(form.title, longest_title)},
                    {"submit", plain(form.submit, longest_title)},
                    {"blocks", std::move(blocks)}});
}

std::string form_errors(const Form& form) {
  if (!form.error.empty()) return {};
  json errors = json::object();
  for (const auto& field : form.fields) {
    if (!field.error.empty()) errors[field.name] = shortened(field.error, longest_field_label);
  }
  return errors.empty() ? std::string() : json_text(errors);
}

}  // namespace osrbot::slack
