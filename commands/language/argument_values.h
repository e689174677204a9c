// Reads one argument at one place in the words of a command.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "commands/language/command_line.h"
#include "commands/language/command_words.h"
#include "commands/language/dates.h"
#include "commands/language/numbers.h"

namespace osrbot::language {

/// A value and the words [first, last) that say it.
struct ReadValue {
  ArgumentValue value;
  std::size_t last = 0;
  std::size_t begin = 0;  ///< bytes in the message
  std::size_t end = 0;
  bool sure = false;  ///< carries its own sign ("T12", "60%", "@ana"): cannot be meant as plain text
  std::vector<std::string> alternatives;  ///< ISO dates, when an ambiguous date was read
};

/// The words of one command with the dates and quantities among them, found once.
class ArgumentReader {
 public:
  /// `people` in ascending order. All references must outlive the reader.
  ArgumentReader(const VerbSpec& verb, std::string_view text, const std::vector<CommandWord>& words,
                 std::span<const ByteRange> people, std::chrono::local_seconds now);

  /// The value of the verb's argument number `spec` that begins at word `at`. `announced`: an introducing word stands
  /// before it, so that forms which alone could mean anything (a number, a bare name) are read as well. Free text is
  /// not read here.
  std::optional<ReadValue> read(std::size_t spec, std::size_t at, bool announced) const;

  /// A whole number in digits or one number word at word `at`: "12", "two".
  std::optional<std::int64_t> bare_number(std::size_t at) const;

  /// Is word `at` a number that argument `spec` cannot be: none of something, "-5%", "150%"?
  bool out_of_range(std::size_t spec, std::size_t at) const;

  /// A name that a project may be registered under, in lower case: "coloai", "#coloai".
  std::optional<ReadValue> slug(std::size_t at) const;

  /// The title of a project, or its beginning: the words from `first` on, at most to `last`, in small letters with one
  /// blank between them ("burns in children"), for prose may follow; a title in quotation marks as its slug.
  std::optional<ReadValue> title(std::size_t first, std::size_t last) const;

  /// A value that the words [first, last) say.
  ReadValue value(ArgumentValue what, std::size_t first, std::size_t last, bool sure) const;

 private:
  struct Feature {
    std::size_t match = 0;  // index + 1 into dates_ or quantities_; 0: none begins at this word
    std::size_t last = 0;
  };

  std::optional<ReadValue> ref(char letter, std::size_t at, bool announced) const;
  std::optional<ReadValue> person(std::size_t at) const;
  std::optional<ReadValue> date(std::size_t at) const;
  std::optional<ReadValue> quantity(ArgumentKind kind, std::size_t at, bool announced) const;
  std::optional<ReadValue> choice(std::size_t spec, std::size_t at) const;
  std::optional<ReadValue> url(std::size_t at) const;
  /// The word that ends where the bytes do; npos when they end within one.
  std::size_t word_ending(std::size_t from, std::size_t end) const;

  const VerbSpec& verb_;
  std::string_view text_;
  const std::vector<CommandWord>& words_;
  const std::span<const ByteRange> people_;
  const std::chrono::local_seconds now_;
  std::vector<std::vector<std::string>> choice_keys_;  // by argument
  std::vector<DateMatch> dates_;
  std::vector<Quantity> quantities_;
  std::vector<Feature> date_at_;      // by word; of the marking word where there is one
  std::vector<Feature> unmarked_at_;  // by word; of the date itself
  std::vector<Feature> quantity_at_;
};

/// Letters and digits of a folded text in runs joined by one blank: "writing – original draft" and
/// "writing-original-draft" are the same choice.
std::string choice_key(std::string_view text);

}  // namespace osrbot::language
