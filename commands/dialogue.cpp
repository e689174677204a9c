#include "commands/dialogue.h"

#include <algorithm>
#include <array>
#include <iterator>
#include <optional>
#include <ranges>
#include <stdexcept>

#include "commands/context.h"
#include "commands/language/object_words.h"
#include "commands/language/text.h"
#include "storage/dialogues.h"

namespace osrbot {
namespace {

namespace dialogues = storage::dialogues;

/// Words that the person chose freely; those of a list of choices are none.
bool is_free(const language::VerbSpec& verb, const language::ParsedArgument& argument) {
  if (!std::holds_alternative<std::string>(argument.value)) return false;
  const auto spec = std::ranges::find(verb.arguments, argument.name, &language::ArgumentSpec::name);
  return spec == verb.arguments.end() || spec->kind != language::ArgumentKind::choice;
}

std::ptrdiff_t word_count(std::string_view text) {
  return std::ranges::count_if(std::views::split(text, ' '), [](const auto& word) { return !word.empty(); });
}

std::string_view written_of(std::string_view text, const language::ParsedCommand& command) {
  return text.substr(command.begin, command.end - command.begin);
}

bool is_plain(std::string_view text, const language::ParsedCommand& command) {
  if (text[command.begin] == '/' || (command.begin > 0 && text[command.begin - 1] == '/')) return true;
  std::optional<std::size_t> free;  // where the first free words begin
  for (const language::ParsedArgument& argument : command.arguments) {
    if (std::holds_alternative<language::Ref>(argument.value)) return true;
    if (is_free(*command.verb, argument)) free = std::min(free.value_or(argument.begin), argument.begin);
  }
  if (!free) return true;
  // "I live in Ghana" tells something, also where a command understands it.
  const std::string said = language::fold(written_of(text, command));
  return !said.starts_with("i ") && word_count(text.substr(command.begin, *free - command.begin)) > 1;
}

/// Whether a message is a mistyped verb and the number of something, "clam T1": no question is answered so.
bool is_mistyped(std::string_view text, const language::CommandError& error) {
  if (error.kind != language::CommandError::Kind::unknown_verb || error.suggestions.empty()) return false;
  const std::size_t space = text.find(' ');
  return space != std::string_view::npos && language::names_object(text.substr(space + 1));
}

/// What a text says, as far as it matters to what is asked: its words in small letters, without punctuation, emoji and
/// the names of people and bots.
std::string plain_words(std::string_view text) {
  constexpr std::size_t longest = 200;  // bytes: whoever writes more answers by no word or button
  if (text.size() > longest) return {};
  const std::string folded = language::fold(text);
  std::string words;
  std::string word;
  bool name = false;  // "@osrbot"
  const auto end_word = [&] {
    if (!word.empty() && !name) words += (words.empty() ? "" : " ") + word;
    word.clear();
    name = false;
  };
  for (std::size_t at = 0; at < folded.size();) {
    const auto [c, size] = language::decode(folded, at);
    at += size;
    switch (language::char_class(c)) {
      case language::CharClass::letter:
      case language::CharClass::mark:
      case language::CharClass::digit:
        language::append_utf8(word, c);
        break;
      case language::CharClass::space:
      case language::CharClass::line_break:
        end_word();
        break;
      default:
        name = name || (c == '@' && word.empty());
    }
  }
  end_word();
  return words;
}

/// The words of a list in the catalogue, "back, previous, that's wrong".
std::vector<std::string> words_of(const Context& context, std::string_view language, std::string_view key) {
  std::vector<std::string> words;
  for (const auto part : std::views::split(context.house.words.text(language, key), ',')) {
    words.push_back(plain_words(std::string_view(part)));
  }
  return words;
}

/// Takes the longest of some words off the beginning of a text. False: it begins with none.
bool take_off(std::string& text, const std::vector<std::string>& words) {
  std::size_t longest = 0;
  for (const std::string& word : words) {
    const bool begins = text.starts_with(word) && (text.size() == word.size() || text[word.size()] == ' ');
    if (begins) longest = std::max(longest, word.size());
  }
  if (longest == 0) return false;
  text.erase(0, std::min(longest + 1, text.size()));
  return true;
}

/// The languages in which somebody answers: theirs, and that of the commands.
std::array<std::string_view, 2> languages_of(const Context& context) {
  return {context.language_of(context.sender), "en"};
}

std::optional<dialogues::Dialogue> open_here(const Context& context) {
  return dialogues::find(context.db, context.sender.id, conversation_of(context.update.place), context.now);
}

const Dialogue& kind_of(const Context& context, const dialogues::Dialogue& open) {
  const auto& known = context.house.dialogues;
  const auto dialogue = std::ranges::find(known, std::string_view(open.kind), &Dialogue::kind);
  if (dialogue == known.end()) throw std::logic_error("nobody takes answers to questions of kind " + open.kind);
  return *dialogue;
}

/// What the button of a question answers whose label somebody wrote; nothing: it is none.
std::optional<std::string> answer_labelled(Context& context, const dialogues::Dialogue& open, std::string_view text) {
  constexpr std::string_view answer = "answer ";
  const auto buttons = kind_of(context, open).buttons;
  const std::string said = plain_words(text);
  if (buttons == nullptr || said.empty()) return std::nullopt;
  for (const Button& button : buttons(context, open.payload)) {
    if (plain_words(button.label) != said) continue;
    return button.command.starts_with(answer) ? button.command.substr(answer.size()) : button.command;
  }
  return std::nullopt;
}

void run_answer(Context& context, const Args& args) {
  if (!answer_dialogue(context, args.text("words"))) throw UserError("dialogue.over");
}

}  // namespace

void open_dialogue(Context& context, std::string_view kind, std::string_view payload, std::chrono::seconds longest) {
  dialogues::open(context.db, context.sender.id, conversation_of(context.update.place), kind, payload,
                  context.now + longest);
}

void close_dialogue(Context& context) {
  dialogues::close(context.db, context.sender.id, conversation_of(context.update.place));
}

bool answer_dialogue(Context& context, std::string_view text) {
  const auto open = open_here(context);
  if (!open) return false;
  const auto labelled = answer_labelled(context, *open, text);
  return kind_of(context, *open).answer(context, open->payload, labelled ? *labelled : text);
}

bool correct_dialogue(Context& context, std::string_view text) {
  const auto open = open_here(context);
  if (!open) return false;
  const auto correction = kind_of(context, *open).correction;
  return correction != nullptr && correction(context, open->payload, text);
}

bool is_in_dialogue(const Context& context) {
  return open_here(context).has_value();
}

bool names_button(Context& context, std::string_view text) {
  const auto open = open_here(context);
  return open && answer_labelled(context, *open, text);
}

bool is_plainly_commands(std::string_view text, const std::vector<language::CommandResult>& results) {
  if (text.starts_with('/')) return true;  // a mistake in a command is explained as such
  return std::ranges::all_of(results, [&](const language::CommandResult& result) {
    if (const auto* error = std::get_if<language::CommandError>(&result)) return is_mistyped(text, *error);
    return is_plain(text, std::get<language::ParsedCommand>(result));
  });
}

Steer steer_of(const Context& context, std::string_view text) {
  const std::string said = plain_words(text);
  if (said.empty()) return Steer::none;
  for (const std::string_view language : languages_of(context)) {
    const auto means = [&](std::string_view key) {
      return std::ranges::count(words_of(context, language, key), said) > 0;
    };
    if (means("dialogue.words.back")) return Steer::back;
    if (means("dialogue.words.skip")) return Steer::skip;
    if (means("dialogue.words.stop")) return Steer::stop;
  }
  return Steer::none;
}

std::optional<bool> yes_or_no(const Context& context, std::string_view text) {
  std::vector<std::string> yes;
  std::vector<std::string> no;
  std::vector<std::string> polite;
  for (const std::string_view language : languages_of(context)) {
    std::ranges::move(words_of(context, language, "dialogue.words.yes"), std::back_inserter(yes));
    std::ranges::move(words_of(context, language, "dialogue.words.no"), std::back_inserter(no));
    std::ranges::move(words_of(context, language, "dialogue.words.polite"), std::back_inserter(polite));
  }
  std::optional<bool> said;
  for (std::string rest = plain_words(text); !rest.empty();) {
    const bool is_yes = take_off(rest, yes);
    if (!is_yes && !take_off(rest, no)) {
      if (!take_off(rest, polite)) return std::nullopt;
      continue;
    }
    if (said.value_or(is_yes) != is_yes) return std::nullopt;
    said = is_yes;
  }
  return said;
}

Command answer() {
  return {.name = "answer",
          .aliases = {},
          .role = Role::guest,
          .arguments = {{.name = "words", .kind = language::ArgumentKind::rest}},
          .hidden = true,
          .run = run_answer};
}

}  // namespace osrbot
