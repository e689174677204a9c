// Verbs without a rest: arguments stand anywhere, and what is between them is free text.
#include <algorithm>
#include <iterator>
#include <utility>

#include "commands/language/argument_fitter.h"

namespace osrbot::language {

void ArgumentFitter::fit_everywhere() {
  bool in_run = false;
  for (std::size_t at = 0; at < end_;) {
    if ((!in_run || at + 1 == end_) && refuses_number(at)) {
      ++at;
      continue;
    }
    if (refuses_day(at)) return;
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
    if (!in_run && counts_one(at)) {
      ++at;
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

bool ArgumentFitter::counts_one(std::size_t at) {
  const auto& word = words_[at].folded;
  if ((word != "a" && word != "an") || at + 1 >= end_ || words_[at + 1].silent) return false;
  for (std::size_t spec = 0; spec < specs_.size(); ++spec) {
    if (specs_[spec].kind != ArgumentKind::count || filled_[spec]) continue;
    accept({spec, reader_.value(std::int64_t{1}, at, at + 1, false)});
    return true;
  }
  return false;
}

void ArgumentFitter::trim_run() {
  auto& run = runs_.back();
  while (run.last > run.first && joins(words_[run.last - 1])) --run.last;
  if (run.last == run.first) runs_.pop_back();
}

bool ArgumentFitter::names_project_first() const {
  for (std::size_t spec = 0; spec < specs_.size(); ++spec) {
    if (specs_[spec].kind != ArgumentKind::project || !specs_[spec].required || filled_[spec]) continue;
    for (std::size_t at = 1; at < end_; ++at) {
      if (reader_.read(spec, at, announcing(spec, at) > 0)) return false;
    }
    return reader_.slug(0).has_value();
  }
  return false;
}

std::optional<std::size_t> ArgumentFitter::text_announced_at(std::size_t at) const {
  for (std::size_t spec = 0; spec < specs_.size(); ++spec) {
    if (specs_[spec].kind == ArgumentKind::text && open(spec) && announcing(spec, at) > 0) return spec;
  }
  return std::nullopt;
}

std::optional<std::size_t> ArgumentFitter::announced_text(std::size_t at) const {
  for (std::size_t back = 1; back <= 3 && back <= at; ++back) {
    const auto spec = text_announced_at(at - back);
    if (spec && announcing(*spec, at - back) == back) return spec;
  }
  return std::nullopt;
}

bool ArgumentFitter::number_fits() const {
  std::size_t fitting = 0;
  for (std::size_t spec = 0; spec < specs_.size(); ++spec) {
    if (!takes_number(spec)) continue;
    if (specs_[spec].repeated) return true;
    ++fitting;
  }
  return fitting > numbers_.size();
}

bool ArgumentFitter::takes_number(std::size_t spec) const {
  const auto kind = specs_[spec].kind;
  return open(spec) && (is_ref(kind) || kind == ArgumentKind::count || kind == ArgumentKind::percentage);
}

void ArgumentFitter::accept_number(std::size_t spec, std::size_t at) {
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
    case ArgumentKind::credit:
      value = Ref{'C', number};
      break;
    case ArgumentKind::percentage:
      value = static_cast<double>(number);
      break;
    default:
      break;
  }
  accept({spec, reader_.value(std::move(value), at, at + 1, false)});
}

void ArgumentFitter::give_out_numbers() {
  std::vector<std::size_t> fitting;
  for (std::size_t spec = 0; spec < specs_.size(); ++spec) {
    // Before free text a plain number is no reference that may be left out.
    const bool left_out = has_rest_ && is_ref(specs_[spec].kind) && !specs_[spec].required;
    if (takes_number(spec) && !left_out) fitting.push_back(spec);
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

bool ArgumentFitter::accept_if_fits(std::size_t spec, std::size_t at) {
  if (specs_[spec].kind == ArgumentKind::percentage && *reader_.bare_number(at) > 100) return false;
  accept_number(spec, at);
  return true;
}

bool ArgumentFitter::counts_text(std::size_t at) const {
  return std::any_of(runs_.begin(), runs_.end(), [&](const Run& run) { return run.first == at + 1; });
}

void ArgumentFitter::ask_about_number(std::size_t at, const std::vector<std::size_t>& fitting) {
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
      case ArgumentKind::credit:
        readings.push_back("C" + number);
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

void ArgumentFitter::give_out_slug() {
  if (runs_.empty() || runs_.front().spec) return;
  for (std::size_t spec = 0; spec < specs_.size(); ++spec) {
    if (specs_[spec].kind != ArgumentKind::project || filled_[spec] || !(specs_[spec].required || !has_text_)) continue;
    if (!specs_[spec].required && !specs_[spec].introduced_by.empty())
      continue;  // "after P7": nothing but that is meant
    auto& run = runs_.front();
    if (run.first != 0 || (!specs_[spec].required && misspells_choice(run))) return;
    while (run.first < run.last && (joins(words_[run.first]) || words_[run.first].folded == "project")) ++run.first;
    if (run.first < run.last) {
      auto read = has_text_ ? reader_.slug(run.first) : reader_.title(run.first, run.last);
      if (read) {
        run.first = read->last;
        accept({spec, *std::move(read)});
      }
    }
    if (run.first == run.last) runs_.erase(runs_.begin());
    return;
  }
}

void ArgumentFitter::give_out_text() {
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

void ArgumentFitter::take_text(std::size_t spec, Run& run) {
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

}  // namespace osrbot::language
