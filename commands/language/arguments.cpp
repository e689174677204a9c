#include "commands/language/arguments.h"

#include <algorithm>
#include <array>
#include <utility>

#include "commands/language/argument_fitter.h"
#include "commands/language/date_words.h"

namespace osrbot::language {
namespace {

/// Words that tie an argument to the sentence and say nothing themselves.
constexpr std::array<std::string_view, 22> kJoining{"to",  "for",  "on",  "about", "at", "by",   "of",    "in",
                                                    "the", "with", "and", "is",    "as", "from", "until", "a",
                                                    "an",  "my",   "it",  "its",   "or", "that"};

}  // namespace

bool joins(const CommandWord& word) {
  return !word.quoted && (word.silent || std::find(kJoining.begin(), kJoining.end(), word.folded) != kJoining.end());
}

bool is_free_text(ArgumentKind kind) {
  return kind == ArgumentKind::text || kind == ArgumentKind::rest;
}

bool is_ref(ArgumentKind kind) {
  return kind == ArgumentKind::project || kind == ArgumentKind::need || kind == ArgumentKind::task ||
         kind == ArgumentKind::credit;
}

CommandResult ArgumentFitter::run() {
  const auto polite = trailing_politeness(words_, 0);
  if (has_rest_) {
    fit_around_rest(polite);
  } else {
    end_ -= polite;
    fit_everywhere();
  }
  take_following_lines();
  if (!error_) check_missing();
  if (!error_) check_left_over();
  if (!error_ && in_.strict) check_strict();
  std::stable_sort(values_.begin(), values_.end(), [](const auto& a, const auto& b) { return a.begin < b.begin; });
  if (error_) {
    error_->understood = std::move(values_);
    return *std::move(error_);
  }
  return ParsedCommand{in_.verb, std::move(values_), in_.begin, in_.end};
}

std::size_t ArgumentFitter::announcing(std::size_t spec, std::size_t at) const {
  std::size_t longest = 0;
  for (const auto phrase : specs_[spec].introduced_by) {
    std::size_t count = 0;
    std::size_t from = 0;
    bool same = true;
    while (same && from < phrase.size()) {
      const auto blank = std::min(phrase.find(' ', from), phrase.size());
      const auto i = at + count++;
      same = i < end_ && !words_[i].quoted && words_[i].folded == phrase.substr(from, blank - from);
      from = blank + 1;
    }
    if (same) longest = std::max(longest, count);
  }
  return longest;
}

std::optional<ArgumentFitter::Found> ArgumentFitter::recognise(std::size_t at) const {
  if (at >= end_ || words_[at].quoted || words_[at].silent) return std::nullopt;
  for (std::size_t spec = 0; spec < specs_.size(); ++spec) {
    if (!open(spec) || is_free_text(specs_[spec].kind)) continue;
    const auto words = announcing(spec, at);
    if (words == 0) continue;
    if (auto read = reader_.read(spec, at + words, true); read && read->last <= end_) {
      read->sure = true;
      return Found{spec, *std::move(read)};
    }
  }
  std::optional<Found> best;
  for (std::size_t spec = 0; spec < specs_.size(); ++spec) {
    if (!open(spec) || is_free_text(specs_[spec].kind)) continue;
    // Where there is free text, "31 March" may well be part of it: the announcing word is then needed.
    if (!specs_[spec].introduced_by.empty() && has_rest_ && !is_ref(specs_[spec].kind)) continue;
    auto read = reader_.read(spec, at, false);
    if (read && read->last <= end_ && (!best || read->last > best->read.last)) best = Found{spec, *std::move(read)};
  }
  return best;
}

bool ArgumentFitter::refuses_number(std::size_t at) {
  for (std::size_t spec = 0; spec < specs_.size(); ++spec) {
    if (!open(spec) || !reader_.out_of_range(spec, at)) continue;
    fail(CommandError::Kind::bad_argument, spec, words_[at].outer_begin, words_[at].end);
    return true;
  }
  return false;
}

bool ArgumentFitter::refuses_day(std::size_t at, std::optional<std::size_t> last) {
  for (std::size_t spec = 0; spec < specs_.size(); ++spec) {
    if (specs_[spec].kind != ArgumentKind::date || !open(spec)) continue;
    const auto first = at + announcing(spec, at);
    const auto second = first + 1;
    if (first == at && !specs_[spec].introduced_by.empty()) continue;
    if (second >= end_ || (last && second + 1 != *last) || reader_.read(spec, first, true)) continue;
    const auto is_month = [&](std::size_t word) { return date_word(words_[word].folded).month > 0; };
    if (!(reader_.bare_number(first) && is_month(second)) && !(is_month(first) && reader_.bare_number(second)))
      continue;
    fail(CommandError::Kind::bad_argument, spec, words_[first].outer_begin, words_[second].end);
    return true;
  }
  return false;
}

void ArgumentFitter::accept(Found found) {
  if (!found.read.alternatives.empty() && !error_) {
    error_ = CommandError{.kind = CommandError::Kind::ambiguous_date,
                          .verb = in_.verb,
                          .argument = std::string(specs_[found.spec].name),
                          .begin = found.read.begin,
                          .end = found.read.end,
                          .suggestions = std::move(found.read.alternatives)};
  }
  filled_[found.spec] = true;
  values_.push_back({specs_[found.spec].name, std::move(found.read.value), found.read.begin, found.read.end});
}

CommandResult fit_arguments(const ArgumentInput& input) {
  return ArgumentFitter(input).run();
}

}  // namespace osrbot::language
