#include "adapters/slack/blocks.h"

#include <algorithm>
#include <array>

#include <nlohmann/json.hpp>

namespace osrbot::slack {

namespace {

using nlohmann::json;
using Style = Span::Style;

/// Slack: user ids are "U..." or "W..." in capitals and digits.
bool is_user(std::string_view id) {
  return id.size() > 1 && id.size() <= 32 && (id[0] == 'U' || id[0] == 'W') &&
         std::ranges::all_of(id, [](char c) { return (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9'); });
}

/// Only what leads to a page: no app schemes, no scripts.
bool is_link(std::string_view url) {
  constexpr std::size_t longest_url = 3'000;
  return (url.starts_with("https://") || url.starts_with("http://")) && url.size() <= longest_url &&
         std::ranges::none_of(url, [](char c) { return static_cast<unsigned char>(c) <= ' '; });
}

constexpr Targets targets = {.is_link = is_link, .is_user = is_user};

/// What a character takes up in mrkdwn.
std::size_t escaped_units(char lead) {
  switch (lead) {
    case '&':
      return 5;
    case '<':
    case '>':
      return 4;
    default:
      return utf16_units(lead);
  }
}

json element(Style style, std::string_view words, const std::string& target) {
  switch (style) {
    case Style::mention:
      return {{"type", "user"}, {"user_id", target}};
    case Style::link:
      return {{"type", "link"}, {"url", target}, {"text", words}};
    case Style::bold:
      return {{"type", "text"}, {"text", words}, {"style", {{"bold", true}}}};
    case Style::italic:
      return {{"type", "text"}, {"text", words}, {"style", {{"italic", true}}}};
    case Style::code:
      return {{"type", "text"}, {"text", words}, {"style", {{"code", true}}}};
    case Style::plain:
      break;
  }
  return {{"type", "text"}, {"text", words}};
}

const std::string& label_of(const Button& button) {
  return !button.label.empty() ? button.label : !button.command.empty() ? button.command : button.url;
}

bool fits(const Button& button) {
  if (!button.url.empty()) return is_link(button.url);
  return !button.command.empty() && button.command.size() <= longest_value;
}

void add_as_text(StyledText& words, const Button& button) {
  const bool leads = !button.url.empty();
  const auto& what = leads ? button.url : button.command;
  if (what.empty()) return;
  words.add(Style::plain, words.text.empty() ? "• " : "\n• ");
  if (label_of(button) != what) words.add(Style::plain, label_of(button) + ": ");
  words.add(leads ? Style::plain : Style::code, leads ? what : std::string(command_prefix) + what);
}

std::string_view word_for(Button::Use use) {
  switch (use) {
    case Button::Use::once:
      return "once";
    case Button::Use::pick:
      return "pick";
    case Button::Use::again:
      break;
  }
  return "again";
}

json question(const Question& question) {
  constexpr std::size_t longest_title = 100;
  constexpr std::size_t longest_question = 300;
  constexpr std::size_t longest_answer = 30;
  return {{"title", plain(question.yes, longest_title)},
          {"text", plain(question.text, longest_question)},
          {"confirm", plain(question.yes, longest_answer)},
          {"deny", plain(question.no, longest_answer)}};
}

}  // namespace

Content content_of(const Message& message) {
  Message addressed = {.blocks = message.blocks, .buttons = {}};
  address_commands(addressed, command_prefix);
  Content content{.words = styled_text(addressed.blocks, targets), .rows = {}};
  for (const auto& buttons : message.buttons) {
    std::vector<Button> row;
    for (const auto& button : buttons) {
      if (!fits(button) || content.rows.size() == most_rows) {
        add_as_text(content.words, button);
        continue;
      }
      if (row.size() == most_buttons_in_row) content.rows.push_back(std::exchange(row, {}));
      row.push_back(button);
    }
    if (!row.empty()) content.rows.push_back(std::move(row));
  }
  return content;
}

std::vector<std::pair<std::size_t, std::size_t>> parts_of(const StyledText& words) {
  constexpr std::size_t most_runs = 200;
  return split(words, {.most_units = longest_text, .most_runs = most_runs, .units = escaped_units});
}

std::string escaped(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (const char c : text) {
    switch (c) {
      case '&':
        out += "&amp;";
        break;
      case '<':
        out += "&lt;";
        break;
      case '>':
        out += "&gt;";
        break;
      default:
        out += c;
    }
  }
  return out;
}

json text_block(const StyledText& words, std::size_t begin, std::size_t end) {
  json elements = json::array();
  each_piece(words, begin, end, [&](Style style, std::string_view text, const std::string& target) {
    elements.push_back(element(style, text, target));
  });
  json section = {{"type", "rich_text_section"}, {"elements", std::move(elements)}};
  return {{"type", "rich_text"}, {"elements", json::array({std::move(section)})}};
}

json buttons_block(const std::vector<Button>& row) {
  json elements = json::array();
  for (const auto& button : row) {
    json element = {{"type", "button"},
                    {"text", plain(label_of(button), longest_label)},
                    {"action_id", std::string(word_for(button.use)) + "." + std::to_string(elements.size())}};
    element[button.url.empty() ? "value" : "url"] = button.url.empty() ? button.command : button.url;
    if (button.question) element["confirm"] = question(*button.question);
    elements.push_back(std::move(element));
  }
  return {{"type", "actions"}, {"elements", std::move(elements)}};
}

json plain(std::string_view text, std::size_t longest) {
  return {{"type", "plain_text"}, {"text", shortened(text, longest)}, {"emoji", false}};
}

std::string shortened(std::string_view text, std::size_t longest) {
  std::size_t units = 0;
  std::size_t kept = 0;  // bytes that fit with an ellipsis behind them
  for (std::size_t i = 0; i < text.size(); ++i) {
    const std::size_t cost = utf16_units(text[i]);
    if (cost > 0 && units + 1 <= longest) kept = i;
    units += cost;
    if (units > longest) return std::string(text.substr(0, kept)) + "…";
  }
  return std::string(text);
}

}  // namespace osrbot::slack
