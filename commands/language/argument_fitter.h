// The work of fit_arguments, see arguments.h: one object fits the words of one command.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "commands/language/argument_values.h"
#include "commands/language/arguments.h"
#include "commands/language/command_line.h"

namespace osrbot::language {

/// Does the word only tie an argument to the sentence ("to", "about", "the")?
bool joins(const CommandWord& word);

/// P7, N5, T12
bool is_ref(ArgumentKind kind);

/// text, rest
bool is_free_text(ArgumentKind kind);

class ArgumentFitter {
 public:
  explicit ArgumentFitter(const ArgumentInput& input)
      : in_(input),
        specs_(input.verb->arguments),
        words_(input.words),
        reader_(*input.verb, input.text, input.words, input.people, input.now),
        filled_(specs_.size(), false),
        end_(input.words.size()) {
    for (const auto& spec : specs_) {
      has_rest_ |= spec.kind == ArgumentKind::rest;
      has_text_ |= spec.kind == ArgumentKind::text;
    }
  }

  CommandResult run();

 private:
  struct Run {  // words of free text
    std::size_t first = 0;
    std::size_t last = 0;
    std::optional<std::size_t> spec;  // announced
    bool taken = false;
  };
  struct Found {
    std::size_t spec = 0;
    ReadValue read;
  };

  bool open(std::size_t spec) const { return !filled_[spec] || specs_[spec].repeated; }

  /// How many words from `at` on announce argument `spec`; 0: they do not.
  std::size_t announcing(std::size_t spec, std::size_t at) const;

  /// The argument that begins at word `at`, if one does.
  std::optional<Found> recognise(std::size_t at) const;

  void accept(Found found);

  /// Fails where a number stands that can be meant for an open argument, and that it cannot be: "0 nurses", "-5%".
  bool refuses_number(std::size_t at);

  /// Fails where a day stands that no month has: "31 February", behind the words that announce it if the argument has
  /// such. With `last`, only if it ends there.
  bool refuses_day(std::size_t at, std::optional<std::size_t> last = std::nullopt);

  // --- verbs without `rest`: arguments anywhere, free text between them

  void fit_everywhere();

  /// "a statistician" is one, where a count is asked for.
  bool counts_one(std::size_t at);

  /// Drops words that only led to the argument behind the run: "statisticians for P7".
  void trim_run();

  /// Must the first word be a project's name, since a project is required and not referred to?
  bool names_project_first() const;

  std::optional<std::size_t> text_announced_at(std::size_t at) const;

  /// The text argument that the words right before a quotation announce.
  std::optional<std::size_t> announced_text(std::size_t at) const;

  bool number_fits() const;
  bool takes_number(std::size_t spec) const;

  void accept_number(std::size_t spec, std::size_t at);

  /// Plain numbers go to the arguments that take one, in their order. Fewer numbers than that: to the required ones, or
  /// to the only one; a number before a word that it can count is a count.
  void give_out_numbers();

  bool accept_if_fits(std::size_t spec, std::size_t at);

  bool counts_text(std::size_t at) const;

  void ask_about_number(std::size_t at, const std::vector<std::size_t>& fitting);

  /// A project by its name: the first word that nothing else took.
  void give_out_slug();

  void give_out_text();

  void take_text(std::size_t spec, Run& run);

  // --- verbs with `rest`: arguments before it and behind it, one piece of text between

  void fit_around_rest(std::size_t polite);

  std::size_t fit_head();

  /// Before text a plain number is a required reference or a count; a percentage only when nothing can follow that it
  /// would count ("progress T12 20 papers read").
  bool number_fits_in_head(std::size_t at) const;

  bool slug_in_head();

  /// Takes arguments from the end of the line backwards; returns where the text before them ends.
  std::size_t fit_tail(std::size_t head);

  /// Thanks behind a comma are none of the text, the last word of "write a note of thanks" is.
  bool keeps_politeness(std::size_t head, std::size_t polite) const;

  /// Inside the text, only what carries its own sign and is the only one of its kind is read, and it stays in the text.
  void read_within(std::size_t head, std::size_t tail);

  void take_rest(std::size_t head, std::size_t tail);

  void take_following_lines();

  // --- errors

  void fail(CommandError::Kind kind, std::size_t spec, std::size_t begin, std::size_t end,
            std::vector<std::string> suggestions = {});

  std::vector<const Run*> left_over() const;
  std::string_view said(const Run& run) const;

  void check_missing();

  /// In text that went to another argument: a word with a digit where a reference is missing.
  const CommandWord* wrong_ref(std::size_t spec) const;

  std::vector<std::string> corrections(std::size_t spec, const Run& run) const;

  /// The choice that is still open and that these words are nearly one of.
  std::optional<std::size_t> misspells_choice(const Run& run) const;

  /// Prose behind the arguments is tolerated; what looks like a value, or like a misspelt choice, is not passed over,
  /// nor what stands in the place of the only value.
  void check_left_over();

  /// The argument that prose was meant as, where the verb asks for values and none was understood.
  std::optional<std::size_t> value_not_understood() const;

  void check_strict();

  const ArgumentInput& in_;
  const std::vector<ArgumentSpec>& specs_;
  const std::vector<CommandWord>& words_;
  ArgumentReader reader_;
  std::vector<bool> filled_;
  std::vector<ParsedArgument> values_;
  std::vector<Run> runs_;
  std::vector<std::size_t> numbers_;  // words that are plain numbers and wait for an argument
  std::optional<CommandError> error_;
  std::size_t end_;
  bool has_rest_ = false;
  bool has_text_ = false;
  bool plain_text_ = false;
};

}  // namespace osrbot::language
