#include "commands/fill.h"

#include <algorithm>
#include <stdexcept>
#include <utility>

#include <fmt/format.h>
#include <unicode/uchar.h>
#include <unicode/utf8.h>

namespace osrbot {
namespace {

constexpr std::string_view first_strong_isolate = "\u2068";
constexpr std::string_view left_to_right_isolate = "\u2066";
constexpr std::string_view pop_isolate = "\u2069";

bool is_ascii_text(std::string_view text) {
  return std::ranges::all_of(text, [](char c) { return c >= 0x20 && c < 0x7F; });
}

bool is_bidi_control(UChar32 c) {
  return (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069);
}

/// `text` without what could disturb the words around it: control characters, and directional embeddings, overrides and
/// isolates. Line ends and tabs become spaces; invalid UTF-8 becomes U+FFFD.
std::string harmless(std::string_view text) {
  if (is_ascii_text(text)) return std::string(text);
  std::string result;
  result.reserve(text.size());
  const auto* bytes = reinterpret_cast<const std::uint8_t*>(text.data());
  const auto size = static_cast<int32_t>(text.size());
  for (int32_t i = 0; i < size;) {
    const int32_t begin = i;
    UChar32 c = 0;
    U8_NEXT(bytes, i, size, c);
    if (c < 0) {
      result += "\uFFFD";
    } else if (c == '\n' || c == '\t' || c == 0x85 || c == 0x2028 || c == 0x2029) {
      result += ' ';
    } else if (!u_iscntrl(c) && !is_bidi_control(c)) {
      result += text.substr(static_cast<std::size_t>(begin), static_cast<std::size_t>(i - begin));
    }
  }
  return result;
}

bool has_right_to_left_letters(std::string_view text) {
  const auto* bytes = reinterpret_cast<const std::uint8_t*>(text.data());
  const auto size = static_cast<int32_t>(text.size());
  for (int32_t i = 0; i < size;) {
    UChar32 c = 0;
    U8_NEXT(bytes, i, size, c);
    const UCharDirection direction = c < 0x80 ? U_LEFT_TO_RIGHT : u_charDirection(c);
    if (direction == U_RIGHT_TO_LEFT || direction == U_RIGHT_TO_LEFT_ARABIC) return true;
  }
  return false;
}

const Argument& look_up(const Arguments& arguments, std::string_view name) {
  const auto found = std::ranges::find(arguments, name, &Argument::name);
  if (found == arguments.end()) throw std::logic_error(fmt::format("argument {{{}}} is missing", name));
  return *found;
}

double number_of(const Argument& argument) {
  if (const auto* integer = std::get_if<std::int64_t>(&argument.value)) return static_cast<double>(*integer);
  if (const auto* real = std::get_if<double>(&argument.value)) return *real;
  throw std::logic_error(fmt::format("argument {{{}}} must be a number", argument.name));
}

class Filler {
 public:
  Filler(const Arguments& arguments, const LanguageRules& rules)
      : arguments_(arguments), rules_(rules), right_to_left_(rules.right_to_left()) {
    blocks_.emplace_back();
  }

  void add(const Pieces& pieces) {
    for (const Piece& piece : pieces) {
      std::visit([this](const auto& value) { add(value); }, piece.value);
    }
  }

  std::vector<Block> finish() {
    start_block(Block::Kind::paragraph);
    blocks_.pop_back();
    return std::move(blocks_);
  }

 private:
  void add(const Words& words) { append(words.style, words.text); }

  void add(const LineStart& line) { start_block(line.kind); }

  void add(const Placeholder& placeholder) {
    const Argument& argument = look_up(arguments_, placeholder.argument);
    const auto* mention = std::get_if<Mention>(&argument.value);
    const bool linked = mention != nullptr && !mention->id.empty() && placeholder.style != Span::Style::link &&
                        placeholder.style != Span::Style::code;
    const std::string text = written(argument, placeholder.offset);
    const bool isolated = placeholder.style != Span::Style::code && !text.empty() &&
                          !std::holds_alternative<std::int64_t>(argument.value) &&
                          !std::holds_alternative<double>(argument.value) &&
                          (right_to_left_ || has_right_to_left_letters(text));
    const Span::Style around = linked ? Span::Style::plain : placeholder.style;
    if (isolated) append(around, first_strong_isolate);
    if (linked && !text.empty()) {
      enter_code(false);
      blocks_.back().spans.push_back({Span::Style::mention, text, harmless(mention->id)});
    } else {
      append(placeholder.style, text);
    }
    if (isolated) append(around, pop_isolate);
  }

  void add(const Choice& choice) {
    const Argument& argument = look_up(arguments_, choice.argument);
    const Branch* chosen = choice.is_plural ? plural_branch(choice, argument) : nullptr;
    if (chosen == nullptr) chosen = branch(choice, choice.is_plural ? category(choice, argument) : selector(argument));
    add(chosen->pieces);
  }

  void add(const Link& link) {
    enter_code(false);
    Filler target(arguments_, rules_);
    target.right_to_left_ = false;
    target.add(link.url);
    std::string url;
    for (const Span& span : target.blocks_.back().spans) url += span.text;
    // An address from a person's words is followed only where it leads to the web.
    const bool is_web = (url.starts_with("https://") || url.starts_with("http://")) && !url.contains(' ');
    const std::size_t first = blocks_.back().spans.size();
    add(link.label);
    for (std::size_t i = first; i < blocks_.back().spans.size(); ++i) {
      Span& span = blocks_.back().spans[i];
      span.style = is_web ? Span::Style::link : Span::Style::plain;
      span.target = is_web ? url : "";
    }
    link_just_ended_ = true;
  }

  static const Branch* plural_branch(const Choice& choice, const Argument& argument) {
    const std::string exact = fmt::format("={}", number_of(argument));
    const auto found = std::ranges::find(choice.branches, exact, &Branch::selector);
    return found == choice.branches.end() ? nullptr : &*found;
  }

  std::string category(const Choice& choice, const Argument& argument) const {
    return rules_.plural_category(number_of(argument) - choice.offset);
  }

  std::string selector(const Argument& argument) const {
    std::string text = written(argument, 0);
    return text.empty() ? "none" : text;
  }

  static const Branch* branch(const Choice& choice, std::string_view selector) {
    auto found = std::ranges::find(choice.branches, selector, &Branch::selector);
    if (found == choice.branches.end()) found = std::ranges::find(choice.branches, "other", &Branch::selector);
    return &*found;  // ICU refuses a plural or select without "other"
  }

  std::string written(const Argument& argument, double offset) const {
    if (const auto* text = std::get_if<std::string>(&argument.value)) return harmless(*text);
    if (const auto* mention = std::get_if<Mention>(&argument.value)) return harmless(mention->name);
    if (const auto* day = std::get_if<std::chrono::year_month_day>(&argument.value)) return rules_.date(*day);
    if (const auto* time = std::get_if<std::chrono::local_seconds>(&argument.value)) return rules_.date_and_time(*time);
    if (const auto* words = std::get_if<InLanguage>(&argument.value)) return harmless((*words)(rules_.tag()));
    if (const auto* integer = std::get_if<std::int64_t>(&argument.value); integer != nullptr && offset == 0) {
      return rules_.number(*integer);
    }
    return rules_.number(number_of(argument) - offset);
  }

  void append(Span::Style style, std::string_view text) {
    if (text.empty()) return;
    enter_code(style == Span::Style::code);
    std::vector<Span>& spans = blocks_.back().spans;
    if (!spans.empty() && spans.back().style == style && !link_just_ended_) {
      spans.back().text += text;
    } else {
      spans.push_back({style, std::string(text), ""});
    }
    link_just_ended_ = false;
  }

  // Code is written from left to right in every language.
  void enter_code(bool code) {
    if (code == in_code_) return;
    in_code_ = code;
    if (right_to_left_)
      blocks_.back().spans.push_back({Span::Style::plain, std::string(code ? left_to_right_isolate : pop_isolate), ""});
  }

  void start_block(Block::Kind kind) {
    enter_code(false);
    trim(blocks_.back().spans);
    if (blocks_.back().spans.empty()) blocks_.pop_back();
    blocks_.push_back({kind, {}});
  }

  // Spaces before something that was left out.
  static void trim(std::vector<Span>& spans) {
    while (!spans.empty()) {
      std::string& text = spans.back().text;
      text.erase(text.find_last_not_of(' ') + 1);
      if (!text.empty()) return;
      spans.pop_back();
    }
  }

  const Arguments& arguments_;
  const LanguageRules& rules_;
  bool right_to_left_;
  bool in_code_ = false;
  bool link_just_ended_ = false;
  std::vector<Block> blocks_;
};

}  // namespace

std::vector<Block> fill(const Pieces& pattern, const Arguments& arguments, const LanguageRules& rules) {
  Filler filler(arguments, rules);
  filler.add(pattern);
  return filler.finish();
}

}  // namespace osrbot
