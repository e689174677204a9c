// A message as one text with styled ranges: the form in which it is measured and split.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "adapters/message.h"

namespace osrbot::telegram {

struct StyledText {
  /// A range of the text that has a style; plain ranges are not listed. In order, not overlapping, not empty.
  struct Run {
    std::size_t begin = 0;
    std::size_t end = 0;
    Span::Style style = Span::Style::plain;
    std::string target;

    /// Has to stay whole when the text is split.
    bool is_atomic() const { return style == Span::Style::link || style == Span::Style::mention; }
  };

  std::string text;  ///< what the reader sees, valid UTF-8
  std::vector<Run> runs;

  /// Adds text, made valid UTF-8, in a style. A style that Telegram cannot show (a mention of what is no user, an empty
  /// link) becomes plain.
  void add(Span::Style style, std::string_view words, const std::string& target = {});
};

/// The blocks of a message, one after the other.
StyledText styled_text(const std::vector<Block>& blocks);

/// The number of UTF-16 units.
std::size_t utf16_length(std::string_view utf8);

/// Where to cut: ranges that leave out blanks at the cuts, each of at most `most_units` UTF-16 units and `most_runs`
/// runs. Empty when the text is blank.
std::vector<std::pair<std::size_t, std::size_t>> split(const StyledText& styled, std::size_t most_units,
                                                       std::size_t most_runs);

}  // namespace osrbot::telegram
