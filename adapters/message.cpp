#include "adapters/message.h"

#include <array>
#include <stdexcept>
#include <utility>

#include <nlohmann/json.hpp>

#include "adapters/message_parts.h"

namespace osrbot {

namespace {

using nlohmann::json;
using Style = Span::Style;

// {"blocks": [{"p": ["plain", {"b": "bold"}, {"a": "text", "to": "https://…"}]}, {"li": […]}],
//  "buttons": [[{"label": "…", "command": "…"}]]}, and what message_parts.h adds. However deep a text is nested,
//  nothing
// here goes deeper than a message does, and the library reads and destroys without recursion.

constexpr std::array<std::pair<Style, const char*>, 5> styled = {{
    {Style::bold, "b"},
    {Style::italic, "i"},
    {Style::code, "code"},
    {Style::link, "a"},
    {Style::mention, "user"},
}};

bool has_target(Style style) {
  return style == Style::link || style == Style::mention;
}

const char* block_key(Block::Kind kind) {
  return kind == Block::Kind::item ? "li" : "p";
}

json span_to_json(const Span& span) {
  for (const auto& [style, key] : styled) {
    if (span.style != style) continue;
    json out = {{key, span.text}};
    if (has_target(style)) out["to"] = span.target;
    return out;
  }
  return span.text;
}

[[noreturn]] void refuse(const std::string& why) {
  throw std::invalid_argument("not a message: " + why);
}

const std::string& string_of(const json& value, const char* what) {
  if (!value.is_string()) refuse(std::string(what) + " is not a string");
  return value.get_ref<const std::string&>();
}

const json::array_t& array_of(const json& value, const char* what) {
  if (!value.is_array()) refuse(std::string(what) + " is not an array");
  return value.get_ref<const json::array_t&>();
}

const json::object_t& object_of(const json& value, const char* what) {
  if (!value.is_object()) refuse(std::string(what) + " is not an object");
  return value.get_ref<const json::object_t&>();
}

Span span_from_json(const json& value) {
  if (value.is_string()) return {.style = Style::plain, .text = value.get<std::string>(), .target = {}};
  const auto& object = object_of(value, "a span");
  for (const auto& [style, key] : styled) {
    const auto text = object.find(key);
    if (text == object.end()) continue;
    if (object.size() != (has_target(style) ? 2U : 1U)) refuse("a span has keys that do not belong together");
    Span span{.style = style, .text = string_of(text->second, "a span's text"), .target = {}};
    if (has_target(style)) {
      const auto target = object.find("to");
      if (target == object.end()) refuse("a link or a mention without \"to\"");
      span.target = string_of(target->second, "a span's target");
    }
    return span;
  }
  refuse("a span of unknown style");
}

Block block_from_json(const json& value) {
  const auto& object = object_of(value, "a block");
  if (object.size() != 1) refuse("a block has not exactly one key");
  const auto& [key, spans] = *object.begin();
  Block block;
  if (key == block_key(Block::Kind::item)) {
    block.kind = Block::Kind::item;
  } else if (key != block_key(Block::Kind::paragraph)) {
    refuse("a block of unknown kind");
  }
  for (const auto& span : array_of(spans, "a block's content")) block.spans.push_back(span_from_json(span));
  return block;
}

Button button_from_json(const json& value) {
  Button button;
  for (const auto& [key, field] : object_of(value, "a button")) {
    if (key == "label") {
      button.label = string_of(field, "a label");
    } else if (key == "command") {
      button.command = string_of(field, "a button's command");
    } else if (key == "url") {
      button.url = string_of(field, "a button's URL");
    } else if (key == "in_private") {
      button.in_private = true;
    } else if (!read_button_part(button, key, field)) {
      refuse("a button has an unknown key");
    }
  }
  return button;
}

json button_to_json(const Button& button) {
  json out = {{"label", button.label}};
  if (!button.command.empty()) out["command"] = button.command;
  if (!button.url.empty()) out["url"] = button.url;
  if (button.in_private) out["in_private"] = true;
  add_button_parts(out, button);
  return out;
}

}  // namespace

std::string to_json(const Message& message) {
  json blocks = json::array();
  for (const auto& block : message.blocks) {
    json spans = json::array();
    for (const auto& span : block.spans) spans.push_back(span_to_json(span));
    blocks.push_back({{block_key(block.kind), std::move(spans)}});
  }
  json out = {{"blocks", std::move(blocks)}};
  if (!message.buttons.empty()) {
    json rows = json::array();
    for (const auto& row : message.buttons) {
      json buttons = json::array();
      for (const auto& button : row) buttons.push_back(button_to_json(button));
      rows.push_back(std::move(buttons));
    }
    out["buttons"] = std::move(rows);
  }
  add_parts(out, message);
  return out.dump(-1, ' ', false, json::error_handler_t::replace);
}

Message message_from_json(std::string_view text) {
  json parsed;
  try {
    parsed = json::parse(text);
  } catch (const json::exception& error) {
    refuse(error.what());
  }
  Message message = {};
  bool has_blocks = false;
  for (const auto& [key, value] : object_of(parsed, "the whole")) {
    if (key == "blocks") {
      has_blocks = true;
      for (const auto& block : array_of(value, "\"blocks\"")) message.blocks.push_back(block_from_json(block));
    } else if (key == "buttons") {
      for (const auto& row : array_of(value, "\"buttons\"")) {
        auto& buttons = message.buttons.emplace_back();
        for (const auto& button : array_of(row, "a row of buttons")) buttons.push_back(button_from_json(button));
      }
    } else if (!read_part(message, key, value)) {
      refuse("unknown key \"" + key + "\"");
    }
  }
  if (!has_blocks) refuse("\"blocks\" is missing");
  return message;
}

std::string_view block_separator(const Block& below) {
  return below.kind == Block::Kind::item ? "\n" : "\n\n";
}

void address_commands(Message& message, std::string_view prefix) {
  for (Block& block : message.blocks) {
    for (Span& span : block.spans) {
      if (span.style == Style::code && !span.text.empty()) span.text.insert(0, prefix);
    }
  }
}

std::string plain_text(const Message& message) {
  std::string out;
  for (const auto& block : message.blocks) {
    if (&block != &message.blocks.front()) out += block_separator(block);
    if (block.kind == Block::Kind::item) out += "• ";
    for (const auto& span : block.spans) {
      out += span.text;
      if (span.style == Style::link && span.target != span.text) out += " (" + span.target + ")";
    }
  }
  return out;
}

}  // namespace osrbot
