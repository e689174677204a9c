// A message as one text with styled ranges: the form in which a platform's renderer measures and splits it.
#pragma once

#include <cstddef>
#include <limits>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "adapters/message.h"

namespace osrbot {

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

  /// Adds text, made valid UTF-8 and without control characters, in a style.
  void add(Span::Style style, std::string_view words, const std::string& target = {});
};

/// What a platform can show as a link or a mention; what it cannot becomes plain text.
struct Targets {
  bool (*is_link)(std::string_view url) = nullptr;
  bool (*is_user)(std::string_view id) = nullptr;
};

/// The blocks of a message, one after the other.
StyledText styled_text(const std::vector<Block>& blocks, const Targets& targets);

/// The UTF-16 units of the character that `lead` is the first byte of; 0 for the other bytes of a character.
std::size_t utf16_units(char lead);

/// The number of UTF-16 units.
std::size_t utf16_length(std::string_view utf8);

/// How much a platform takes at once.
struct PartLimits {
  std::size_t most_units = 0;
  std::size_t most_runs = std::numeric_limits<std::size_t>::max();
  std::size_t (*units)(char lead) = utf16_units;  ///< what a character costs, by its first byte
};

/// Where to cut: ranges that leave out blanks at the cuts, each within the limits. Parts end between paragraphs where
/// that leaves them reasonably full, else between lines, sentences, words, and never inside a grapheme; what is atomic
/// stays whole unless it alone is too long. Empty when the text is blank.
std::vector<std::pair<std::size_t, std::size_t>> split(const StyledText& styled, const PartLimits& limits);

/// Walks through the text from `begin` to `end` in pieces of one style: calls `piece(style, words, target)` for each.
template <typename Piece>
void each_piece(const StyledText& styled, std::size_t begin, std::size_t end, Piece piece) {
  static const std::string no_target;
  const std::string_view text = styled.text;
  const auto plain = [&](std::size_t from, std::size_t to) {
    if (from < to) piece(Span::Style::plain, text.substr(from, to - from), no_target);
  };
  std::size_t done = begin;
  for (const auto& run : styled.runs) {
    if (run.end <= begin) continue;
    if (run.begin >= end) break;
    const auto from = run.begin < begin ? begin : run.begin;
    const auto to = run.end < end ? run.end : end;
    plain(done, from);
    piece(run.style, text.substr(from, to - from), run.target);
    done = to;
  }
  plain(done, end);
}

}  // namespace osrbot
