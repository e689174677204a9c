#include "bot/mistakes.h"

#include <algorithm>
#include <ranges>

#include "commands/language/object_words.h"

namespace osrbot {

bool is_no_command(const language::CommandError& error) {
  using Kind = language::CommandError::Kind;
  return error.kind == Kind::unknown_verb ||
         (error.kind == Kind::unexpected_text && error.verb != nullptr && error.verb->name == "stop");
}

bool names_any_object(std::string_view text) {
  return std::ranges::any_of(std::views::split(text, ' '),
                             [](const auto& word) { return language::names_object(std::string_view(word)); });
}

bool is_prose(const language::CommandError& error, const Update& update) {
  using Kind = language::CommandError::Kind;
  if (update.kind != UpdateKind::message) return false;
  // What a slash command lacks is asked for in a dialog, however much was said.
  if (error.kind == Kind::missing_argument && !update.dialog.empty()) return false;
  const auto words = std::ranges::distance(std::views::split(update.text, ' '));
  if (error.kind == Kind::unknown_verb) {
    return error.suggestions.empty() || words >= 4 || update.text.ends_with('?') || update.text.ends_with("؟");
  }
  const auto wrong = std::string_view(update.text).substr(error.begin, error.end - error.begin);
  const bool is_value = error.kind == Kind::bad_argument && std::ranges::count(wrong, ' ') <= 1 &&
                        wrong.find_first_of("0123456789") != wrong.npos;
  return (error.kind == Kind::bad_argument || error.kind == Kind::missing_argument) && words >= 5 && !is_value &&
         !names_any_object(update.text);
}

}  // namespace osrbot
