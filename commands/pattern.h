// A message of the catalogue, compiled once: ICU MessageFormat syntax with light markup around it. Markup is read from
// the pattern alone, before any argument is known, so that nothing a person writes can become markup, a link or a
// mention.
#pragma once

#include <expected>
#include <set>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "adapters/message.h"

namespace osrbot {

struct Piece;
using Pieces = std::vector<Piece>;

/// Words of the pattern.
struct Words {
  std::string text;
  Span::Style style = Span::Style::plain;
};

/// The place of an argument. `offset` is subtracted from a number: ICU's `offset:` of the plural around a `#`.
struct Placeholder {
  std::string argument;
  Span::Style style = Span::Style::plain;
  double offset = 0;
};

/// One case of a choice: `selector` is a plural category, a value, or `=N` for an exact number.
struct Branch {
  std::string selector;
  Pieces pieces;
};

/// ICU's plural or select: one of `branches` by the argument's number or text.
struct Choice {
  std::string argument;
  bool is_plural = false;
  double offset = 0;
  std::vector<Branch> branches = {};
};

struct Link {
  Pieces label;
  Pieces url;
};

/// The start of a new paragraph or entry of a list.
struct LineStart {
  Block::Kind kind = Block::Kind::paragraph;
};

struct Piece {
  std::variant<Words, Placeholder, Choice, Link, LineStart> value;
};

/// Compiles a pattern (UTF-8). Arguments, plural and select are ICU's:
/// https://unicode-org.github.io/icu/userguide/format_parse/messages/
/// An empty text chooses the branch `none` of a select: `{note, select, none {} other {Note: {note}}}`.
/// Markup: `*bold*`, `_italic_`, code between backticks, `[label](url)`, a new line for a new paragraph, "- " at a
/// line's start for an entry of a list, a backslash before a character that is to stay itself. Styles do not nest; each
/// branch of a plural or select closes what it opens. The error says what is wrong, in one line.
std::expected<Pieces, std::string> compile_pattern(std::string_view pattern);

/// Names of the arguments that a pattern uses.
std::set<std::string> arguments_of(const Pieces& pattern);

}  // namespace osrbot
