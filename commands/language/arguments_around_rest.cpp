// Verbs with a rest: arguments stand before and behind one piece of text.
#include <algorithm>
#include <utility>

#include "commands/language/argument_fitter.h"

namespace osrbot::language {

void ArgumentFitter::fit_around_rest(std::size_t polite) {
  const auto all = end_;
  end_ = all - polite;
  auto head = fit_head();
  auto tail = fit_tail(head);
  for (auto at = head; at < tail; ++at) {
    if (refuses_day(at, tail)) return;
  }
  if (tail == end_ && keeps_politeness(head, polite)) tail = all;
  end_ = all;
  if (head < tail) {
    read_within(head, tail);
    take_rest(head, tail);
  }
  end_ = tail;
}

std::size_t ArgumentFitter::fit_head() {
  std::size_t at = 0;
  while (at < end_) {
    if (refuses_number(at)) {
      ++at;
    } else if (auto found = recognise(at)) {
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

bool ArgumentFitter::number_fits_in_head(std::size_t at) const {
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

bool ArgumentFitter::slug_in_head() {
  for (std::size_t spec = 0; spec < specs_.size(); ++spec) {
    if (specs_[spec].kind != ArgumentKind::project || !specs_[spec].required || filled_[spec]) continue;
    auto read = reader_.slug(0);
    if (!read) return false;
    accept({spec, *std::move(read)});
    return true;
  }
  return false;
}

std::size_t ArgumentFitter::fit_tail(std::size_t head) {
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

bool ArgumentFitter::keeps_politeness(std::size_t head, std::size_t polite) const {
  if (polite == 0 || end_ == head) return false;
  return !words_[end_ - 1].closes_clause && !words_[end_].silent && words_[end_].folded != "please" &&
         words_[end_].folded != "pls";
}

void ArgumentFitter::read_within(std::size_t head, std::size_t tail) {
  std::vector<std::vector<Found>> found(specs_.size());
  for (auto at = head; at < tail; ++at) {
    if (auto argument = recognise(at); argument && argument->read.last <= tail) {
      const auto last = argument->read.last;
      const bool dated = specs_[argument->spec].kind == ArgumentKind::date;
      auto& alike = found[argument->spec];
      if (argument->read.sure || dated) alike.push_back(*std::move(argument));
      at = last - 1;
    }
  }
  for (auto& same : found) {
    if (same.size() == 1) accept(std::move(same.front()));
  }
}

void ArgumentFitter::take_rest(std::size_t head, std::size_t tail) {
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

void ArgumentFitter::take_following_lines() {
  for (const auto& [begin, end] : in_.values) {
    plain_text_ = true;
    filled_[specs_.size() - 1] = true;
    values_.push_back({specs_.back().name, std::string(in_.text.substr(begin, end - begin)), begin, end});
  }
}

}  // namespace osrbot::language
