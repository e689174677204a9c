#include "adapters/telegram/render.h"

#include <algorithm>
#include <utility>

#include "adapters/json_text.h"
#include "adapters/styled_text.h"

namespace osrbot::telegram {

namespace {

using Style = Span::Style;

void append_escaped(std::string& out, std::string_view text) {
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
      case '"':
        out += "&quot;";
        break;
      default:
        out += c;
    }
  }
}

void append_piece(std::string& out, Style style, std::string_view words, const std::string& target) {
  const auto wrap = [&](std::string_view open, std::string_view close) {
    out += open;
    append_escaped(out, words);
    out += close;
  };
  switch (style) {
    case Style::plain:
      return wrap("", "");
    case Style::bold:
      return wrap("<b>", "</b>");
    case Style::italic:
      return wrap("<i>", "</i>");
    case Style::code:
      return wrap("<code>", "</code>");
    case Style::mention:
      return wrap("<a href=\"tg://user?id=" + target + "\">", "</a>");
    case Style::link: {
      out += "<a href=\"";
      append_escaped(out, target);
      return wrap("\">", "</a>");
    }
  }
}

std::string html(const StyledText& styled, std::size_t begin, std::size_t end) {
  std::string out;
  out.reserve(end - begin + 64);
  each_piece(styled, begin, end, [&](Style style, std::string_view words, const std::string& target) {
    append_piece(out, style, words, target);
  });
  return out;
}

bool is_user_id(std::string_view id) {
  return !id.empty() && id.size() <= 19 && std::ranges::all_of(id, [](char c) { return c >= '0' && c <= '9'; });
}

constexpr Targets targets = {.is_link = [](std::string_view url) { return !url.empty(); }, .is_user = is_user_id};

/// Telegram refuses the whole message for the sake of a button that leads to "http://localhost".
bool is_public_url(std::string_view url) {
  if (url.starts_with("tg://")) return true;
  const auto host = url.starts_with("https://")  ? url.substr(8)
                    : url.starts_with("http://") ? url.substr(7)
                                                 : std::string_view();
  const bool has_blanks = url.find_first_of(" \t\r\n") != std::string_view::npos;
  return !has_blanks && host.substr(0, host.find_first_of("/?#")).find('.') != std::string_view::npos;
}

bool fits(const Button& button) {
  if (!button.url.empty()) return is_public_url(button.url);
  return !button.command.empty() && button.command.size() <= longest_callback_data;
}

const std::string& label(const Button& button) {
  return !button.label.empty() ? button.label : !button.command.empty() ? button.command : button.url;
}

void append_key(std::string& out, const Button& button) {
  const bool is_link = !button.url.empty();
  out += R"({"text":)";
  append_json_string(out, label(button));
  out += is_link ? R"(,"url":)" : R"(,"callback_data":)";
  append_json_string(out, is_link ? button.url : button.command);
  out += '}';
}

/// In groups the bot hears commands only with it, in private chats too.
constexpr std::string_view command_prefix = "/";

void add_as_text(StyledText& styled, const Button& button) {
  const bool is_link = !button.url.empty();
  const auto& what = is_link ? button.url : button.command;
  if (what.empty()) return;
  styled.add(Style::plain, styled.text.empty() ? "• " : "\n• ");
  if (label(button) != what) styled.add(Style::plain, label(button) + ": ");
  if (is_link) {
    styled.add(Style::plain, what);
  } else {
    styled.add(Style::code, std::string(command_prefix) + what);
  }
}

/// An InlineKeyboardMarkup with at most eight keys in a row, empty when there is none; what is no key is added to the
/// text. Written by hand: most messages have one, and a tree of it costs more than the text.
std::string keyboard(const Message& message, StyledText& styled) {
  std::string rows;
  std::size_t keys = 0;
  for (const auto& buttons : message.buttons) {
    std::size_t in_row = 0;
    for (const auto& button : buttons) {
      if (!fits(button) || keys == most_buttons) {
        add_as_text(styled, button);
        continue;
      }
      const bool begins_row = in_row++ % most_buttons_in_row == 0;
      rows += !begins_row ? "," : rows.empty() ? "[" : "],[";
      append_key(rows, button);
      ++keys;
    }
  }
  return rows.empty() ? rows : R"({"inline_keyboard":[)" + rows + "]]}";
}

}  // namespace

std::vector<Part> render(const Message& message) {
  Message addressed{.blocks = message.blocks, .buttons = {}};
  address_commands(addressed, command_prefix);
  auto styled = styled_text(addressed.blocks, targets);
  std::string keys = keyboard(message, styled);
  const auto split_at = [&](std::size_t longest) {
    return split(styled, {.most_units = longest, .most_runs = most_styled_runs});
  };
  auto ranges = split_at(message.file ? longest_caption : longest_text);
  const bool is_caption = message.file && ranges.size() <= 1;
  if (message.file && !is_caption) ranges = split_at(longest_text);
  std::vector<Part> parts;
  for (const auto& [begin, end] : ranges) parts.push_back({html(styled, begin, end), {}});
  if (is_caption && parts.empty()) parts.emplace_back();
  if (!parts.empty()) parts.back().keyboard = std::move(keys);
  if (is_caption) {
    parts.back().file = message.file;
  } else if (message.file) {
    parts.push_back({.html = {}, .keyboard = {}, .file = message.file});
  }
  return parts;
}

}  // namespace osrbot::telegram
