#include "config/reference.h"

#include <fmt/core.h>
#include <fmt/ranges.h>
#include <nlohmann/json.hpp>

#include "config/settings.h"

namespace osrbot {
namespace {

using nlohmann::ordered_json;
using settings::Setting;

ordered_json default_value(const Setting& setting) {
  Config defaults;
  struct Read {
    Config& defaults;
    ordered_json operator()(const settings::Text& kind) const { return kind.in(defaults); }
    ordered_json operator()(const settings::Hidden&) const { return ""; }
    ordered_json operator()(const settings::Integer& kind) const { return kind.in(defaults); }
    ordered_json operator()(const settings::Number& kind) const {
      const double value = kind.in(defaults);
      return value == static_cast<int>(value) ? ordered_json(static_cast<int>(value)) : ordered_json(value);
    }
    ordered_json operator()(const settings::Flag& kind) const {
      const auto& flag = kind.in(defaults);
      return flag ? ordered_json(*flag) : ordered_json();
    }
    ordered_json operator()(const settings::Choice& kind) const { return kind.words[kind.get(defaults)]; }
    ordered_json operator()(const settings::List& kind) const { return kind.in(defaults); }
  };
  return std::visit(Read{defaults}, setting.kind);
}

ordered_json text_schema(const settings::Form& form) {
  ordered_json schema = {{"type", "string"}};
  if (!form.pattern.empty()) schema["pattern"] = form.pattern;
  return schema;
}

ordered_json schema_of(const Setting& setting) {
  struct Describe {
    ordered_json operator()(const settings::Text& kind) const { return text_schema(kind.form); }
    ordered_json operator()(const settings::Hidden& kind) const { return text_schema(kind.form); }
    ordered_json operator()(const settings::Integer& kind) const {
      return {{"type", "integer"}, {"minimum", kind.min}, {"maximum", kind.max}};
    }
    ordered_json operator()(const settings::Number& kind) const {
      return {{"type", "number"}, {"minimum", kind.min}, {"maximum", kind.max}};
    }
    ordered_json operator()(const settings::Flag&) const { return {{"type", "boolean"}}; }
    ordered_json operator()(const settings::Choice& kind) const { return {{"enum", kind.words}}; }
    ordered_json operator()(const settings::List& kind) const {
      return {{"type", "array"}, {"items", text_schema(kind.item)}};
    }
  };
  ordered_json schema = {{"description", setting.help}};
  schema.update(std::visit(Describe{}, setting.kind));
  if (const auto value = default_value(setting); !value.is_null()) schema["default"] = value;
  return schema;
}

std::vector<std::string_view> parts_of(std::string_view path) {
  std::vector<std::string_view> parts;
  for (auto dot = path.find('.'); dot != std::string_view::npos; dot = path.find('.')) {
    parts.push_back(path.substr(0, dot));
    path.remove_prefix(dot + 1);
  }
  parts.push_back(path);
  return parts;
}

/// The text in lines of at most `width` bytes, broken at spaces.
std::vector<std::string> wrapped(std::string_view text, std::size_t width) {
  std::vector<std::string> lines;
  while (text.size() > width) {
    const auto space = text.rfind(' ', width);
    const auto end = space == std::string_view::npos ? text.size() : space;
    lines.emplace_back(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  if (!text.empty()) lines.emplace_back(text);
  return lines;
}

std::string without_full_stop(std::string_view text) {
  return std::string(text.ends_with('.') ? text.substr(0, text.size() - 1) : text);
}

/// What a reader is told of a setting beside its value.
std::string explanation(const Setting& setting) {
  auto text = fmt::format("{}. Allowed: {}.", without_full_stop(setting.help), settings::allowed(setting));
  if (!setting.if_unset.empty()) text += fmt::format(" Unset: {}.", setting.if_unset);
  return text;
}

/// Writes the members of one section; `settings` all begin with `prefix`.
void write_section(std::string& out, std::vector<const Setting*> members, std::size_t depth) {
  const std::string indent(2 * (depth + 1), ' ');
  for (std::size_t i = 0; i < members.size();) {
    const auto parts = parts_of(members[i]->path);
    if (parts.size() == depth + 1) {
      const auto& setting = *members[i++];
      for (const auto& line : wrapped(explanation(setting), 110 - indent.size())) {
        out += fmt::format("{}// {}\n", indent, line);
      }
      const auto value = default_value(setting);
      // A setting without a default is shown switched off; it is the only one of its section, so no comma is missed.
      out += fmt::format("{}{}\"{}\": {}{}\n", indent, value.is_null() ? "// " : "", parts.back(),
                         value.is_null() ? "true" : value.dump(), i == members.size() ? "" : ",");
    } else {
      std::vector<const Setting*> inner;
      const auto name = parts[depth];
      while (i < members.size() && parts_of(members[i]->path).size() > depth + 1 &&
             parts_of(members[i]->path)[depth] == name) {
        inner.push_back(members[i++]);
      }
      out += fmt::format("{}\"{}\": {{\n", indent, name);
      write_section(out, inner, depth + 1);
      out += fmt::format("{}}}{}\n", indent, i == members.size() ? "" : ",");
    }
  }
}

std::string in_table(std::string text) {
  for (auto bar = text.find('|'); bar != std::string::npos; bar = text.find('|', bar + 2)) text.insert(bar, "\\");
  return text;
}

}  // namespace

std::string config_schema() {
  ordered_json schema = {{"$schema", "http://json-schema.org/draft-07/schema#"},
                         {"title", "Configuration of osrbot"},
                         {"type", "object"},
                         {"additionalProperties", false},
                         {"properties", {{"$schema", {{"type", "string"}}}}}};
  for (const auto& setting : settings::all()) {
    const auto parts = parts_of(setting.path);
    auto* section = &schema;
    for (std::size_t i = 0; i + 1 < parts.size(); ++i) {
      auto& inner = (*section)["properties"][std::string(parts[i])];
      if (inner.is_null()) {
        inner = {{"type", "object"}, {"additionalProperties", false}, {"properties", ordered_json::object()}};
      }
      section = &inner;
    }
    (*section)["properties"][std::string(parts.back())] = schema_of(setting);
  }
  return schema.dump(2) + "\n";
}

std::string config_example() {
  std::vector<const Setting*> members;
  for (const auto& setting : settings::all()) members.push_back(&setting);
  std::string out =
      "// Every setting with its default value. Keep what you change and delete the rest: an osrbot.json of three\n"
      "// lines is the usual case. docs/configuration.md explains where the file is looked for.\n"
      "{\n"
      "  \"$schema\": \"osrbot.schema.json\",\n";
  write_section(out, members, 0);
  return out + "}\n";
}

std::string config_reference() {
  std::string out;
  std::string section = "none";
  for (const auto& setting : settings::all()) {
    const auto parts = parts_of(setting.path);
    const std::string here = parts.size() == 1 ? "" : std::string(parts.front());
    if (here != section) {
      section = here;
      out += fmt::format("{}### {}\n\n| setting and variable | what it does | default |\n|---|---|---|\n",
                         out.empty() ? "" : "\n", here.empty() ? "General" : "`" + here + "`");
    }
    const auto value = default_value(setting);
    const bool unset = value.empty() || (value.is_string() && value.get_ref<const std::string&>().empty());
    const auto shown =
        unset ? std::string(setting.if_unset.empty() ? "not set" : setting.if_unset) : "`" + value.dump() + "`";
    out += fmt::format("| `{}`<br>`{}` | {} Allowed: {}. | {} |\n", setting.path, settings::variable_of(setting),
                       in_table(std::string(setting.help)), in_table(settings::allowed(setting)), in_table(shown));
  }
  return out;
}

}  // namespace osrbot
