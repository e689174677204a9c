#include "commands/language/argument_values.h"

#include <algorithm>
#include <charconv>

#include <fmt/format.h>

#include "commands/language/text.h"

namespace osrbot::language {
namespace {

constexpr auto kNone = static_cast<std::size_t>(-1);

std::optional<std::int64_t> positive_integer(std::string_view digits) {
  std::int64_t number = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), number);
  if (error != std::errc{} || end != digits.data() + digits.size() || number <= 0) return std::nullopt;
  return number;
}

std::string_view without_sign(std::string_view word) {
  return word.starts_with('#') ? word.substr(1) : word;
}

bool names_kind(char letter, std::string_view word) {
  switch (letter) {
    case 'P':
      return word == "p" || word == "project" || word == "proj";
    case 'N':
      return word == "n" || word == "need";
    case 'C':
      return word == "c" || word == "credit";
    default:
      return word == "t" || word == "task";
  }
}

bool says_number(std::string_view word) {
  return word == "no" || word == "nr" || word == "number" || word == "num";
}

}  // namespace

std::string choice_key(std::string_view text) {
  std::string key;
  bool apart = false;
  const auto folded = fold(text);
  for (std::size_t at = 0; at < folded.size();) {
    const auto c = decode(folded, at);
    const auto kind = char_class(c.value);
    if (kind == CharClass::letter || kind == CharClass::digit || kind == CharClass::mark) {
      if (apart && !key.empty()) key += ' ';
      apart = false;
      key.append(folded, at, c.size);
    } else {
      apart = true;
    }
    at += c.size;
  }
  return key;
}

ArgumentReader::ArgumentReader(const VerbSpec& verb, std::string_view text, const std::vector<CommandWord>& words,
                               std::span<const ByteRange> people, std::chrono::local_seconds now)
    : verb_(verb),
      text_(text),
      words_(words),
      people_(people),
      now_(now),
      date_at_(words.size()),
      unmarked_at_(words.size()),
      quantity_at_(words.size()) {
  for (const auto& argument : verb.arguments) {
    auto& keys = choice_keys_.emplace_back();
    for (const auto choice : argument.choices) keys.push_back(choice_key(choice));
  }
  if (words.empty()) return;
  const auto base = words.front().outer_begin;
  const Tokens tokens(text.substr(base, words.back().outer_end - base));
  dates_ = find_dates(tokens, now, "en");
  quantities_ = find_quantities(tokens, "en");

  const auto place = [&](const auto& found, std::vector<Feature>& features, auto first_of, auto last_of) {
    std::size_t word = 0;
    for (std::size_t i = 0; i < found.size(); ++i) {
      const auto begin = base + tokens[first_of(found[i])].begin;
      const auto end = base + tokens[last_of(found[i]) - 1].end;
      while (word < words.size() && words[word].begin < begin) ++word;
      if (word == words.size()) break;
      const auto last = words[word].begin == begin && !words[word].quoted ? word_ending(word, end) : kNone;
      if (last != kNone) features[word] = {i + 1, last + 1};
    }
  };
  place(
      dates_, date_at_, [](const auto& d) { return d.marked_first; }, [](const auto& d) { return d.marked_last; });
  place(
      dates_, unmarked_at_, [](const auto& d) { return d.first; }, [](const auto& d) { return d.last; });
  place(
      quantities_, quantity_at_, [](const auto& q) { return q.first; }, [](const auto& q) { return q.last; });
}

std::size_t ArgumentReader::word_ending(std::size_t from, std::size_t end) const {
  for (auto i = from; i < words_.size() && words_[i].outer_begin < end; ++i) {
    if (words_[i].quoted) return kNone;
    if (end >= words_[i].end && end <= words_[i].outer_end) return i;
  }
  return kNone;
}

ReadValue ArgumentReader::value(ArgumentValue what, std::size_t first, std::size_t last, bool sure) const {
  return {.value = std::move(what),
          .last = last,
          .begin = words_[first].begin,
          .end = words_[last - 1].end,
          .sure = sure,
          .alternatives = {}};
}

std::optional<ReadValue> ArgumentReader::read(std::size_t spec, std::size_t at, bool announced) const {
  if (at >= words_.size() || words_[at].quoted || words_[at].silent) return std::nullopt;
  const auto kind = verb_.arguments[spec].kind;
  switch (kind) {
    case ArgumentKind::project: {
      if (auto found = ref('P', at, announced)) return found;
      if (announced || words_[at].folded.starts_with('#')) return slug(at);
      if (words_[at].folded == "project") {
        auto named = slug(at + 1);
        if (named) named->begin = words_[at].begin;
        return named;
      }
      return std::nullopt;
    }
    case ArgumentKind::need:
      return ref('N', at, announced);
    case ArgumentKind::task:
      return ref('T', at, announced);
    case ArgumentKind::credit:
      return ref('C', at, announced);
    case ArgumentKind::person:
      return person(at);
    case ArgumentKind::date:
      return date(at);
    case ArgumentKind::duration:
    case ArgumentKind::hours:
    case ArgumentKind::count:
    case ArgumentKind::percentage:
      return quantity(kind, at, announced);
    case ArgumentKind::choice:
      return choice(spec, at);
    case ArgumentKind::url:
      return url(at);
    case ArgumentKind::text:
    case ArgumentKind::rest:
      return std::nullopt;
  }
  return std::nullopt;
}

std::optional<ReadValue> ArgumentReader::ref(char letter, std::size_t at, bool announced) const {
  const std::string_view word = words_[at].folded;
  const auto body = without_sign(word);
  const auto lower = static_cast<char>(letter - 'A' + 'a');
  if (body.size() > 1 && body.front() == lower) {
    auto digits = body.substr(1);
    if (digits.front() == '-' || digits.front() == '#') digits.remove_prefix(1);
    if (const auto number = positive_integer(digits)) return value(Ref{letter, *number}, at, at + 1, true);
  }
  if (body.size() < word.size() || announced) {
    if (const auto number = positive_integer(body)) return value(Ref{letter, *number}, at, at + 1, true);
  }
  if (!names_kind(letter, body)) return std::nullopt;
  auto next = at + 1;
  if (next < words_.size() && says_number(words_[next].folded)) ++next;
  if (next >= words_.size()) return std::nullopt;
  if (const auto number = positive_integer(without_sign(words_[next].folded))) {
    return value(Ref{letter, *number}, at, next + 1, true);
  }
  // "task T12"
  if (body.size() == 1 || !words_[next].folded.starts_with(lower)) return std::nullopt;
  if (const auto number = positive_integer(std::string_view(words_[next].folded).substr(1))) {
    return value(Ref{letter, *number}, at, next + 1, true);
  }
  return std::nullopt;
}

std::optional<ReadValue> ArgumentReader::slug(std::size_t at) const {
  if (at >= words_.size() || words_[at].quoted || words_[at].silent) return std::nullopt;
  const auto body = without_sign(words_[at].folded);
  bool letters = false;
  std::size_t count = 0;
  for (std::size_t i = 0; i < body.size(); ++count) {
    const auto c = decode(body, i);
    const auto kind = char_class(c.value);
    letters |= kind == CharClass::letter;
    if (kind != CharClass::letter && kind != CharClass::mark && kind != CharClass::digit && c.value != '-' &&
        c.value != '_')
      return std::nullopt;
    i += c.size;
  }
  constexpr std::size_t kLongest = 64;
  if (!letters || count < 2 || count > kLongest) return std::nullopt;
  return value(std::string(body), at, at + 1, words_[at].folded.size() > body.size());
}

std::optional<ReadValue> ArgumentReader::title(std::size_t first, std::size_t last) const {
  if (words_[first].quoted) {
    auto words = choice_key(text_.substr(words_[first].begin, words_[first].end - words_[first].begin));
    std::replace(words.begin(), words.end(), ' ', '-');
    return words.empty() ? std::nullopt : std::optional(value(std::move(words), first, first + 1, true));
  }
  auto found = slug(first);
  if (!found || words_[first].closes_clause) return found;
  constexpr std::size_t kMostWords = 12;
  auto said = std::get<std::string>(found->value);
  auto at = first + 1;
  for (; at < last && at < first + kMostWords; ++at) {
    const auto& word = words_[at];
    if (word.quoted || word.silent || word.folded.find_first_of("0123456789@#%") != std::string::npos) break;
    if (const auto key = choice_key(word.folded); !key.empty()) said += ' ' + key;
    if (word.closes_clause) {
      ++at;
      break;
    }
  }
  return at == first + 1 ? found : value(std::move(said), first, at, false);
}

std::optional<ReadValue> ArgumentReader::person(std::size_t at) const {
  const auto named = std::lower_bound(people_.begin(), people_.end(), ByteRange{words_[at].outer_begin, 0});
  if (named != people_.end() && named->first <= words_[at].begin && named->second > words_[at].begin) {
    auto last = at + 1;
    while (last < words_.size() && words_[last].begin < named->second) ++last;
    auto name = text_.substr(named->first, named->second - named->first);
    if (name.starts_with('@')) name.remove_prefix(1);
    auto found = value(PersonName{std::string(name), false}, at, last, true);
    found.begin = named->first;
    found.end = named->second;
    return found;
  }
  const std::string_view word = words_[at].folded;
  if (word == "me" || word == "myself") return value(PersonName{"", true}, at, at + 1, false);
  if (!word.starts_with('@') || word.size() < 2) return std::nullopt;
  auto handle = text_.substr(words_[at].begin, words_[at].end - words_[at].begin);
  handle.remove_prefix(decode(handle, 0).size);
  handle = handle.substr(0, handle.find('|'));  // Slack: <@U012AB3CD|ana>
  return value(PersonName{std::string(handle), false}, at, at + 1, true);
}

std::optional<ReadValue> ArgumentReader::date(std::size_t at) const {
  if (words_[at].folded == "yesterday") {  // nothing that is planned; but no prose either
    const auto today = std::chrono::floor<std::chrono::days>(now_);
    return value(DateValue{{std::chrono::year_month_day(today - std::chrono::days(1))}, -1}, at, at + 1, false);
  }
  const auto& marked = date_at_[at].match != 0 ? date_at_[at] : unmarked_at_[at];
  if (marked.match == 0) return std::nullopt;
  const auto& match = dates_[marked.match - 1];
  auto found =
      value(DateValue{match.candidates, match.minute_of_day}, at, marked.last, match.role != DateRole::unmarked);
  if (match.is_ambiguous()) {
    for (const auto& day : match.candidates) {
      found.alternatives.push_back(fmt::format("{:04}-{:02}-{:02}", static_cast<int>(day.year()),
                                               static_cast<unsigned>(day.month()), static_cast<unsigned>(day.day())));
    }
  }
  return found;
}

std::optional<std::int64_t> ArgumentReader::bare_number(std::size_t at) const {
  if (at >= words_.size() || words_[at].quoted || words_[at].silent) return std::nullopt;
  if (const auto number = positive_integer(words_[at].folded)) return number;
  const auto& place = quantity_at_[at];
  if (place.match == 0 || place.last != at + 1) return std::nullopt;
  const auto& found = quantities_[place.match - 1];
  const bool counts =
      found.kind == QuantityKind::number && found.form != QuantityForm::article && found.is_whole() && found.low >= 1;
  return counts ? std::optional(static_cast<std::int64_t>(found.low)) : std::nullopt;
}

bool ArgumentReader::out_of_range(std::size_t spec, std::size_t at) const {
  if (at >= words_.size() || words_[at].quoted || words_[at].silent) return false;
  const ArgumentKind kind = verb_.arguments[spec].kind;
  if (kind == ArgumentKind::count && words_[at].folded == "zero") return true;  // among the number words it is none
  if (quantity_at_[at].match == 0) return false;
  const auto sign = text_.substr(words_[at].outer_begin, words_[at].begin - words_[at].outer_begin);
  const bool is_negative = sign == "-" || sign == "\u2212";
  const auto& found = quantities_[quantity_at_[at].match - 1];
  const bool is_number = found.kind == QuantityKind::number && found.form != QuantityForm::article;
  constexpr double everything = 100;
  switch (kind) {
    case ArgumentKind::count:
      return is_number && (is_negative || found.low < 1);
    case ArgumentKind::hours:
      return is_negative && (is_number || found.kind == QuantityKind::hours_per_week);
    case ArgumentKind::percentage:
      return (is_number || found.kind == QuantityKind::percentage) &&
             (is_negative || (found.low > everything && verb_.arguments[spec].required));
    default:
      return false;
  }
}

std::optional<ReadValue> ArgumentReader::quantity(ArgumentKind kind, std::size_t at, bool announced) const {
  if (kind == ArgumentKind::count) {
    std::string_view word = words_[at].folded;
    if (word.size() > 1 && (word.front() == 'x' || word.starts_with("×") || word.front() == '+')) {
      word.remove_prefix(word.starts_with("×") ? 2 : 1);
      if (const auto number = positive_integer(word)) return value(*number, at, at + 1, true);
    } else if (word.size() > 1 && word.back() == 'x') {
      word.remove_suffix(1);
      if (const auto number = positive_integer(word)) return value(*number, at, at + 1, true);
    }
  }
  const auto& place = quantity_at_[at];
  if (place.match == 0) return std::nullopt;
  const auto& found = quantities_[place.match - 1];
  switch (kind) {
    case ArgumentKind::duration:
      if (found.kind != QuantityKind::duration) return std::nullopt;
      return value(length_of(found), at, place.last, true);
    case ArgumentKind::hours:
      if (found.kind == QuantityKind::hours_per_week || (announced && found.kind == QuantityKind::number) ||
          (found.kind == QuantityKind::duration && found.unit == TimeUnit::hour)) {
        return value(found.low, at, place.last, found.kind == QuantityKind::hours_per_week);
      }
      return std::nullopt;
    case ArgumentKind::percentage:
      if (found.kind != QuantityKind::percentage && !(announced && found.kind == QuantityKind::number))
        return std::nullopt;
      if (found.low < 0 || found.low > 100) return std::nullopt;
      return value(found.low, at, place.last, true);
    case ArgumentKind::count:
      if (found.kind != QuantityKind::number || !found.is_whole() || found.low < 1) return std::nullopt;
      if (!announced && !found.is_range())
        return std::nullopt;  // bare numbers are given out together, see arguments.cpp
      return value(static_cast<std::int64_t>(found.low), at, place.last, found.is_range());
    default:
      return std::nullopt;
  }
}

std::optional<ReadValue> ArgumentReader::choice(std::size_t spec, std::size_t at) const {
  const auto& keys = choice_keys_[spec];
  std::size_t longest = 0;
  for (const auto& key : keys) longest = std::max(longest, key.size());
  std::optional<ReadValue> best;
  std::string said;
  for (auto last = at; last < words_.size() && !words_[last].quoted && said.size() <= longest; ++last) {
    if (words_[last].silent) {
      if (last > at + longest) break;
      continue;
    }
    if (!said.empty()) said += ' ';
    said += choice_key(words_[last].folded);
    const auto found = std::find(keys.begin(), keys.end(), said);
    if (found == keys.end()) continue;
    best = value(std::string(verb_.arguments[spec].choices[static_cast<std::size_t>(found - keys.begin())]), at,
                 last + 1, false);
  }
  return best;
}

std::optional<ReadValue> ArgumentReader::url(std::size_t at) const {
  const std::string_view word = words_[at].folded;
  if (!word.starts_with("http://") && !word.starts_with("https://")) return std::nullopt;
  auto address = text_.substr(words_[at].begin, words_[at].outer_end - words_[at].begin);
  while (!address.empty() && std::string_view(".,;:!?)>]}'\"").find(address.back()) != std::string_view::npos)
    address.remove_suffix(1);
  auto found = value(std::string(address), at, at + 1, true);
  found.end = found.begin + address.size();
  return found;
}

}  // namespace osrbot::language
