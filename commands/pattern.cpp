#include "commands/pattern.h"

#include <optional>
#include <stdexcept>
#include <string_view>
#include <utility>

#include <fmt/format.h>
#include <unicode/messagepattern.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>

namespace osrbot {
namespace {

using Part = icu::MessagePattern;

/// Stands for an argument among the characters of a message. A noncharacter: no valid pattern holds it.
constexpr char16_t argument_mark = 0xFDD0;

struct PatternError : std::runtime_error {
  using std::runtime_error::runtime_error;
};

std::string utf8(const icu::UnicodeString& text) {
  std::string result;
  text.toUTF8String(result);
  return result;
}

std::u16string_view view(const icu::UnicodeString& text) {
  return {text.getBuffer(), static_cast<std::size_t>(text.length())};
}

/// Reads the markup of one message or branch: `text` with argument_mark where the pieces of `arguments` go, in order.
class Markup {
 public:
  Markup(const icu::UnicodeString& text, Pieces arguments) : text_(text), arguments_(std::move(arguments)) {}

  Pieces read(Span::Style style) {
    const Span::Style outer = style;
    start_line(0, true);
    while (at_ < text_.length()) {
      const char16_t c = text_[at_];
      if (c == u'\\' && at_ + 1 < text_.length()) {
        words_.append(text_[at_ + 1]);
        at_ += 2;
      } else if (c == u'\n') {
        if (style != outer) throw PatternError("a style goes over the end of its line");
        flush(style);
        start_line(at_ + 1, false);
      } else if (const auto marked = style_of(c); marked && style == *marked && closes(c)) {
        flush(style);
        style = outer;
        ++at_;
      } else if (marked && style != Span::Style::code && opens(c)) {
        if (style != Span::Style::plain) throw PatternError("styles do not nest");
        flush(style);
        style = *marked;
        ++at_;
      } else if (c == u'[' && style == Span::Style::plain && link_end() > 0) {
        flush(style);
        read_link();
      } else if (c == argument_mark) {
        flush(style);
        pieces_.push_back(next_argument(style));
        ++at_;
      } else {
        const int32_t end = next_mark(at_ + 1);
        words_.append(text_, at_, end - at_);
        at_ = end;
      }
    }
    if (style != outer) throw PatternError("a style is opened and never closed");
    flush(style);
    return std::move(pieces_);
  }

 private:
  static std::optional<Span::Style> style_of(char16_t c) {
    if (c == u'*') return Span::Style::bold;
    if (c == u'_') return Span::Style::italic;
    if (c == u'`') return Span::Style::code;
    return std::nullopt;
  }

  /// Index of the next character that may be more than itself; the text's length when there is none.
  int32_t next_mark(int32_t from) const {
    const auto at = view(text_).find_first_of(u"\\\n*_`[\uFDD0", static_cast<std::size_t>(from));
    return at == std::u16string_view::npos ? text_.length() : static_cast<int32_t>(at);
  }

  static bool is_space(char16_t c) { return u_isUWhiteSpace(c) != 0; }
  static bool is_word(char16_t c) { return u_isalnum(c) != 0 || c == argument_mark; }
  char16_t before() const { return at_ > 0 ? text_[at_ - 1] : u' '; }
  char16_t after() const { return at_ + 1 < text_.length() ? text_[at_ + 1] : u' '; }

  // As people write: a star or underscore inside a word or between spaces is itself.
  bool opens(char16_t c) const { return c == u'`' || (!is_word(before()) && !is_space(after())); }
  bool closes(char16_t c) const { return c == u'`' || (!is_space(before()) && !is_word(after())); }

  void start_line(int32_t at, bool first) {
    at_ = at;
    const bool item = text_.compare(at_, 2, u"- ") == 0;
    if (item) at_ += 2;
    if (item || !first) pieces_.push_back({LineStart{item ? Block::Kind::item : Block::Kind::paragraph}});
  }

  void flush(Span::Style style) {
    if (words_.isEmpty()) return;
    pieces_.push_back({Words{utf8(words_), style}});
    words_.remove();
  }

  Piece next_argument(Span::Style style) {
    Piece piece = std::move(arguments_.at(used_++));
    restyle(piece, style);
    return piece;
  }

  // The branches of a plural were read before the style around them was known.
  static void restyle(Piece& piece, Span::Style style) {
    if (style == Span::Style::plain) return;
    const auto set = [&](Span::Style& inner) {
      if (inner != Span::Style::plain) throw PatternError("styles do not nest");
      inner = style;
    };
    if (auto* words = std::get_if<Words>(&piece.value)) set(words->style);
    if (auto* placeholder = std::get_if<Placeholder>(&piece.value)) set(placeholder->style);
    if (std::holds_alternative<Link>(piece.value)) throw PatternError("styles do not nest");
    if (std::holds_alternative<LineStart>(piece.value)) throw PatternError("a style goes over the end of its line");
    if (auto* choice = std::get_if<Choice>(&piece.value)) {
      for (Branch& branch : choice->branches) {
        for (Piece& inner : branch.pieces) restyle(inner, style);
      }
    }
  }

  /// Index of the ')' of a link that starts here; -1: a bracket that is itself.
  int32_t link_end() const {
    const int32_t line = text_.indexOf(u'\n', at_);
    const int32_t limit = line < 0 ? text_.length() : line;
    const int32_t middle = text_.indexOf(u"](", 2, at_, limit - at_);
    return middle < 0 ? -1 : text_.indexOf(u')', middle, limit - middle);
  }

  void read_link() {
    const int32_t end = link_end();
    const int32_t middle = text_.indexOf(u"](", 2, at_, end - at_);
    Link link;
    link.label = plain_run(at_ + 1, middle, Span::Style::link);
    link.url = plain_run(middle + 2, end, Span::Style::plain);
    pieces_.push_back({std::move(link)});
    at_ = end + 1;
  }

  Pieces plain_run(int32_t begin, int32_t end, Span::Style style) {
    Pieces run;
    icu::UnicodeString words;
    const auto flush_words = [&] {
      if (!words.isEmpty()) run.push_back({Words{utf8(words), style}});
      words.remove();
    };
    for (int32_t i = begin; i < end; ++i) {
      if (text_[i] != argument_mark) {
        words.append(text_[i]);
        continue;
      }
      flush_words();
      run.push_back(next_argument(style));
    }
    flush_words();
    return run;
  }

  icu::UnicodeString text_;
  Pieces arguments_;
  std::size_t used_ = 0;
  int32_t at_ = 0;
  icu::UnicodeString words_;
  Pieces pieces_;
};

/// Walks ICU's parse of a pattern. A message is [start, limit] of its MSG_START and MSG_LIMIT parts.
class Compiler {
 public:
  explicit Compiler(const icu::MessagePattern& pattern) : pattern_(pattern) {}

  Pieces message(int32_t start, const std::string& plural_argument, double plural_offset) const {
    const int32_t limit = pattern_.getLimitPartIndex(start);
    icu::UnicodeString text;
    Pieces arguments;
    int32_t copied = pattern_.getPart(start).getLimit();
    for (int32_t i = start + 1; i <= limit; ++i) {
      const Part::Part& part = pattern_.getPart(i);
      text.append(pattern_.getPatternString(), copied, part.getIndex() - copied);
      copied = part.getLimit();
      if (part.getType() == UMSGPAT_PART_TYPE_REPLACE_NUMBER) {
        text.append(argument_mark);
        arguments.push_back({Placeholder{.argument = plural_argument, .offset = plural_offset}});
      } else if (part.getType() == UMSGPAT_PART_TYPE_ARG_START) {
        text.append(argument_mark);
        arguments.push_back(argument(i, plural_argument, plural_offset));
        i = pattern_.getLimitPartIndex(i);
        copied = pattern_.getPart(i).getLimit();
      }
    }
    return Markup(text, std::move(arguments)).read(Span::Style::plain);
  }

 private:
  Piece argument(int32_t start, const std::string& plural_argument, double plural_offset) const {
    const UMessagePatternArgType type = pattern_.getPart(start).getArgType();
    const Part::Part& name_part = pattern_.getPart(start + 1);
    if (name_part.getType() != UMSGPAT_PART_TYPE_ARG_NAME) throw PatternError("arguments have names, not numbers");
    const std::string name = utf8(pattern_.getSubstring(name_part));
    if (type == UMSGPAT_ARG_TYPE_NONE) return {Placeholder{.argument = name}};
    if (type != UMSGPAT_ARG_TYPE_PLURAL && type != UMSGPAT_ARG_TYPE_SELECT) {
      throw PatternError(fmt::format("{{{}}}: only plural and select are understood", name));
    }
    Choice choice{.argument = name, .is_plural = type == UMSGPAT_ARG_TYPE_PLURAL};
    int32_t i = start + 2;
    const int32_t limit = pattern_.getLimitPartIndex(start);
    if (choice.is_plural) {
      choice.offset = pattern_.getPluralOffset(i);
      if (Part::Part::hasNumericValue(pattern_.getPartType(i))) ++i;
    }
    while (i < limit) {
      Branch branch{.selector = utf8(pattern_.getSubstring(pattern_.getPart(i++))), .pieces = {}};
      if (Part::Part::hasNumericValue(pattern_.getPartType(i))) ++i;
      branch.pieces = choice.is_plural ? message(i, name, choice.offset) : message(i, plural_argument, plural_offset);
      choice.branches.push_back(std::move(branch));
      i = pattern_.getLimitPartIndex(i) + 1;
    }
    return {std::move(choice)};
  }

  const icu::MessagePattern& pattern_;
};

void collect(const Pieces& pieces, std::set<std::string>& names) {
  for (const Piece& piece : pieces) {
    if (const auto* placeholder = std::get_if<Placeholder>(&piece.value)) names.insert(placeholder->argument);
    if (const auto* link = std::get_if<Link>(&piece.value)) {
      collect(link->label, names);
      collect(link->url, names);
    }
    if (const auto* choice = std::get_if<Choice>(&piece.value)) {
      names.insert(choice->argument);
      for (const Branch& branch : choice->branches) collect(branch.pieces, names);
    }
  }
}

}  // namespace

std::expected<Pieces, std::string> compile_pattern(std::string_view pattern) {
  const auto text = icu::UnicodeString::fromUTF8({pattern.data(), static_cast<int32_t>(pattern.size())});
  for (const char16_t c : view(text)) {
    if ((c < 0x20 && c != u'\n') || (c >= 0x7F && c < 0xA0) || c == argument_mark) {
      return std::unexpected(fmt::format("holds the control character U+{:04X}", static_cast<unsigned>(c)));
    }
  }
  UErrorCode status = U_ZERO_ERROR;
  UParseError place{};
  const icu::MessagePattern parsed(text, &place, status);
  if (U_FAILURE(status)) {
    return std::unexpected(fmt::format("{} near \"{}\"", u_errorName(status),
                                       utf8(icu::UnicodeString(place.preContext) + place.postContext)));
  }
  try {
    return Compiler(parsed).message(0, "", 0);
  } catch (const PatternError& error) {
    return std::unexpected(std::string(error.what()));
  }
}

std::set<std::string> arguments_of(const Pieces& pattern) {
  std::set<std::string> names;
  collect(pattern, names);
  return names;
}

}  // namespace osrbot
