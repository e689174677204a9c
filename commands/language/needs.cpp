#include "commands/language/needs.h"

#include <algorithm>
#include <array>

#include "commands/language/intent.h"

namespace osrbot::language {
namespace {

using namespace std::literals;

constexpr double kMostPeople = 500;  ///< a larger number counts something else

/// Words that part a number from a noun: what stands behind them is counted by somebody else. Folded, sorted.
constexpr auto kParting = std::to_array<std::string_view>(
    {"about", "af",  "and", "as",   "at",    "avec", "by",    "com", "con", "dans", "de",   "del",  "des",
     "do",    "dos", "du",  "e",    "eller", "em",   "en",    "et",  "for", "from", "fra",  "i",    "in",
     "med",   "na",  "no",  "o",    "of",    "og",   "on",    "or",  "os",  "ou",   "our",  "our",  "para",
     "paa",   "pa",  "por", "pour", "que",   "qui",  "sobre", "som", "sur", "than", "that", "the",  "this",
     "til",   "to",  "u",   "ud",   "um",    "uma",  "und",   "un",  "una", "une",  "who",  "with", "y"});

/// A count found for a skill.
struct Count {
  int low = 0;
  int high = 0;
  std::size_t first = 0;
  std::size_t last = 0;
};

class CountReader {
 public:
  CountReader(const Reading& reading, const std::vector<Quantity>& quantities)
      : reading_(reading), quantities_(quantities) {}

  std::optional<Count> before(const Hit& skill, std::size_t from) const {
    const auto& tokens = reading_.tokens();
    constexpr std::size_t kReach = 9;
    const auto least = std::max(from, skill.first > kReach ? skill.first - kReach : 0);
    bool people_seen = false;
    std::size_t words = 0;
    for (auto at = skill.first; at > least; --at) {
      const auto i = at - 1;
      if (const auto found = ending_at(at)) {
        const bool near = people_seen || words <= (found->second == QuantityForm::article ? 3U : 4U);
        // "a REDCap expert and data manager": the article belongs to the first.
        if (near) return found->first;
        return std::nullopt;
      }
      if (reading_.at(Sense::indefinite, i) || reading_.at(Sense::thing, i) || reading_.ends_sentence(i))
        return std::nullopt;
      const auto& token = tokens[i];
      // "2x nurses"
      if (token.glued && tokens.folded(i) == "x" && i > 0 && tokens[i - 1].kind == TokenKind::number &&
          tokens.folded(i - 1).size() <= 2) {
        const int value = std::stoi(std::string(tokens.folded(i - 1)));
        if (value > 0) return Count{value, value, i - 1, skill.first};
      }
      if (token.kind == TokenKind::punctuation) {
        const auto mark = tokens.folded(i);
        if (mark == "," || mark == ":" || mark == "(") {
          if (!people_seen && mark != "(") return std::nullopt;
        }
        continue;
      }
      if (token.kind != TokenKind::word) return std::nullopt;
      if (reading_.at(Sense::people, i)) people_seen = true;
      // A preposition is crossed only towards people who are counted: "3 people for abstract screening".
      if (!people_seen && is_parting(tokens.folded(i)) && !people_before(i, least)) return std::nullopt;
      ++words;
    }
    return std::nullopt;
  }

  /// "statisticians (2)", "data managers x2", "statistician: 1", "مترجمين اثنين"
  std::optional<Count> after(const Hit& skill) const {
    const auto& tokens = reading_.tokens();
    auto at = static_cast<std::size_t>(skill.last);
    const bool bracket = tokens.is_mark(at, "(");
    const bool sign = bracket || tokens.is_mark(at, ":") || tokens.is_word(at, "x") || tokens.is_mark(at, "×") ||
                      tokens.is_mark(at, "*");
    if (sign) ++at;
    if (bracket && tokens.is_word(at, "x")) ++at;
    if (tokens.is_mark(at, ":") && sign) ++at;
    const auto* quantity = starting_at(at);
    if (!quantity) {
      // A number glued to an x is none by itself.
      if (sign && tokens.is_kind(at, TokenKind::number) && tokens.folded(at).size() <= 2 &&
          !tokens.is_kind(at + 1, TokenKind::word)) {
        const int value = std::stoi(std::string(tokens.folded(at)));
        if (value > 0) return Count{value, value, skill.last, at + 1};
      }
      return std::nullopt;
    }
    if (bracket && !tokens.is_mark(quantity->last, ")")) return std::nullopt;
    const bool arabic = reading_.language() == "ar" && quantity->form != QuantityForm::article && quantity->low <= 2;
    if (!sign && !arabic) return std::nullopt;
    // "statistician: 2 years of experience" counts years.
    if (sign && !bracket && tokens.is_kind(quantity->last, TokenKind::word)) return std::nullopt;
    return count_of(*quantity);
  }

  /// Arabic: an indefinite singular is one person, the dual (which looks like a plural in -ين) two.
  std::optional<Count> by_number_of_noun(const Hit& skill) const {
    if (reading_.language() != "ar") return std::nullopt;
    const auto& index = reading_.lexicon().index();
    const auto is_person = [&](std::string_view word) { return index.is_phrase(word, Sense::person_head); };
    const auto number_of = [&](std::string_view word) {
      if (is_person(word)) return 1;
      for (const auto ending : {"تين"sv, "تان"sv, "ين"sv, "ان"sv}) {
        if (!word.ends_with(ending)) continue;
        const auto stem = word.substr(0, word.size() - ending.size());
        if (is_person(stem) || is_person(std::string(stem) + "ه")) return 2;
      }
      return 0;
    };
    const auto word = reading_.tokens().folded(skill.first);
    auto number = number_of(word);
    // "and", "to" and "with" are written in one with the noun; an article makes it somebody who is known already.
    for (const auto clitic : {"و"sv, "ل"sv, "ب"sv, "ف"sv, "ول"sv, "وب"sv}) {
      if (number == 0 && word.starts_with(clitic)) number = number_of(word.substr(clitic.size()));
    }
    if (number == 0) return std::nullopt;
    return Count{number, number, skill.first, skill.last};
  }

  /// People who are counted without a skill: "we need 3 volunteers".
  std::optional<Count> people() const {
    for (const auto& hit : reading_.hits()) {
      const auto sense = reading_.meaning(hit).sense;
      if (sense != Sense::people && sense != Sense::role) continue;
      auto at = static_cast<std::size_t>(hit.first);
      for (int adjectives = 0; adjectives < 3 && at > 0; ++adjectives, --at) {
        if (const auto found = ending_at(at)) {
          if (found->second == QuantityForm::article && sense == Sense::people) break;
          return found->first;
        }
        if (!reading_.tokens().is_kind(at - 1, TokenKind::word) || is_parting(reading_.tokens().folded(at - 1))) break;
      }
    }
    return std::nullopt;
  }

 private:
  using Found = std::optional<std::pair<Count, QuantityForm>>;

  static bool is_parting(std::string_view word) {
    return std::find(kParting.begin(), kParting.end(), word) != kParting.end();
  }

  static std::optional<Count> count_of(const Quantity& quantity) {
    if (quantity.kind != QuantityKind::number || !quantity.is_whole() || quantity.low < 1 ||
        quantity.high > kMostPeople)
      return std::nullopt;
    return Count{static_cast<int>(quantity.low), static_cast<int>(quantity.high), quantity.first, quantity.last};
  }

  const Quantity* starting_at(std::size_t token) const {
    const auto at = std::lower_bound(quantities_.begin(), quantities_.end(), token,
                                     [](const Quantity& q, std::size_t t) { return q.first < t; });
    return at != quantities_.end() && at->first == token ? &*at : nullptr;
  }

  /// A count whose words end right before token `at`.
  Found ending_at(std::size_t at) const {
    if (const auto* word = at > 0 ? reading_.at(Sense::count_word, at - 1) : nullptr; word && word->last == at) {
      const auto& label = reading_.lexicon().label(reading_.meaning(*word).value);
      const int value = std::stoi(label);
      return std::pair{Count{value, value, word->first, word->last}, QuantityForm::word};
    }
    auto next = std::lower_bound(quantities_.begin(), quantities_.end(), at,
                                 [](const Quantity& q, std::size_t t) { return q.first < t; });
    if (next == quantities_.begin()) return std::nullopt;
    const auto& quantity = *std::prev(next);
    if (quantity.last != at) return std::nullopt;
    // "LOOKING 4 statisticians", "quelqu'un": no number of people.
    const auto& tokens = reading_.tokens();
    const bool somebody = quantity.first > 0 && tokens.is_word(quantity.first - 1, "quelqu");
    if (somebody || reading_.at(Sense::call, quantity.first)) return std::nullopt;
    if (const auto count = count_of(quantity)) return std::pair{*count, quantity.form};
    return std::nullopt;
  }

  bool people_before(std::size_t at, std::size_t least) const {
    for (auto i = at; i > least && i + 5 > at; --i) {
      if (reading_.ends_sentence(i - 1)) return false;
      if (reading_.at(Sense::people, i - 1)) return true;
      if (reading_.at(Sense::skill, i - 1)) return false;
    }
    return false;
  }

  const Reading& reading_;
  const std::vector<Quantity>& quantities_;
};

bool in_sentence_with(const Reading& reading, const Hit& skill, Sense sense) {
  const auto begin = reading.sentence_begin(skill.first);
  const auto end = reading.sentence_end(skill.first);
  for (auto i = begin; i < end; ++i) {
    if (const auto* hit = reading.at(sense, i); hit && !is_cancelled(reading, *hit)) return true;
  }
  return false;
}

/// "I'm a statistician looking for a data engineer": the first is the writer.
bool is_writer(const Reading& reading, const Hit& skill) {
  constexpr std::size_t kReach = 4;
  for (auto i = static_cast<std::size_t>(skill.first); i > 0 && i + kReach > skill.first; --i) {
    if (reading.ends_sentence(i - 1) || reading.at(Sense::call, i - 1) || reading.at(Sense::need_verb, i - 1))
      return false;
    if (reading.at(Sense::self, i - 1)) return true;
  }
  return false;
}

bool is_wanted(const Reading& reading, const Hit& skill) {
  if (reading.at(Sense::negation, skill.first > 0 ? skill.first - 1 : 0) && skill.first > 0) return false;
  if (is_writer(reading, skill)) return false;
  const bool calls =
      in_sentence_with(reading, skill, Sense::call) || in_sentence_with(reading, skill, Sense::need_verb);
  if (!calls &&
      (in_sentence_with(reading, skill, Sense::update) || in_sentence_with(reading, skill, Sense::call_closed)))
    return false;
  // "not looking for statisticians but we need data collectors"
  const auto begin = reading.sentence_begin(skill.first);
  for (auto i = static_cast<std::size_t>(skill.first); i > begin; --i) {
    if (reading.at(Sense::call_closed, i - 1)) return false;
    const auto* cue = reading.at(Sense::call, i - 1);
    if (!cue) cue = reading.at(Sense::need_verb, i - 1);
    if (cue && !is_cancelled(reading, *cue)) break;
  }
  return true;
}

}  // namespace

std::vector<const Hit*> skills_of(const Reading& reading) {
  std::vector<const Hit*> found;
  std::vector<bool> seen(reading.lexicon().skills().size());
  for (const auto& hit : reading.hits()) {
    const auto& meaning = reading.meaning(hit);
    if (meaning.sense != Sense::skill) continue;
    if (seen[meaning.value]) continue;
    seen[meaning.value] = true;
    found.push_back(&hit);
  }
  return found;
}

bool has_number_of_things(const Reading& reading, const std::vector<Quantity>& quantities) {
  const auto& tokens = reading.tokens();
  for (const auto& quantity : quantities) {
    if (quantity.kind != QuantityKind::number || quantity.form != QuantityForm::digits) continue;
    for (auto i = quantity.last; i < std::min(tokens.size(), quantity.last + 3); ++i) {
      if (tokens[i].kind != TokenKind::word || reading.at(Sense::people, i)) break;
      if (reading.at(Sense::thing, i)) return true;
      if (reading.at(Sense::skill, i)) break;
    }
  }
  return false;
}

NeedsVerdict read_needs(const Reading& reading, const std::vector<Quantity>& quantities) {
  NeedsVerdict verdict;
  const CountReader counts(reading, quantities);
  std::size_t from = 0;
  int total = 0;
  int total_max = 0;
  std::vector<std::size_t> place(reading.lexicon().skills().size());  // of a skill in `needs`, from 1
  for (const auto& hit : reading.hits()) {
    const auto& meaning = reading.meaning(hit);
    if (meaning.sense != Sense::skill || !is_wanted(reading, hit)) continue;
    auto count = counts.before(hit, from);
    if (!count) count = counts.after(hit);
    if (!count) count = counts.by_number_of_noun(hit);
    from = hit.last;
    auto& known = place[meaning.value];
    if (known == 0) {
      verdict.needs.push_back({reading.lexicon().skills()[meaning.value].id, std::nullopt});
      known = verdict.needs.size();
    } else if (!count || verdict.needs[known - 1].count) {
      continue;  // said again
    }
    auto& need = verdict.needs[known - 1];
    const auto first = count ? std::min<std::size_t>(count->first, hit.first) : hit.first;
    const auto last = count ? std::max<std::size_t>(count->last, hit.last) : hit.last;
    if (count) {
      need.count = count->low;
      total += count->low;
      total_max += count->high;
    }
    verdict.evidence.push_back({"needs", count ? std::to_string(count->low) + " × " + need.skill : need.skill,
                                reading.tokens()[first].begin, reading.tokens()[last - 1].end});
  }
  if (total == 0) {
    // "For screening we need 3 people": one skill, counted elsewhere.
    if (const auto people = counts.people()) {
      total = people->low;
      total_max = people->high;
      if (verdict.needs.size() == 1) verdict.needs.front().count = total;
    }
  }
  if (total > 0) verdict.count = total;
  if (total_max > total) verdict.count_max = total_max;
  return verdict;
}

}  // namespace osrbot::language
