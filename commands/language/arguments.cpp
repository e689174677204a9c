#include "commands/language/arguments.h"

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

#include "commands/language/argument_values.h"
#include "commands/language/spelling.h"
#include "commands/language/text.h"

namespace osrbot::language {
namespace {

/// Words that tie an argument to the sentence and say nothing themselves.
constexpr std::array<std::string_view, 22> kJoining{"to",  "for",  "on",  "about", "at", "by",   "of",    "in",
                                                    "the", "with", "and", "is",    "as", "from", "until", "a",
                                                    "an",  "my",   "it",  "its",   "or", "that"};

bool joins(const CommandWord& word) {
  return !word.quoted && (word.silent || std::find(kJoining.begin(), kJoining.end(), word.folded) != kJoining.end());
}

bool is_ref(ArgumentKind kind) {
  return kind == ArgumentKind::project || kind == ArgumentKind::need || kind == ArgumentKind::task;
}
bool is_free_text(ArgumentKind kind) {
  return kind == ArgumentKind::text || kind == ArgumentKind::rest;
}

/// Does a left-over word look like a value rather than like prose?
bool looks_typed(const CommandWord& word) {
  return word.folded.find_first_of("0123456789@#%") != std::string::npos;
}

class Fitter {
 public:
  explicit Fitter(const ArgumentInput& input)
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

  CommandResult run() {
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
    if (error_) return *std::move(error_);
    std::stable_sort(values_.begin(), values_.end(), [](const auto& a, const auto& b) { return a.begin < b.begin; });
    return ParsedCommand{in_.verb, std::move(values_), in_.begin, in_.end};
  }

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
  std::size_t announcing(std::size_t spec, std::size_t at) const {
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

  /// The argument that begins at word `at`, if one does.
  std::optional<Found> recognise(std::size_t at) const {
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

  void accept(Found found) {
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

  // --- verbs without `rest`: arguments anywhere, free text between them
  // -------------------------------------------------

  void fit_everywhere() {
    bool in_run = false;
    for (std::size_t at = 0; at < end_;) {
      if (auto found = recognise(at)) {
        if (in_run) trim_run();
        in_run = false;
        at = found->read.last;
        accept(*std::move(found));
        continue;
      }
      if (words_[at].quoted) {
        runs_.push_back({at, at + 1, announced_text(at), false});
        in_run = false;
        ++at;
        continue;
      }
      const bool before_value = recognise(at + 1).has_value();
      const bool behind_name = in_run && at == 1 && names_project_first();
      if (number_fits() && reader_.bare_number(at) && (!in_run || behind_name || at + 1 == end_ || before_value)) {
        numbers_.push_back(at++);
        in_run = false;
        continue;
      }
      if (!in_run && (joins(words_[at]) && (before_value || at + 1 == end_ || reader_.bare_number(at + 1)))) {
        ++at;
        continue;
      }
      if (const auto spec = text_announced_at(at)) {
        if (in_run) trim_run();
        const auto first = at + announcing(*spec, at);
        at = first;
        in_run = first < end_ && !words_[first].quoted;
        if (in_run) runs_.push_back({first, ++at, spec, false});
        continue;
      }
      if (in_run) {
        runs_.back().last = ++at;
      } else {
        runs_.push_back({at, at + 1, std::nullopt, false});
        in_run = true;
        ++at;
      }
    }
    give_out_numbers();
    give_out_slug();
    give_out_text();
  }

  /// Drops words that only led to the argument behind the run: "statisticians for P7".
  void trim_run() {
    auto& run = runs_.back();
    while (run.last > run.first && joins(words_[run.last - 1])) --run.last;
    if (run.last == run.first) runs_.pop_back();
  }

  /// Must the first word be a project's name, since a project is required and not referred to?
  bool names_project_first() const {
    for (std::size_t spec = 0; spec < specs_.size(); ++spec) {
      if (specs_[spec].kind != ArgumentKind::project || !specs_[spec].required || filled_[spec]) continue;
      for (std::size_t at = 1; at < end_; ++at) {
        if (reader_.read(spec, at, announcing(spec, at) > 0)) return false;
      }
      return reader_.slug(0).has_value();
    }
    return false;
  }

  std::optional<std::size_t> text_announced_at(std::size_t at) const {
    for (std::size_t spec = 0; spec < specs_.size(); ++spec) {
      if (specs_[spec].kind == ArgumentKind::text && open(spec) && announcing(spec, at) > 0) return spec;
    }
    return std::nullopt;
  }

  /// The text argument that the words right before a quotation announce.
  std::optional<std::size_t> announced_text(std::size_t at) const {
    for (std::size_t back = 1; back <= 3 && back <= at; ++back) {
      const auto spec = text_announced_at(at - back);
      if (spec && announcing(*spec, at - back) == back) return spec;
    }
    return std::nullopt;
  }

  bool number_fits() const {
    std::size_t fitting = 0;
    for (std::size_t spec = 0; spec < specs_.size(); ++spec) {
      if (!takes_number(spec)) continue;
      if (specs_[spec].repeated) return true;
      ++fitting;
    }
    return fitting > numbers_.size();
  }
  bool takes_number(std::size_t spec) const {
    const auto kind = specs_[spec].kind;
    return open(spec) && (is_ref(kind) || kind == ArgumentKind::count || kind == ArgumentKind::percentage);
  }

  void accept_number(std::size_t spec, std::size_t at) {
    const auto number = *reader_.bare_number(at);
    ArgumentValue value = number;
    switch (specs_[spec].kind) {
      case ArgumentKind::project:
        value = Ref{'P', number};
        break;
      case ArgumentKind::need:
        value = Ref{'N', number};
        break;
      case ArgumentKind::task:
        value = Ref{'T', number};
        break;
      case ArgumentKind::percentage:
        value = static_cast<double>(number);
        break;
      default:
        break;
    }
    accept({spec,
            {.value = std::move(value),
             .last = at + 1,
             .begin = words_[at].begin,
             .end = words_[at].end,
             .sure = false,
             .alternatives = {}}});
  }

  /// Plain numbers go to the arguments that take one, in their order. Fewer numbers than that: to the required ones, or
  /// to the only one; a number before a word that it can count is a count.
  void give_out_numbers() {
    std::vector<std::size_t> fitting;
    for (std::size_t spec = 0; spec < specs_.size(); ++spec) {
      if (takes_number(spec)) fitting.push_back(spec);
    }
    if (numbers_.size() < fitting.size()) {
      const auto count = std::find_if(fitting.begin(), fitting.end(),
                                      [&](auto spec) { return specs_[spec].kind == ArgumentKind::count; });
      if (numbers_.size() == 1 && count != fitting.end() && counts_text(numbers_.front())) {
        fitting = {*count};
      } else {
        std::vector<std::size_t> required;
        std::copy_if(fitting.begin(), fitting.end(), std::back_inserter(required),
                     [&](auto spec) { return specs_[spec].required && !filled_[spec]; });
        if (required.size() >= numbers_.size() && !required.empty()) {
          fitting = std::move(required);
        } else if (!numbers_.empty()) {
          return ask_about_number(numbers_.front(), fitting);
        }
      }
    }
    std::size_t next = 0;
    for (const auto at : numbers_) {
      while (next + 1 < fitting.size() && !open(fitting[next])) ++next;
      if (next < fitting.size() && open(fitting[next]) && accept_if_fits(fitting[next], at)) {
        if (!specs_[fitting[next]].repeated || next + 1 < fitting.size()) ++next;
      } else {
        runs_.push_back({at, at + 1, std::nullopt, false});
      }
    }
    numbers_.clear();
  }

  bool accept_if_fits(std::size_t spec, std::size_t at) {
    if (specs_[spec].kind == ArgumentKind::percentage && *reader_.bare_number(at) > 100) return false;
    accept_number(spec, at);
    return true;
  }

  bool counts_text(std::size_t at) const {
    return std::any_of(runs_.begin(), runs_.end(), [&](const Run& run) { return run.first == at + 1; });
  }

  void ask_about_number(std::size_t at, const std::vector<std::size_t>& fitting) {
    const auto number = std::to_string(*reader_.bare_number(at));
    std::vector<std::string> readings;
    for (const auto spec : fitting) {
      switch (specs_[spec].kind) {
        case ArgumentKind::project:
          readings.push_back("P" + number);
          break;
        case ArgumentKind::need:
          readings.push_back("N" + number);
          break;
        case ArgumentKind::task:
          readings.push_back("T" + number);
          break;
        case ArgumentKind::percentage:
          readings.push_back(number + "%");
          break;
        default:
          readings.push_back(number + "x");
          break;
      }
    }
    fail(CommandError::Kind::ambiguous_number, fitting.front(), words_[at].begin, words_[at].end, std::move(readings));
  }

  /// A project by its name: the first word that nothing else took.
  void give_out_slug() {
    if (runs_.empty() || runs_.front().spec || words_[runs_.front().first].quoted) return;
    for (std::size_t spec = 0; spec < specs_.size(); ++spec) {
      if (specs_[spec].kind != ArgumentKind::project || filled_[spec] || !(specs_[spec].required || !has_text_))
        continue;
      auto& run = runs_.front();
      if (run.first != 0 || (!specs_[spec].required && misspells_choice(run))) return;
      if (auto read = reader_.slug(run.first)) {
        accept({spec, *std::move(read)});
        if (++run.first == run.last) runs_.erase(runs_.begin());
      }
      return;
    }
  }

  void give_out_text() {
    std::sort(runs_.begin(), runs_.end(), [](const Run& a, const Run& b) { return a.first < b.first; });
    for (auto& run : runs_) {
      if (run.spec && open(*run.spec)) take_text(*run.spec, run);
    }
    for (auto& run : runs_) {
      if (run.taken) continue;
      for (std::size_t spec = 0; spec < specs_.size() && !run.taken; ++spec) {
        const bool announced_only = !specs_[spec].introduced_by.empty() && !specs_[spec].required;
        if (specs_[spec].kind == ArgumentKind::text && open(spec) && !announced_only) take_text(spec, run);
      }
    }
  }

  void take_text(std::size_t spec, Run& run) {
    run.taken = true;
    plain_text_ |= !words_[run.first].quoted;
    const auto begin = words_[run.first].begin;
    const auto end = words_[run.last - 1].end;
    accept({spec,
            {.value = std::string(in_.text.substr(begin, end - begin)),
             .last = run.last,
             .begin = begin,
             .end = end,
             .sure = false,
             .alternatives = {}}});
  }

  // --- verbs with `rest`: arguments before it and behind it, one piece of text between
  // ------------------------------------

  void fit_around_rest(std::size_t polite) {
    const auto all = end_;
    end_ = all - polite;
    auto head = fit_head();
    auto tail = fit_tail(head);
    if (tail == end_ && keeps_politeness(head, polite)) tail = all;
    end_ = all;
    if (head < tail) {
      read_within(head, tail);
      take_rest(head, tail);
    }
    end_ = tail;
  }

  std::size_t fit_head() {
    std::size_t at = 0;
    while (at < end_) {
      if (auto found = recognise(at)) {
        at = found->read.last;
        accept(*std::move(found));
      } else if (number_fits_in_head(at)) {
        numbers_.push_back(at++);
      } else if (at == 0 && slug_in_head()) {
        ++at;
      } else if (joins(words_[at]) && recognise(at + 1)) {
        ++at;
      } else {
        break;
      }
    }
    give_out_numbers();
    runs_.clear();  // numbers that fit nowhere cannot be here: number_fits_in_head
    return at;
  }

  /// Before text a plain number is a required reference or a count; a percentage only when nothing can follow that it
  /// would count ("progress T12 20 papers read").
  bool number_fits_in_head(std::size_t at) const {
    const auto number = reader_.bare_number(at);
    if (!number) return false;
    std::size_t fitting = 0;
    for (std::size_t spec = 0; spec < specs_.size(); ++spec) {
      if (!takes_number(spec)) continue;
      const auto kind = specs_[spec].kind;
      if (is_ref(kind) && !specs_[spec].required) continue;
      if (kind == ArgumentKind::percentage && (*number > 100 || (at + 1 < end_ && !recognise(at + 1)))) continue;
      if (specs_[spec].repeated) return true;
      ++fitting;
    }
    return fitting > numbers_.size();
  }

  bool slug_in_head() {
    for (std::size_t spec = 0; spec < specs_.size(); ++spec) {
      if (specs_[spec].kind != ArgumentKind::project || !specs_[spec].required || filled_[spec]) continue;
      auto read = reader_.slug(0);
      if (!read) return false;
      accept({spec, *std::move(read)});
      return true;
    }
    return false;
  }

  /// Takes arguments from the end of the line backwards; returns where the text before them ends.
  std::size_t fit_tail(std::size_t head) {
    constexpr std::size_t kLongestArgument = 10;  // words: "by the end of next month at 9 am"
    auto tail = end_;
    for (bool again = true; again && tail > head;) {
      again = false;
      const auto lowest = tail - head > kLongestArgument ? tail - kLongestArgument : head;
      for (auto at = lowest; at < tail; ++at) {
        auto found = recognise(at);
        if (!found || found->read.last != tail) continue;
        const bool part_of_sentence = at > head && joins(words_[at - 1]) && !words_[at - 1].silent;
        if (part_of_sentence) return tail;  // "compare with P7": read where it stands
        accept(*std::move(found));
        tail = at;
        again = true;
        break;
      }
    }
    return tail;
  }

  /// Thanks behind a comma are none of the text, the last word of "write a note of thanks" is.
  bool keeps_politeness(std::size_t head, std::size_t polite) const {
    if (polite == 0 || end_ == head) return false;
    return !words_[end_ - 1].closes_clause && !words_[end_].silent && words_[end_].folded != "please" &&
           words_[end_].folded != "pls";
  }

  /// Inside the text, only what carries its own sign and is the only one of its kind is read, and it stays in the text.
  void read_within(std::size_t head, std::size_t tail) {
    std::vector<std::vector<Found>> found(specs_.size());
    for (auto at = head; at < tail; ++at) {
      if (auto argument = recognise(at); argument && argument->read.last <= tail) {
        const auto last = argument->read.last;
        const bool dated = specs_[argument->spec].kind == ArgumentKind::date;
        if (argument->read.sure || dated) found[argument->spec].push_back(*std::move(argument));
        at = last - 1;
      }
    }
    for (auto& same : found) {
      if (same.size() == 1) accept(std::move(same.front()));
    }
  }

  void take_rest(std::size_t head, std::size_t tail) {
    while (head < tail && words_[head].silent && !words_[head].quoted) ++head;  // "T12: - text"
    if (head == tail) return;
    for (std::size_t spec = 0; spec < specs_.size(); ++spec) {
      if (specs_[spec].kind != ArgumentKind::rest || filled_[spec]) continue;
      const bool one_quotation = tail - head == 1 && words_[head].quoted;
      plain_text_ |= !one_quotation;
      const auto begin = one_quotation ? words_[head].begin : words_[head].outer_begin;
      auto end = one_quotation ? words_[head].end : words_[tail - 1].outer_end;
      if (!one_quotation && tail < in_.words.size() && in_.text[end - 1] == ',') --end;
      accept({spec,
              {.value = std::string(in_.text.substr(begin, end - begin)),
               .last = tail,
               .begin = begin,
               .end = end,
               .sure = false,
               .alternatives = {}}});
      return;
    }
  }

  void take_following_lines() {
    for (const auto& [begin, end] : in_.values) {
      plain_text_ = true;
      filled_[specs_.size() - 1] = true;
      values_.push_back({specs_.back().name, std::string(in_.text.substr(begin, end - begin)), begin, end});
    }
  }

  // --- errors
  // -------------------------------------------------------------------------------------------------------------

  void fail(CommandError::Kind kind, std::size_t spec, std::size_t begin, std::size_t end,
            std::vector<std::string> suggestions = {}) {
    if (error_) return;
    error_ = CommandError{.kind = kind,
                          .verb = in_.verb,
                          .argument = spec < specs_.size() ? std::string(specs_[spec].name) : std::string(),
                          .begin = begin,
                          .end = end,
                          .suggestions = std::move(suggestions)};
  }

  std::vector<const Run*> left_over() const {
    std::vector<const Run*> out;
    for (const auto& run : runs_) {
      if (!run.taken) out.push_back(&run);
    }
    return out;
  }
  std::string_view said(const Run& run) const {
    return in_.text.substr(words_[run.first].begin, words_[run.last - 1].end - words_[run.first].begin);
  }

  void check_missing() {
    const auto left = left_over();
    for (std::size_t spec = 0; spec < specs_.size(); ++spec) {
      if (!specs_[spec].required || filled_[spec]) continue;
      const auto kind = specs_[spec].kind;
      // What was left over is most likely the attempt to say it.
      if (!left.empty() && !is_free_text(kind)) {
        const auto& run = *left.front();
        return fail(CommandError::Kind::bad_argument, spec, words_[run.first].begin, words_[run.last - 1].end,
                    corrections(spec, run));
      }
      if (const auto* other = wrong_ref(spec))
        return fail(CommandError::Kind::bad_argument, spec, other->begin, other->end);
      const auto place = in_.words.empty() ? in_.verb_end : in_.words.back().outer_end;
      return fail(CommandError::Kind::missing_argument, spec, place, place);
    }
  }

  /// In text that went to another argument: a word with a digit where a reference is missing.
  const CommandWord* wrong_ref(std::size_t spec) const {
    if (!is_ref(specs_[spec].kind) || has_rest_) return nullptr;
    for (const auto& run : runs_) {
      for (auto i = run.first; i < run.last; ++i) {
        if (words_[i].folded.find_first_of("0123456789") != std::string::npos) return &words_[i];
      }
    }
    return nullptr;
  }

  std::vector<std::string> corrections(std::size_t spec, const Run& run) const {
    const auto first = in_.text.substr(words_[run.first].begin, words_[run.first].end - words_[run.first].begin);
    switch (specs_[spec].kind) {
      case ArgumentKind::choice: {
        auto found = nearest(said(run), specs_[spec].choices);
        return found.empty() ? nearest(first, specs_[spec].choices) : found;
      }
      case ArgumentKind::person:
        if (run.last == run.first + 1 && first.size() <= 64) return {"@" + std::string(first)};
        return {};
      default:
        return {};
    }
  }

  /// The choice that is still open and that these words are nearly one of.
  std::optional<std::size_t> misspells_choice(const Run& run) const {
    for (std::size_t spec = 0; spec < specs_.size(); ++spec) {
      if (!filled_[spec] && specs_[spec].kind == ArgumentKind::choice && !corrections(spec, run).empty()) return spec;
    }
    return std::nullopt;
  }

  /// Prose behind the arguments is tolerated; what looks like a value, or like a misspelt choice, is not passed over.
  void check_left_over() {
    for (const auto* run : left_over()) {
      const auto begin = words_[run->first].begin;
      const auto end = words_[run->last - 1].end;
      if (const auto spec = misspells_choice(*run)) {
        return fail(CommandError::Kind::bad_argument, *spec, begin, end, corrections(*spec, *run));
      }
      bool typed = false;
      for (auto i = run->first; i < run->last; ++i) typed |= looks_typed(words_[i]) || words_[i].quoted;
      const bool before_values =
          std::any_of(values_.begin(), values_.end(), [&](const auto& value) { return value.begin > begin; });
      if (typed || before_values || in_.strict)
        return fail(CommandError::Kind::unexpected_text, specs_.size(), begin, end);
    }
  }

  void check_strict() {
    const bool names_object = std::any_of(values_.begin(), values_.end(), [&](const auto& argument) {
      const auto written = fold(in_.text.substr(argument.begin, argument.end - argument.begin));
      return std::holds_alternative<Ref>(argument.value) && written.find_first_of("pnt") != std::string::npos;
    });
    if (plain_text_ || !names_object) {
      fail(CommandError::Kind::unexpected_text, specs_.size(), in_.begin, in_.end);
    }
  }

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

}  // namespace

CommandResult fit_arguments(const ArgumentInput& input) {
  return Fitter(input).run();
}

}  // namespace osrbot::language
