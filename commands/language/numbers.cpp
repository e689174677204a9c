#include "commands/language/numbers.h"

#include <algorithm>
#include <charconv>
#include <cmath>

#include "commands/language/number_words.h"

namespace osrbot::language {
namespace {

constexpr std::size_t kMostDigits = 15;  // what a double holds exactly

class QuantityReader {
 public:
  QuantityReader(const Tokens& tokens, std::string_view language) : tokens_(tokens), language_(language) {}

  std::optional<Quantity> read(std::size_t at) const {
    if (at >= tokens_.size()) return std::nullopt;
    if (tokens_[at].kind == TokenKind::number) return digits(at);
    if (tokens_[at].kind == TokenKind::word) return words(at);
    return std::nullopt;
  }

 private:
  struct Number {
    double value = 0;
    std::size_t last = 0;
  };

  bool glued(std::size_t at) const { return at < tokens_.size() && tokens_[at].glued; }
  bool is_number(std::size_t at) const { return tokens_.is_kind(at, TokenKind::number); }
  bool is_mark(std::size_t at, std::string_view marks) const {
    if (!tokens_.is_kind(at, TokenKind::punctuation)) return false;
    const auto mark = tokens_.folded(at);
    return mark.size() == 1 && marks.find(mark.front()) != std::string_view::npos &&
           tokens_[at].end - tokens_[at].begin <= 3;
  }
  std::string_view word(std::size_t at) const {
    return tokens_.is_kind(at, TokenKind::word) ? tokens_.folded(at) : std::string_view();
  }

  /// Is the number at `at` the tail of something: "P12", "#11", "05" of "04/05", "30" of "10:30", "$5"?
  bool continues(std::size_t at) const {
    if (!glued(at) || at == 0) return false;
    if (tokens_[at - 1].kind != TokenKind::punctuation) return tokens_[at - 1].kind != TokenKind::emoji;
    const auto mark = tokens_.folded(at - 1);
    if (mark == "#" || mark == "$" || mark == "€" || mark == "£" || mark == "₹" || mark == "@" || mark == "_")
      return true;
    return is_mark(at - 1, "/.:-,'") && glued(at - 1) && at >= 2 && tokens_[at - 2].kind != TokenKind::emoji;
  }

  /// Does what follows make a date, time or identifier of the number before `at`: "/05", "-03-", ":30"?
  bool goes_on(std::size_t at) const {
    if (!glued(at)) return false;
    if (is_mark(at, "/:") && is_number(at + 1) && glued(at + 1)) return true;
    return is_mark(at, "-.") && glued(at + 1) && is_number(at + 1) && is_mark(at + 2, "-.") && glued(at + 2) &&
           is_number(at + 3) && glued(at + 3);
  }

  std::optional<double> value(std::string_view digits) const {
    double out = 0;
    if (digits.empty() || digits.size() > kMostDigits) return std::nullopt;
    for (const char c : digits) out = out * 10 + (c - '0');
    return out;
  }

  /// "4,500,000", "1.5", "12"
  std::optional<Number> number(std::size_t at) const {
    if (!is_number(at)) return std::nullopt;
    std::string whole(tokens_.folded(at));
    auto last = at + 1;
    const bool separated = is_mark(last, ",.") || tokens_.is_mark(last, "٫") || tokens_.is_mark(last, "٬");
    if (separated && glued(last) && is_number(last + 1) && glued(last + 1)) {
      const auto sign = tokens_.folded(last);
      const auto group = tokens_.folded(last + 1);
      const bool thousands = group.size() == 3 && whole.size() <= 3 && whole != "0" && sign != "٫";
      if (!thousands) {
        const bool chain = is_mark(last + 2, ",./-") && glued(last + 2) && is_number(last + 3) && glued(last + 3);
        const auto integer = value(whole);
        const auto fraction = value(group);
        if (chain || !integer || !fraction) return std::nullopt;
        return Number{*integer + *fraction / std::pow(10.0, static_cast<double>(group.size())), last + 2};
      }
      while (tokens_.is_mark(last, sign) && glued(last) && is_number(last + 1) && glued(last + 1) &&
             tokens_.folded(last + 1).size() == 3) {
        if (whole.size() > kMostDigits) return std::nullopt;
        whole += tokens_.folded(last + 1);
        last += 2;
      }
    }
    const auto integer = value(whole);
    return integer ? std::optional(Number{*integer, last}) : std::nullopt;
  }

  std::optional<Quantity> digits(std::size_t at) const {
    if (continues(at) || goes_on(at + 1)) return std::nullopt;
    const auto low = number(at);
    if (!low || goes_on(low->last)) return std::nullopt;
    Quantity found{.kind = QuantityKind::number,
                   .form = QuantityForm::digits,
                   .low = low->value,
                   .high = low->value,
                   .unit = TimeUnit::minute,
                   .first = at,
                   .last = low->last};
    extend_to_range(found);
    if (percent(found) || duration(found)) return found;
    // "4th", "5k", "2-arm": part of a word
    if (glued(found.last) && tokens_.is_kind(found.last, TokenKind::word)) return std::nullopt;
    if (is_mark(found.last, "-") && glued(found.last) && glued(found.last + 1) && !word(found.last + 1).empty())
      return std::nullopt;
    return found;
  }

  void extend_to_range(Quantity& found) const {
    auto at = found.last;
    if (is_mark(at, "-") && is_number(at + 1)) {
      ++at;
    } else if (means_to(word(at)) && !glued(at) && is_number(at + 1)) {
      ++at;
    } else {
      return;
    }
    const auto high = number(at);
    if (!high || high->value <= found.low || goes_on(high->last)) return;
    // "2 to 30 min" is one range, but "3 a 2026" is none.
    constexpr double kWidest = 100;
    if (high->value > found.low * kWidest) return;
    found.high = high->value;
    found.last = high->last;
  }

  bool percent(Quantity& found) const {
    const auto at = found.last;
    if (is_mark(at, "%") || tokens_.is_mark(at, "٪")) {
      found.last = at + 1;
    } else if (means_percent(word(at))) {
      found.last = at + 1;
    } else if ((word(at) == "per" && word(at + 1) == "cent") || (word(at) == "pour" && word(at + 1) == "cent") ||
               (word(at) == "por" && (word(at + 1) == "ciento" || word(at + 1) == "cento")) ||
               (word(at) == "في" && (word(at + 1) == "المئه" || word(at + 1) == "المائه"))) {
      found.last = at + 2;
    } else {
      return false;
    }
    found.kind = QuantityKind::percentage;
    return true;
  }

  std::optional<TimeUnit> unit_behind(std::size_t at, bool behind_digits) const {
    const auto name = word(at);
    if (name.empty()) return std::nullopt;
    // "2 an" is a French year, "an hour" is not.
    if (const auto unit = time_unit(name)) return unit;
    if (!behind_digits || !(tokens_[at].glued || name == "h")) return std::nullopt;
    return unit_abbreviation(name);
  }

  /// Takes the unit behind an amount; false when none follows.
  bool duration(Quantity& found) const {
    auto at = found.last;
    const bool by_digits = found.form == QuantityForm::digits;
    if (is_mark(at, "-") && glued(at) && glued(at + 1) && by_digits) ++at;  // "3-month"
    if (word(at) == "hpw" && by_digits) return weekly(found, at + 1);
    if (word(at) == "and" && word(at + 1) == "a" && means_half(word(at + 2)) && unit_behind(at + 3, false)) {
      found.low += 0.5;
      found.high += 0.5;
      at += 3;
    } else if (word(at) == "of" && unit_behind(at + 1, false)) {
      ++at;  // "a couple of weeks"
    } else if (means_free(word(at)) && unit_behind(at + 1, false) == TimeUnit::hour) {
      ++at;
    }
    const auto unit = unit_behind(at, by_digits && at == found.last);
    if (!unit) return false;
    found.kind = QuantityKind::duration;
    found.unit = *unit;
    found.last = at + 1;
    if (is_mark(found.last, ".") && glued(found.last) && is_mark(found.last + 1, "/")) ++found.last;
    if (and_a_half(found.last)) {
      found.low += 0.5;
      found.high += 0.5;
      found.last += word(found.last) == "and" ? 3U : 2U;
    }
    if (*unit == TimeUnit::hour) read_week(found);
    return true;
  }

  /// "an hour and a half", "une heure et demie", "hora y media"
  bool and_a_half(std::size_t at) const {
    if (word(at) == "and") return word(at + 1) == "a" && means_half(word(at + 2)) && !unit_behind(at + 3, false);
    return (word(at) == "et" || word(at) == "y" || word(at) == "e" || word(at) == "og") && means_half(word(at + 1)) &&
           !unit_behind(at + 2, false);
  }

  bool weekly(Quantity& found, std::size_t last) const {
    found.kind = QuantityKind::hours_per_week;
    found.unit = TimeUnit::hour;
    found.last = last;
    return true;
  }

  /// "5 hours" and then "a week", "/week", "weekly", or before it "हफ्ते में", "per week".
  void read_week(Quantity& found) const {
    auto at = found.last;
    if (means_free(word(at))) ++at;
    if (means_weekly(word(at))) {
      weekly(found, at + 1);
      return;
    }
    if (is_mark(at, "/")) ++at;
    const bool slash = at < tokens_.size() && (tokens_[at].joiner == '/' || is_mark(at - 1, "/"));
    for (int ties = 0; ties < 2 && ties_to_week(word(at)); ++ties) ++at;
    if (is_mark(at, ".")) ++at;  // "pr. uge"
    const auto unit = time_unit(word(at));
    if (unit == TimeUnit::week || (slash && (word(at) == "w" || word(at) == "wk" || word(at) == "sem"))) {
      at += tied_behind(at + 1) ? 2U : 1U;
      weekly(found, at);
      return;
    }
    auto before = found.first;
    if (before > 0 && (word(before - 1) == "में" || word(before - 1) == "mein" || word(before - 1) == "me")) --before;
    if (before > 0 && (time_unit(word(before - 1)) == TimeUnit::week || means_weekly(word(before - 1)))) {
      const auto lead = before >= 2 ? word(before - 2) : std::string_view();
      const bool tied = before < found.first || means_weekly(word(before - 1)) || ties_to_week(lead);
      if (tied) weekly(found, found.last);
    }
  }
  /// Hindi: "5 ghante hafte mein"
  bool tied_behind(std::size_t at) const { return word(at) == "में" || word(at) == "mein" || word(at) == "me"; }

  std::optional<Quantity> words(std::size_t at) const {
    if (tokens_[at].joiner != 0 && tokens_[at].joiner != '\'')
      return std::nullopt;  // "one-off" has "off", "know-how" none
    const auto name = word(at);
    Quantity found{.kind = QuantityKind::number,
                   .form = QuantityForm::word,
                   .low = 0,
                   .high = 0,
                   .unit = TimeUnit::minute,
                   .first = at,
                   .last = at + 1};
    if (const auto dual = dual_unit(name)) {
      found.kind = QuantityKind::duration;
      found.low = found.high = dual->amount;
      found.unit = dual->unit;
      if (dual->unit == TimeUnit::hour) read_week(found);
      return found;
    }
    if (means_half(name)) return half(at, at + 1);
    const auto number = number_word(name, language_);
    if (!number) return std::nullopt;
    if (means_half(word(at + 1))) {
      if (auto halved = half(at, at + 2)) return halved;  // "une demi-heure"
    }
    found.low = found.high = number->value;
    found.form = number->article ? QuantityForm::article : QuantityForm::word;
    if (word(at + 1) == "couple" || word(at + 1) == "dozen") {
      found.low = found.high = word(at + 1) == "couple" ? 2 : 12;
      found.form = QuantityForm::word;
      found.last = word(at + 2) == "of" ? at + 3 : at + 2;
    }
    range_of_words(found);
    duration(found);
    return found;
  }

  /// "two or three"
  void range_of_words(Quantity& found) const {
    if (found.form != QuantityForm::word || !means_to(word(found.last))) return;
    const auto high = number_word(word(found.last + 1), language_);
    if (!high || high->article || high->value <= found.low) return;
    found.high = high->value;
    found.last += 2;
  }

  /// "half a day", "half an hour", "demi-journée"; nothing without a unit behind it.
  std::optional<Quantity> half(std::size_t first, std::size_t at) const {
    if (const auto article = number_word(word(at), "en"); article && article->article) ++at;
    const auto unit = unit_behind(at, false);
    if (!unit) return std::nullopt;
    Quantity found{.kind = QuantityKind::duration,
                   .form = QuantityForm::word,
                   .low = 0.5,
                   .high = 0.5,
                   .unit = *unit,
                   .first = first,
                   .last = at + 1};
    if (*unit == TimeUnit::hour) read_week(found);
    return found;
  }

  const Tokens& tokens_;
  std::string_view language_;
};

}  // namespace

bool Quantity::is_whole() const {
  return low == std::floor(low) && high == std::floor(high);
}

std::optional<Quantity> read_quantity(const Tokens& tokens, std::size_t at, std::string_view language) {
  return QuantityReader(tokens, language).read(at);
}

std::vector<Quantity> find_quantities(const Tokens& tokens, std::string_view language) {
  std::vector<Quantity> found;
  const QuantityReader reader(tokens, language);
  for (std::size_t at = 0; at < tokens.size();) {
    if (const auto quantity = reader.read(at)) {
      found.push_back(*quantity);
      at = quantity->last;
    } else {
      ++at;
    }
  }
  return found;
}

std::chrono::minutes length_of(const Quantity& duration) {
  using std::chrono::minutes;
  constexpr double kMinutes[] = {1, 60, 24 * 60, 7 * 24 * 60, 30 * 24 * 60, 365 * 24 * 60};
  constexpr double kLongest = 100.0 * 365 * 24 * 60;
  const auto length = duration.low * kMinutes[static_cast<std::size_t>(duration.unit)];
  return minutes(static_cast<minutes::rep>(std::clamp(length, 0.0, kLongest)));
}

}  // namespace osrbot::language
