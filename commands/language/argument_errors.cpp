// What is missing, wrong or left over once the words of a command have been fitted.
#include <algorithm>

#include "commands/language/argument_fitter.h"
#include "commands/language/spelling.h"
#include "commands/language/text.h"

namespace osrbot::language {
namespace {

/// Does a left-over word look like a value rather than like prose?
bool looks_typed(const CommandWord& word) {
  return word.folded.find_first_of("0123456789@#%") != std::string::npos;
}
}  // namespace

void ArgumentFitter::fail(CommandError::Kind kind, std::size_t spec, std::size_t begin, std::size_t end,
                          std::vector<std::string> suggestions) {
  if (error_) return;
  error_ = CommandError{.kind = kind,
                        .verb = in_.verb,
                        .argument = spec < specs_.size() ? std::string(specs_[spec].name) : std::string(),
                        .begin = begin,
                        .end = end,
                        .suggestions = std::move(suggestions)};
}

std::vector<const ArgumentFitter::Run*> ArgumentFitter::left_over() const {
  std::vector<const Run*> out;
  for (const auto& run : runs_) {
    if (!run.taken) out.push_back(&run);
  }
  return out;
}

std::string_view ArgumentFitter::said(const Run& run) const {
  return in_.text.substr(words_[run.first].begin, words_[run.last - 1].end - words_[run.first].begin);
}

void ArgumentFitter::check_missing() {
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

const CommandWord* ArgumentFitter::wrong_ref(std::size_t spec) const {
  if (!is_ref(specs_[spec].kind) || has_rest_) return nullptr;
  for (const auto& run : runs_) {
    for (auto i = run.first; i < run.last; ++i) {
      if (words_[i].folded.find_first_of("0123456789") != std::string::npos) return &words_[i];
    }
  }
  return nullptr;
}

std::vector<std::string> ArgumentFitter::corrections(std::size_t spec, const Run& run) const {
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

std::optional<std::size_t> ArgumentFitter::misspells_choice(const Run& run) const {
  for (std::size_t spec = 0; spec < specs_.size(); ++spec) {
    if (!filled_[spec] && specs_[spec].kind == ArgumentKind::choice && !corrections(spec, run).empty()) return spec;
  }
  return std::nullopt;
}

void ArgumentFitter::check_left_over() {
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
    if (!typed && !in_.strict) {
      if (const auto spec = value_not_understood()) return fail(CommandError::Kind::bad_argument, *spec, begin, end);
    }
    if (typed || before_values || in_.strict)
      return fail(CommandError::Kind::unexpected_text, specs_.size(), begin, end);
  }
}

std::optional<std::size_t> ArgumentFitter::value_not_understood() const {
  std::optional<std::size_t> first;
  for (std::size_t spec = 0; spec < specs_.size(); ++spec) {
    if (is_ref(specs_[spec].kind)) continue;
    if (filled_[spec]) return std::nullopt;
    if (!first && !is_free_text(specs_[spec].kind)) first = spec;
  }
  return first;
}

void ArgumentFitter::check_strict() {
  const bool names_object = std::any_of(values_.begin(), values_.end(), [&](const auto& argument) {
    const auto written = fold(in_.text.substr(argument.begin, argument.end - argument.begin));
    return std::holds_alternative<Ref>(argument.value) && written.find_first_of("pntc") != std::string::npos;
  });
  if (plain_text_ || !names_object) {
    fail(CommandError::Kind::unexpected_text, specs_.size(), in_.begin, in_.end);
  }
}

}  // namespace osrbot::language
