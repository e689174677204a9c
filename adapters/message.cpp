#include "adapters/message.h"

#include <algorithm>
#include <array>
#include <ranges>
#include <stdexcept>
#include <utility>

#include <nlohmann/json.hpp>

#include "adapters/json_text.h"
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

// Written by hand: everything that the bot says is, and a tree to be written takes several times as long.

template <class Element>
void append_array(std::string& out, const std::vector<Element>& elements,
                  void (*append)(std::string&, const Element&)) {
  out += '[';
  for (const Element& element : elements) {
    if (&element != &elements.front()) out += ',';
    append(out, element);
  }
  out += ']';
}

/// Begins a member of the object that `out` ends with.
void append_key(std::string& out, std::string_view key) {
  if (out.back() != '{') out += ',';
  out += '"';
  out += key;
  out += "\":";
}

void append_text(std::string& out, std::string_view key, std::string_view text) {
  append_key(out, key);
  append_json_string(out, text);
}

/// Adds the members of `more` to the object that `out` ends with.
void append_members(std::string& out, const json& more) {
  if (more.empty()) return;
  if (out.back() != '{') out += ',';
  const std::string text = json_text(more);
  out.append(text, 1, text.size() - 2);
}

void append_span(std::string& out, const Span& span) {
  const auto* style = std::ranges::find(styled, span.style, &std::pair<Style, const char*>::first);
  if (style == styled.end()) return append_json_string(out, span.text);
  out += '{';
  append_text(out, style->second, span.text);
  if (has_target(span.style)) append_text(out, "to", span.target);
  out += '}';
}

void append_block(std::string& out, const Block& block) {
  out += '{';
  append_key(out, block_key(block.kind));
  append_array(out, block.spans, append_span);
  out += '}';
}

void append_button(std::string& out, const Button& button) {
  out += '{';
  append_text(out, "label", button.label);
  if (!button.command.empty()) append_text(out, "command", button.command);
  if (!button.url.empty()) append_text(out, "url", button.url);
  json more = json::object();
  if (button.in_private) more["in_private"] = true;
  add_button_parts(more, button);
  append_members(out, more);
  out += '}';
}

void append_row(std::string& out, const std::vector<Button>& row) {
  append_array(out, row, append_button);
}

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

/// "T12", "P7": how commands name what they are about.
bool is_ref(std::string_view word) {
  return word.size() > 1 && word.front() >= 'A' && word.front() <= 'Z' && std::ranges::all_of(word.substr(1), is_digit);
}

/// Marks of direction may stand around what is named, and a colon behind it.
bool names(std::string_view label, std::string_view ref) {
  const std::size_t at = label.find(ref);
  return at != std::string_view::npos && (at + ref.size() == label.size() || !is_digit(label[at + ref.size()]));
}

}  // namespace

bool speaks_for_itself(const Button& button) {
  if (button.use == Button::Use::again) return true;
  for (const auto& part : std::views::split(button.command, ' ')) {
    if (const std::string_view word(part); is_ref(word)) return names(button.label, word);
  }
  return false;
}

void append_rows(Message& message, std::vector<Button> buttons) {
  for (std::size_t i = 0; i < buttons.size(); ++i) {
    if (i % buttons_in_a_row == 0) message.buttons.emplace_back();
    message.buttons.back().push_back(std::move(buttons[i]));
  }
}

std::string to_json(const Message& message) {
  std::string out = "{";
  append_key(out, "blocks");
  append_array(out, message.blocks, append_block);
  if (!message.buttons.empty()) {
    append_key(out, "buttons");
    append_array(out, message.buttons, append_row);
  }
  json more = json::object();
  add_parts(more, message);
  append_members(out, more);
  out += '}';
  return out;
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
