#include "commands/dialogue.h"

#include <algorithm>
#include <optional>
#include <ranges>
#include <stdexcept>

#include "commands/context.h"
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

std::ptrdiff_t words_in(std::string_view text) {
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
  return !said.starts_with("i ") && words_in(text.substr(command.begin, *free - command.begin)) > 1;
}

/// Whether a message is a mistyped verb and the number of something, "clam T1": no question is answered so.
bool is_mistyped(std::string_view text, const language::CommandError& error) {
  if (error.kind != language::CommandError::Kind::unknown_verb || error.suggestions.empty()) return false;
  const std::size_t space = text.find(' ');
  return space != std::string_view::npos && names_object(text.substr(space + 1));
}

/// Whether a folded text is one of the words of a list: "back, previous, that's wrong".
bool is_one_of(std::string_view text, std::string_view list) {
  for (const auto part : std::views::split(list, ',')) {
    std::string word = language::fold(std::string_view(part));
    word.erase(0, word.find_first_not_of(' '));
    if (word == text) return true;
  }
  return false;
}

/// Hands a text to who opened the dialogue that waits here. False: none does, or it does not want it.
bool give(Context& context, std::string_view text,
          bool (*Dialogue::*taker)(Context& context, const std::string& payload, std::string_view text)) {
  const auto open = dialogues::find(context.db, context.sender.id, conversation_of(context.update.place), context.now);
  if (!open) return false;
  const auto& known = context.house.dialogues;
  const auto dialogue = std::ranges::find(known, std::string_view(open->kind), &Dialogue::kind);
  if (dialogue == known.end()) throw std::logic_error("nobody takes answers to questions of kind " + open->kind);
  const auto take = (*dialogue).*taker;
  return take != nullptr && take(context, open->payload, text);
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
  return give(context, text, &Dialogue::answer);
}

bool correct_dialogue(Context& context, std::string_view text) {
  return give(context, text, &Dialogue::correction);
}

bool names_object(std::string_view word) {
  return word.size() > 1 && std::string_view("TPNtpn").contains(word.front()) &&
         std::ranges::all_of(word.substr(1), [](char c) { return c >= '0' && c <= '9'; });
}

bool is_plainly_commands(std::string_view text, const std::vector<language::CommandResult>& results) {
  if (text.starts_with('/')) return true;  // a mistake in a command is explained as such
  return std::ranges::all_of(results, [&](const language::CommandResult& result) {
    if (const auto* error = std::get_if<language::CommandError>(&result)) return is_mistyped(text, *error);
    return is_plain(text, std::get<language::ParsedCommand>(result));
  });
}

Steer steer_of(const Context& context, std::string_view text) {
  std::string said = language::fold(text);
  said.erase(said.find_last_not_of(" .!") + 1);
  for (const std::string_view language :
       {std::string_view(context.language_of(context.sender)), std::string_view("en")}) {
    const auto means = [&](std::string_view key) { return is_one_of(said, context.house.words.text(language, key)); };
    if (means("dialogue.words.back")) return Steer::back;
    if (means("dialogue.words.skip")) return Steer::skip;
    if (means("dialogue.words.stop")) return Steer::stop;
  }
  return Steer::none;
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
