#include "commands/language/several_on_a_line.h"

#include <algorithm>
#include <string>
#include <string_view>
#include <variant>

#include "commands/language/argument_fitter.h"
#include "commands/language/object_words.h"

namespace osrbot::language {
namespace {

/// "T1 and 2"
bool is_plain_number(const CommandWord& word) {
  return !word.quoted && !word.folded.empty() && word.folded.find_first_not_of("0123456789") == std::string::npos;
}

/// The letter of the one object that a verb is about; 0 for verbs about none, or about two of a kind.
char about(const VerbSpec& verb) {
  const auto& specs = verb.arguments;
  if (specs.empty() || !specs.front().required || specs.front().repeated) return 0;
  const auto alike = std::ranges::count(specs, specs.front().kind, &ArgumentSpec::kind);
  return alike == 1 ? letter_of(specs.front().kind) : '\0';
}

/// Does the verb take nothing behind its object but a note? A plain number is another object then, for nobody's note is
/// one.
bool takes_only_notes(const VerbSpec& verb) {
  return std::ranges::all_of(verb.arguments.begin() + 1, verb.arguments.end(),
                             [](const ArgumentSpec& spec) { return spec.kind == ArgumentKind::rest; });
}

/// "/claim", "/task_add@osrbot", "/claim_T2"
bool is_slash_command(const VerbIndex& index, std::string_view word) {
  std::string_view name = word.substr(1, word.find('@') - 1);
  while (!name.empty()) {
    if (index.named(name) != nullptr) return true;
    const auto part = name.rfind('_');
    name = name.substr(0, part == std::string_view::npos ? 0 : part);
  }
  return false;
}

/// Are the words a command and not prose? One with a slash; one for an object that its verb names directly, and that is
/// understood to its last word; or such a verb alone.
bool is_command(const VerbIndex& index, const ArgumentInput& input, std::vector<CommandWord> words) {
  if (words.front().folded.starts_with('/')) return is_slash_command(index, words.front().folded);
  const auto found = index.find(words, 0);
  if (!found || about(*found->verb) == 0) return false;
  if (found->last == words.size()) return true;
  const auto object = words[found->last].begin;
  words.erase(words.begin(), words.begin() + static_cast<std::ptrdiff_t>(found->last));
  ArgumentInput inner = input;
  inner.verb = found->verb;
  inner.words = std::move(words);
  inner.values.clear();
  inner.strict = true;
  const auto read = fit_arguments(inner);
  const auto* command = std::get_if<ParsedCommand>(&read);
  return command != nullptr && command->arguments.front().begin == object &&
         std::holds_alternative<Ref>(command->arguments.front().value);
}

}  // namespace

std::vector<CommandWord> listed_objects(const ArgumentInput& input) {
  const char letter = about(*input.verb);
  if (letter == 0 || !input.values.empty()) return {};
  const auto end = input.words.size() - trailing_politeness(input.words, 0);
  const bool numbers_are_objects = takes_only_notes(*input.verb);
  std::vector<CommandWord> objects;
  for (std::size_t at = 0; at < end; ++at) {
    const auto& word = input.words[at];
    const bool is_behind_and = at > 0 && (input.words[at - 1].closes_clause || adds(input.words[at - 1]));
    if (object_letter(word.folded) == letter || ((is_behind_and || numbers_are_objects) && is_plain_number(word))) {
      objects.push_back(word);
    } else if (objects.empty() || word.quoted || !(word.silent || adds(word))) {
      return {};
    }
  }
  return objects.size() > 1 ? objects : std::vector<CommandWord>();
}

std::optional<CommandError> second_command(const VerbIndex& index, const ArgumentInput& input,
                                           const ParsedCommand& read) {
  const char letter = about(*read.verb);
  if (letter == 0) return std::nullopt;
  const auto& last = read.verb->arguments.back();
  if (last.kind != ArgumentKind::rest || last.required) return std::nullopt;
  const auto note = std::ranges::find(read.arguments, last.name, &ParsedArgument::name);
  if (note == read.arguments.end() || note == read.arguments.begin()) return std::nullopt;
  const auto& words = input.words;
  std::size_t first = 0;
  while (first < words.size() && words[first].end <= note->begin) ++first;
  auto end = words.size() - trailing_politeness(words, first);
  while (end > first && words[end - 1].begin >= note->end) --end;  // "progress T1 T2 50%"
  bool listed = first > 0 && words[first - 1].closes_clause;
  for (; first < end && (adds(words[first]) || words[first].silent); ++first) listed |= adds(words[first]);
  if (first >= end || words[first].quoted) return std::nullopt;
  const auto next = first + 1;
  const bool another = object_letter(words[first].folded) == letter &&
                       (listed || next == end || adds(words[next]) || object_letter(words[next].folded) == letter);
  const auto from = words.begin() + static_cast<std::ptrdiff_t>(first);
  if (!another && !is_command(index, input, {from, words.begin() + static_cast<std::ptrdiff_t>(end)})) {
    return std::nullopt;
  }
  return CommandError{.kind = CommandError::Kind::second_command,
                      .verb = read.verb,
                      .argument = std::string(note->name),
                      .begin = words[first].begin,
                      .end = words[end - 1].end,
                      .suggestions = {},
                      .understood = {}};
}

}  // namespace osrbot::language
