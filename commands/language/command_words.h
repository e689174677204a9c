// A message as the command grammar sees it: lines of words, with code, quotations and politeness known for what they
// are.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace osrbot::language {

using ByteRange = std::pair<std::size_t, std::size_t>;

/// What stands between two spaces, or between a pair of quotation marks.
struct CommandWord {
  std::size_t begin = 0;  ///< bytes in the message, without punctuation and marks around it
  std::size_t end = 0;
  std::size_t outer_begin = 0;  ///< with them
  std::size_t outer_end = 0;
  std::string folded;          ///< as text.h folds: digits of any script are 0-9
  bool quoted = false;         ///< stood in quotation marks; `folded` is then empty
  bool silent = false;         ///< holds no letter and no digit, or is an emoticon: ":)", "👍", "-"
  bool closes_clause = false;  ///< a comma, full stop or the like follows directly
};

struct CommandLine {
  std::size_t begin = 0;  ///< bytes in the message
  std::size_t end = 0;
  bool quotation = false;  ///< starts with '>' or inside code or a quoted range: never a command
  bool bulleted = false;   ///< started with "- ", "* ", "• ", "1. " or "1) ", which is not among the words
  std::vector<CommandWord> words;
};

/// Walks through the lines of a message. Bytes in `skipped`, in ``` blocks and in `inline code` belong to no word.
class CommandLines {
 public:
  CommandLines(std::string_view text, const std::vector<ByteRange>& skipped);
  /// The next line that is not blank; false at the end.
  bool next(CommandLine& line);

 private:
  void scan_words(CommandLine& line) const;

  std::string_view text_;
  std::vector<ByteRange> masked_;  // sorted, disjoint
  std::size_t at_ = 0;
  std::size_t mask_ = 0;  // the first masked range that may touch what follows at_
};

/// How many of the last words are thanks, "please", emoji and the like: "claim T12 please, thanks a lot :)" ends in 5.
std::size_t trailing_politeness(const std::vector<CommandWord>& words, std::size_t first);

/// May the word stand before the verb of a command: "hey", "please", the words of "could you" and "I would like to"?
bool leads_in(const CommandWord& word);

}  // namespace osrbot::language
