#include "commands/language/command_words.h"

#include <algorithm>
#include <array>
#include <cstdint>

#include "commands/language/text.h"

namespace osrbot::language {
namespace {

constexpr std::array<std::string_view, 22> kThanks{
    "please", "pls",    "plz",      "thanks",    "thank",      "thx",   "ty",  "cheers",
    "merci",  "svp",    "gracias",  "obrigado",  "obrigada",   "favor", "tak", "danke",
    "شكرا",   "धन्यवाद", "shukriya", "dhanyavad", "dhanyavaad", "okay"};
constexpr std::array<std::string_view, 19> kAroundThanks{"a",        "lot",  "so",    "much",     "very", "you", "all",
                                                         "everyone", "team", "again", "many",     "in",   "for", "your",
                                                         "advance",  "help", "por",   "beaucoup", "mange"};
constexpr std::array<std::string_view, 31> kLeadIns{
    "hey",  "hi",   "hello", "ok",   "okay", "dear", "salut", "hola", "hej",   "ola", "bonjour",
    "and",  "then", "so",    "i",    "we",   "id",   "ill",   "you",  "could", "can", "would",
    "will", "may",  "like",  "want", "to",   "let",  "me",    "just", "now"};
constexpr std::array<std::string_view, 8> kEmoticons{":d", ":p", ";d", ";p", "xd", ":o", "<3", "=d"};

template <std::size_t n>
bool is_one_of(const std::array<std::string_view, n>& list, std::string_view word) {
  return std::find(list.begin(), list.end(), word) != list.end();
}

bool is_alphanumeric(char32_t c) {
  const auto kind = char_class(c);
  return kind == CharClass::letter || kind == CharClass::digit || kind == CharClass::mark;
}

/// May begin a word, beside letters and digits: the marks of objects, people and commands, and of "+2".
bool may_begin(char32_t c) {
  return c == '#' || c == U'＃' || c == '@' || c == U'＠' || c == '/' || c == '+' || c == U'×' || is_alphanumeric(c);
}
bool may_end(char32_t c) {
  return c == '%' || c == U'٪' || c == U'％' || c == '+' || is_alphanumeric(c);
}

bool closes(char32_t c) {
  return c == ',' || c == '.' || c == ';' || c == '!' || c == '?' || c == ':' || c == U'،' || c == U'؛' || c == U'؟' ||
         c == U'।' || c == U'。';
}

/// The mark that ends a quotation begun with `c`; 0 when `c` begins none.
char32_t closing_mark(char32_t c) {
  switch (c) {
    case '"':
      return '"';
    case U'“':
      return U'”';
    case U'„':
      return U'“';
    case U'«':
      return U'»';
    case U'»':
      return U'«';
    default:
      return 0;
  }
}

bool is_break(char32_t c) {
  const auto kind = char_class(c);
  return kind == CharClass::space || kind == CharClass::line_break || c < 0x20;
}

void mask_code(std::string_view text, std::vector<ByteRange>& masked) {
  for (std::size_t at = text.find('`'); at != std::string_view::npos; at = text.find('`', at)) {
    const bool fenced = text.substr(at, 3) == "```";
    std::size_t close = 0;
    if (fenced) {
      close = text.find("```", at + 3);
      close = close == std::string_view::npos ? text.size() : close + 3;
    } else {
      close = text.find_first_of("`\n", at + 1);
      if (close == std::string_view::npos) return;  // a lone backtick is an apostrophe that somebody mistyped
      if (text[close] == '\n') {
        at = close;
        continue;
      }
      ++close;
    }
    masked.emplace_back(at, close);
    at = close;
  }
}

std::vector<ByteRange> masked_ranges(std::string_view text, const std::vector<ByteRange>& skipped) {
  std::vector<ByteRange> all;
  for (const auto& [begin, end] : skipped) {
    if (begin < std::min(end, text.size())) all.emplace_back(begin, std::min(end, text.size()));
  }
  mask_code(text, all);
  std::sort(all.begin(), all.end());
  std::vector<ByteRange> merged;
  for (const auto& range : all) {
    if (!merged.empty() && range.first <= merged.back().second) {
      merged.back().second = std::max(merged.back().second, range.second);
    } else {
      merged.push_back(range);
    }
  }
  return merged;
}

/// Scans one line; everything that searches ahead remembers where it failed, so that the time stays linear.
class WordScanner {
 public:
  WordScanner(std::string_view text, std::size_t end, const std::vector<ByteRange>& masked, std::size_t mask)
      : text_(text), end_(end), masked_(masked), mask_(mask) {}

  void scan(std::size_t at, std::vector<CommandWord>& words) {
    while (at < end_) {
      if (const auto behind = behind_mask(at); behind > at) {
        at = behind;
        continue;
      }
      const auto c = decode(text_, at);
      if (is_break(c.value)) {
        at += c.size;
      } else if (const auto close = closing_mark(c.value); close != 0 && quotation(at, c.size, close, words)) {
        at = words.back().outer_end;
      } else {
        at = plain(at, words);
      }
    }
  }

 private:
  /// Where the masked range that holds `at` ends; `at` when there is none.
  std::size_t behind_mask(std::size_t at) {
    while (mask_ < masked_.size() && masked_[mask_].second <= at) ++mask_;
    return mask_ < masked_.size() && masked_[mask_].first <= at ? std::min(masked_[mask_].second, end_) : at;
  }
  std::size_t next_mask() const { return mask_ < masked_.size() ? std::min(masked_[mask_].first, end_) : end_; }

  bool quotation(std::size_t at, std::size_t mark_size, char32_t close, std::vector<CommandWord>& words) {
    if (close == unclosed_) return false;
    std::string mark;
    append_utf8(mark, close);
    const auto limit = next_mask();
    const auto found = text_.substr(0, limit).find(mark, at + mark_size);
    if (found == std::string_view::npos) {
      unclosed_ = close;
      return false;
    }
    CommandWord word;
    word.outer_begin = at;
    word.begin = at + mark_size;
    word.end = found;
    word.outer_end = found + mark.size();
    word.quoted = true;
    words.push_back(std::move(word));
    return true;
  }

  std::size_t plain(std::size_t at, std::vector<CommandWord>& words) {
    CommandWord word;
    word.outer_begin = at;
    const auto limit = next_mask();
    std::size_t first = limit;  // of what remains without punctuation around it
    std::size_t last = at;
    while (at < limit) {
      const auto c = decode(text_, at);
      if (is_break(c.value)) break;
      if (c.value == ',' && last > first && at + 1 < limit && splits_before(at + 1) && !is_address(first)) {
        at += c.size;  // "T12,T13" are two words, "1,5" is one
        break;
      }
      if (first == limit && may_begin(c.value)) first = at;
      if (first != limit && may_end(c.value)) last = at + c.size;
      at += c.size;
    }
    word.outer_end = at;
    const auto whole = text_.substr(word.outer_begin, at - word.outer_begin);
    word.silent = first == limit || last <= first || (whole.size() == 2 && is_one_of(kEmoticons, fold(whole)));
    word.begin = word.silent ? word.outer_begin : first;
    word.end = word.silent ? word.outer_end : last;
    if (!word.silent) {
      word.folded = fold(text_.substr(word.begin, word.end - word.begin));
      word.closes_clause = word.end < word.outer_end && closes(decode(text_, word.end).value);
    } else {
      word.closes_clause = closes(decode(text_, word.begin).value);
    }
    words.push_back(std::move(word));
    return at;
  }

  bool is_address(std::size_t at) const {
    return text_.substr(at, 7) == "http://" || text_.substr(at, 8) == "https://";
  }

  bool splits_before(std::size_t at) const {
    const auto c = decode(text_, at).value;
    return c == '#' || c == '@' || char_class(c) == CharClass::letter;
  }

  std::string_view text_;
  std::size_t end_;
  const std::vector<ByteRange>& masked_;
  std::size_t mask_;
  char32_t unclosed_ = 0;
};

/// How many bytes of a bullet, its blank included, begin the line at `at`.
std::size_t bullet_size(std::string_view line) {
  const auto blank = line.find_first_of(" \t");
  if (blank == std::string_view::npos || blank > 4) return 0;
  const auto mark = line.substr(0, blank);
  if (mark == "-" || mark == "*" || mark == "•" || mark == "–" || mark == "—" || mark == "·") return blank + 1;
  const bool numbered = mark.size() >= 2 && mark.size() <= 3 && (mark.back() == '.' || mark.back() == ')') &&
                        mark.find_first_not_of("0123456789") == mark.size() - 1;
  return numbered ? blank + 1 : 0;
}

}  // namespace

CommandLines::CommandLines(std::string_view text, const std::vector<ByteRange>& skipped)
    : text_(text), masked_(masked_ranges(text, skipped)) {}

bool CommandLines::next(CommandLine& line) {
  while (at_ < text_.size()) {
    auto begin = at_;
    auto end = begin;
    std::size_t break_size = 0;
    while (end < text_.size() && break_size == 0) {
      const auto c = decode(text_, end);
      if (char_class(c.value) == CharClass::line_break) {
        break_size = c.size;
      } else {
        end += c.size;
      }
    }
    at_ = end + break_size;
    while (begin < end && is_break(decode(text_, begin).value)) begin += decode(text_, begin).size;
    if (begin == end) continue;
    while (mask_ < masked_.size() && masked_[mask_].second <= begin) ++mask_;

    line = CommandLine{};
    line.begin = begin;
    line.end = end;
    line.quotation = text_[begin] == '>' || text_.substr(begin, 4) == "&gt;" ||
                     (mask_ < masked_.size() && masked_[mask_].first <= begin);
    if (line.quotation) return true;
    const auto bullet = bullet_size(text_.substr(begin, end - begin));
    line.bulleted = bullet > 0;
    WordScanner(text_, end, masked_, mask_).scan(begin + bullet, line.words);
    return true;
  }
  return false;
}

std::size_t trailing_politeness(const std::vector<CommandWord>& words, std::size_t first) {
  std::size_t cut = words.size();
  for (std::size_t i = words.size(); i > first;) {
    const auto& word = words[--i];
    if (word.silent || (!word.quoted && is_one_of(kThanks, word.folded))) {
      cut = i;
    } else if (word.quoted || !is_one_of(kAroundThanks, word.folded)) {
      break;
    }
  }
  return words.size() - cut;
}

bool leads_in(const CommandWord& word) {
  return word.silent || (!word.quoted && (is_one_of(kLeadIns, word.folded) || is_one_of(kThanks, word.folded)));
}

}  // namespace osrbot::language
