#include "commands/language/command_line.h"

#include <algorithm>
#include <optional>
#include <string>
#include <utility>

#include "commands/language/argument_values.h"
#include "commands/language/arguments.h"
#include "commands/language/command_words.h"
#include "commands/language/object_words.h"
#include "commands/language/several_on_a_line.h"
#include "commands/language/spelling.h"
#include "commands/language/text.h"
#include "commands/language/verb_index.h"

namespace osrbot::language {

namespace {

bool is_bot(std::string_view name, const std::vector<std::string_view>& bot_names) {
  return std::any_of(bot_names.begin(), bot_names.end(), [&](std::string_view bot) {
    if (bot.starts_with('@')) bot.remove_prefix(1);
    return !bot.empty() && fold(bot) == name;
  });
}

bool mentions_bot(const CommandWord& word, const CommandGrammar::Input& input, bool first) {
  const std::string_view name = word.folded;
  if (!name.starts_with('@')) return first && !input.bot_names.empty() && is_bot(name, input.bot_names);
  return is_bot(name.substr(1), input.bot_names) || (first && input.addressed && input.bot_names.empty());
}

/// Does a question mark follow the word? Those in addresses and quotations belong to them.
bool asks(const CommandWord& word, std::string_view text) {
  const auto begin = word.silent ? word.outer_begin : word.end;
  const auto behind = word.quoted ? std::string_view() : text.substr(begin, word.outer_end - begin);
  return behind.find('?') != std::string_view::npos || behind.find("؟") != std::string_view::npos;
}

struct TurnedLine {
  CommandLine line;
  VerbIndex::Found verb;
};

/// Where objects stand before the verb, "T1 and T2 are done", the line with the verb in front, as if it had been said
/// so. None where they do not, or where it is asked whether.
std::optional<TurnedLine> with_verb_first(const VerbIndex& index, std::string_view text, const CommandLine& line,
                                          std::size_t first) {
  const auto& words = line.words;
  auto at = first;
  while (at < words.size() && (object_letter(words[at].folded) != 0 || (at > first && adds(words[at])))) ++at;
  const auto objects_end = at;
  if (at < words.size() && (words[at].folded == "is" || words[at].folded == "are")) ++at;
  const auto verb = objects_end > first ? index.find(words, at) : std::nullopt;
  if (!verb) return std::nullopt;
  for (auto i = first; i < words.size(); ++i) {
    if (asks(words[i], text)) return std::nullopt;
  }
  TurnedLine turned{line, {verb->verb, first + verb->last - at}};
  const auto place = [&](std::size_t word) { return turned.line.words.begin() + static_cast<std::ptrdiff_t>(word); };
  std::rotate(place(first), place(at), place(verb->last));
  if (at > objects_end) turned.line.words.erase(place(verb->last - 1));
  return turned;
}

/// Splits "/task_add" and "/claim_T12" into words, and takes "@bot" off. False: the command is another bot's.
bool open_slash(CommandLine& line, std::size_t at, const CommandGrammar::Input& input) {
  const auto& whole = line.words[at];
  const auto whole_end = whole.outer_end;
  auto begin = whole.begin + 1;
  auto name = input.text.substr(begin, whole.end - begin);
  if (const auto sign = name.find('@'); sign != std::string_view::npos) {
    if (!input.bot_names.empty() && !is_bot(fold(name.substr(sign + 1)), input.bot_names)) return false;
    name = name.substr(0, sign);
  }
  std::vector<CommandWord> parts;
  while (!name.empty()) {
    const auto size = std::min(name.find('_'), name.size());
    if (size > 0) {
      CommandWord part;
      part.begin = part.outer_begin = begin;
      part.end = part.outer_end = begin + size;
      part.folded = fold(name.substr(0, size));
      parts.push_back(std::move(part));
    }
    const auto step = std::min(size + 1, name.size());
    name.remove_prefix(step);
    begin += step;
  }
  if (parts.empty()) return false;
  parts.back().outer_end = whole_end;
  line.words.erase(line.words.begin() + static_cast<std::ptrdiff_t>(at));
  line.words.insert(line.words.begin() + static_cast<std::ptrdiff_t>(at), parts.begin(), parts.end());
  return true;
}

bool is_value_list(const VerbSpec& verb) {
  return !verb.arguments.empty() && verb.arguments.back().kind == ArgumentKind::rest && verb.arguments.back().repeated;
}

/// One message on its way through the grammar.
class MessageReader {
 public:
  MessageReader(const CommandGrammar& grammar, const CommandGrammar::Input& input, std::vector<ByteRange> people)
      : grammar_(grammar), input_(input), people_(std::move(people)), lines_(input.text, input.skipped) {}

  std::vector<CommandResult> run(const VerbIndex& index) {
    CommandLine line;
    while (!is_refused_ && next(line)) {
      if (line.quotation) continue;
      const auto start = open_line(index, line);
      if (!start) {
        note_greeting(index, line);
        continue;
      }
      const auto found = index.find(line.words, start->first);
      auto objects_first = found ? std::vector<CommandResult>() : read_objects_first(index, line, *start);
      if (!found && objects_first.empty()) {
        pass_over(index, line, *start);
      } else if (is_full()) {
        refuse_from(line.begin);
      } else if (found) {
        read_command(index, line, *start, *found);
      } else {
        append(std::move(objects_first));
      }
    }
    if (results_.empty() && input_.addressed) {
      if (unknown_) {
        results_.emplace_back(*std::move(unknown_));
      } else if (greeting_) {
        results_.emplace_back(*std::move(greeting_));
      }
    }
    return std::move(results_);
  }

 private:
  struct Start {
    std::size_t first = 0;  // the word at which the verb should stand, or the objects before it
    bool slash = false;
  };

  bool next(CommandLine& line) {
    if (waiting_) {
      line = *std::move(waiting_);
      waiting_.reset();
      return true;
    }
    return lines_.next(line);
  }

  /// Where a line begins to say something; none when it says nothing to this bot.
  std::optional<Start> open_line(const VerbIndex& index, CommandLine& line) const {
    auto& words = line.words;
    const auto polite = trailing_politeness(words, 0);
    std::size_t at = 0;
    while (at + polite < words.size() && (leads_in(words[at]) || mentions_bot(words[at], input_, true))) {
      const auto verb = index.find(words, at);
      if (verb && verb->last > at + 1) break;  // "I take T12"; a greeting alone is for note_greeting
      ++at;
    }
    const auto first = words.begin() + static_cast<std::ptrdiff_t>(at);
    words.erase(std::remove_if(first, words.end(), [&](const auto& word) { return mentions_bot(word, input_, false); }),
                words.end());
    if (at == words.size() || trailing_politeness(words, at) == words.size() - at) return std::nullopt;
    const bool slash = words[at].folded.starts_with('/');
    if (slash && !open_slash(line, at, input_)) return std::nullopt;
    return Start{at, slash};
  }

  /// "Hello!" says nothing in front of something else; where it is all that is said, and a verb, it is answered.
  void note_greeting(const VerbIndex& index, const CommandLine& line) {
    if (greeting_ || line.words.empty()) return;
    const auto found = index.find(line.words, 0);
    if (!found) return;
    greeting_ = ParsedCommand{
        .verb = found->verb, .arguments = {}, .begin = line.words.front().begin, .end = line.words.back().end};
  }

  void pass_over(const VerbIndex& index, const CommandLine& line, const Start& start) {
    if (!input_.addressed) return;
    const auto& word = line.words[start.first];
    const bool first = !unknown_;
    const bool names = std::any_of(line.words.begin() + static_cast<std::ptrdiff_t>(start.first), line.words.end(),
                                   [](const auto& one) { return names_object(one.folded); });
    if (!first && !names && !start.slash) return;
    if (++looked_up_ > CommandGrammar::kMostCommands) return;  // comparing with every verb is dear
    CommandError error{.kind = CommandError::Kind::unknown_verb,
                       .verb = nullptr,
                       .argument = {},
                       .begin = word.begin,
                       .end = word.end,
                       .suggestions = {}};
    const auto near = word.quoted ? std::vector<std::string>{} : near_verbs(line, start.first);
    const bool misspelt = start.slash || (names && !near.empty());
    if (first) {
      error.suggestions = within(index, line, start.first);
      for (const auto& name : near) {
        if (std::find(error.suggestions.begin(), error.suggestions.end(), name) == error.suggestions.end())
          error.suggestions.push_back(name);
      }
      constexpr std::size_t kMost = 3;
      if (error.suggestions.size() > kMost) error.suggestions.resize(kMost);
      unknown_ = error;
    } else {
      error.suggestions = near;
    }
    if (misspelt) results_.emplace_back(std::move(error));
  }

  /// Verbs that look like the first words of the line.
  std::vector<std::string> near_verbs(const CommandLine& line, std::size_t first) const {
    std::vector<std::string> out;
    std::string said;
    for (std::size_t count = 0; count < 2 && first + count < line.words.size(); ++count) {
      const auto& word = line.words[first + count];
      if (word.quoted || word.silent || names_object(word.folded)) break;
      if (!said.empty()) said += ' ';
      said += word.folded;
      for (auto& name : grammar_.suggest(said)) {
        if (std::find(out.begin(), out.end(), name) == out.end()) out.push_back(std::move(name));
      }
    }
    return out;
  }

  /// Verbs that stand somewhere in the line: "could I please claim T12".
  static std::vector<std::string> within(const VerbIndex& index, const CommandLine& line, std::size_t first) {
    constexpr std::size_t kFurthest = 12;
    std::vector<std::string> out;
    for (auto i = first + 1; i < line.words.size() && i < first + kFurthest; ++i) {
      const auto found = index.find(line.words, i);
      if (found && std::find(out.begin(), out.end(), found->verb->name) == out.end())
        out.emplace_back(found->verb->name);
    }
    return out;
  }

  /// What "T1 is done" says. Prose begins so too ("P7 needs a nurse"): only what is understood to the last word counts.
  std::vector<CommandResult> read_objects_first(const VerbIndex& index, const CommandLine& line,
                                                const Start& start) const {
    if (!input_.addressed || start.slash) return {};
    auto turned = with_verb_first(index, input_.text, line, start.first);
    if (!turned) return {};
    auto arguments = arguments_of(turned->line, start, turned->verb);
    arguments.strict = true;
    return fit(index, arguments);
  }

  void read_command(const VerbIndex& index, CommandLine& line, const Start& start, const VerbIndex::Found& found) {
    auto arguments = arguments_of(line, start, found);
    arguments.strict = !input_.addressed && !start.slash;
    if (is_value_list(*found.verb) && !arguments.strict) {
      read_values(index, line.bulleted, arguments.values);
      if (!arguments.values.empty()) arguments.end = arguments.values.back().second;
    }
    append(fit(index, arguments));
  }

  /// The words behind the verb, which are taken out of the line.
  ArgumentInput arguments_of(CommandLine& line, const Start& start, const VerbIndex::Found& found) const {
    const auto first = line.words.begin() + static_cast<std::ptrdiff_t>(start.first);
    ArgumentInput arguments;
    arguments.text = input_.text;
    arguments.verb = found.verb;
    // The verb need not be what was written first, nor its arguments what was written last.
    const auto before = [](const auto& one, const auto& other) { return one.begin < other.begin; };
    arguments.begin = std::min_element(first, line.words.end(), before)->begin;
    arguments.end = std::max_element(first, line.words.end(), before)->outer_end;
    arguments.verb_end = line.words[found.last - 1].end;
    arguments.people = people_;
    arguments.now = input_.now;
    arguments.words.assign(std::make_move_iterator(line.words.begin() + static_cast<std::ptrdiff_t>(found.last)),
                           std::make_move_iterator(line.words.end()));
    return arguments;
  }

  /// What a verb and its arguments say: one thing, or one of each object in "done T1, T2". Where prose may begin so,
  /// all of it is understood or nothing.
  std::vector<CommandResult> fit(const VerbIndex& index, ArgumentInput& arguments) const {
    std::vector<CommandResult> read;
    const auto objects = listed_objects(arguments);
    for (const auto& object : objects) {
      if (results_.size() + read.size() == CommandGrammar::kMostCommands) {
        read.emplace_back(too_many_from(object.begin));
        return read;
      }
      arguments.words = {object};
      read.push_back(fit_arguments(arguments));
    }
    if (objects.empty()) {
      read.push_back(fit_arguments(arguments));
      if (const auto* command = std::get_if<ParsedCommand>(&read.front())) {
        if (auto second = second_command(index, arguments, *command)) read.front() = *std::move(second);
      }
    }
    const bool failed = std::any_of(read.begin(), read.end(),
                                    [](const CommandResult& one) { return std::holds_alternative<CommandError>(one); });
    if (arguments.strict && failed) read.clear();
    return read;
  }

  void append(std::vector<CommandResult> read) {
    for (auto& one : read) {
      const auto* error = std::get_if<CommandError>(&one);
      is_refused_ |= error != nullptr && error->kind == CommandError::Kind::too_many_commands;
      results_.push_back(std::move(one));
    }
  }

  bool is_full() const { return results_.size() >= CommandGrammar::kMostCommands; }

  CommandError too_many_from(std::size_t begin) const {
    return {.kind = CommandError::Kind::too_many_commands,
            .verb = nullptr,
            .argument = {},
            .begin = begin,
            .end = input_.text.size(),
            .suggestions = {}};
  }

  void refuse_from(std::size_t begin) { append({too_many_from(begin)}); }

  /// Lines below a verb that takes a list; the first line that is none of it waits for its own turn.
  void read_values(const VerbIndex& index, bool verb_bulleted, std::vector<ByteRange>& values) {
    bool bulleted_before = false;
    CommandLine line;
    while (lines_.next(line)) {
      if (line.quotation || line.words.empty()) continue;
      const auto begin = line.words.front().outer_begin;
      const auto end = line.words.back().outer_end;
      const bool item = line.bulleted && !verb_bulleted;
      const bool says_nothing =
          trailing_politeness(line.words, 0) == line.words.size() || says_thanks(line.words.front());
      auto opened = line;
      const auto start = item ? std::optional<Start>{} : open_line(index, opened);
      if (!item && (says_nothing || bulleted_before || !start || start->slash ||
                    index.find(opened.words, start->first) || !read_objects_first(index, opened, *start).empty())) {
        waiting_ = std::move(line);
        return;
      }
      bulleted_before |= item;
      values.emplace_back(begin, end);
    }
  }

  static bool says_thanks(const CommandWord& word) { return trailing_politeness({word}, 0) == 1; }

  const CommandGrammar& grammar_;
  const CommandGrammar::Input& input_;
  std::vector<ByteRange> people_;
  CommandLines lines_;
  std::optional<CommandLine> waiting_;
  std::optional<CommandError> unknown_;
  std::optional<ParsedCommand> greeting_;
  std::size_t looked_up_ = 0;
  bool is_refused_ = false;
  std::vector<CommandResult> results_;
};

}  // namespace

CommandGrammar::CommandGrammar(const std::vector<VerbSpec>& verbs) : index_(std::make_unique<VerbIndex>(verbs)) {}
CommandGrammar::~CommandGrammar() = default;
CommandGrammar::CommandGrammar(CommandGrammar&&) noexcept = default;
CommandGrammar& CommandGrammar::operator=(CommandGrammar&&) noexcept = default;

std::vector<CommandResult> CommandGrammar::parse(const Input& input) const {
  auto people = input.people;
  std::erase_if(people,
                [&](const auto& range) { return range.first >= range.second || range.second > input.text.size(); });
  std::sort(people.begin(), people.end());
  return MessageReader(*this, input, std::move(people)).run(*index_);
}

std::vector<std::string> CommandGrammar::suggest(std::string_view word) const {
  std::vector<std::string> out;
  for (const auto& name : nearest(word, index_->names(), index_->names().size())) {
    constexpr std::size_t kMost = 3;
    const std::string verb(index_->named(name)->name);
    if (out.size() < kMost && std::find(out.begin(), out.end(), verb) == out.end()) out.push_back(verb);
  }
  return out;
}

}  // namespace osrbot::language
