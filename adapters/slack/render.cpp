#include "adapters/slack/render.h"

#include <nlohmann/json.hpp>

namespace osrbot::slack {

using nlohmann::json;

namespace {

/// Slack: ampersand first, then the brackets that make mentions and links.
std::string escaped(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c == '&') {
      out += "&amp;";
    } else if (c == '<') {
      out += "&lt;";
    } else if (c == '>') {
      out += "&gt;";
    } else {
      out += c;
    }
  }
  return out;
}

std::string dumped(const json& value) {
  return value.dump(-1, ' ', false, json::error_handler_t::replace);
}

json section(const std::string& text) {
  return {{"type", "section"}, {"text", {{"type", "mrkdwn"}, {"text", text}}}};
}

json plain(std::string_view text) {
  return {{"type", "plain_text"}, {"text", text}};
}

json actions(const Message& message) {
  json blocks = json::array();
  for (const auto& row : message.buttons) {
    json elements = json::array();
    for (const auto& button : row) {
      json element = {{"type", "button"},
                      {"text", plain(button.label)},
                      {"action_id", std::to_string(blocks.size()) + "." + std::to_string(elements.size())}};
      element[button.url.empty() ? "value" : "url"] = button.url.empty() ? button.command : button.url;
      elements.push_back(std::move(element));
    }
    blocks.push_back({{"type", "actions"}, {"elements", std::move(elements)}});
  }
  return blocks;
}

json blocks_of(const Message& message) {
  json blocks = json::array();
  if (const auto text = escaped(plain_text(message)); !text.empty()) blocks.push_back(section(text));
  for (auto& block : actions(message)) blocks.push_back(std::move(block));
  return blocks;
}

}  // namespace

std::vector<Part> render(const Message& message) {
  const auto text = escaped(plain_text(message));
  if (text.empty()) return {};
  return {{text, dumped(blocks_of(message))}};
}

std::string home_view(const Message& message) {
  return dumped({{"type", "home"}, {"blocks", blocks_of(message)}});
}

std::string form_view(const Form& form, std::string_view metadata) {
  json blocks = json::array();
  for (const auto& one : form.fields) {
    blocks.push_back({{"type", "input"},
                      {"block_id", one.name},
                      {"optional", !one.required},
                      {"label", plain(one.label)},
                      {"element", {{"type", "plain_text_input"}, {"action_id", "value"}}}});
  }
  return dumped({{"type", "modal"},
                 {"callback_id", form.command},
                 {"private_metadata", metadata},
                 {"title", plain(form.title)},
                 {"submit", plain(form.submit)},
                 {"blocks", std::move(blocks)}});
}

std::string form_errors(const Form& form) {
  json errors = json::object();
  for (const auto& one : form.fields) {
    if (!one.error.empty()) errors[one.name] = one.error;
  }
  return errors.empty() ? std::string() : dumped(errors);
}

std::string after_press(const json&) {
  return {};
}

}  // namespace osrbot::slack
