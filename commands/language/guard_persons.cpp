#include <algorithm>
#include <chrono>

#include "commands/language/date_words.h"
#include "commands/language/dates.h"
#include "commands/language/guard_text.h"

namespace osrbot::language {
namespace {

class PersonGuard {
 public:
  PersonGuard(const GuardText& text, GuardFindings& findings)
      : text_(text), tokens_(text.tokens()), findings_(findings) {}

  void run() {
    bool clinical = false;
    for (std::size_t at = 0; at < text_.size(); ++at) {
      if (text_.begins(at, kBirth | kBorn)) birth(at);
      if (text_.begins(at, kPatientName)) patient_name(at);
      if (text_.begins(at, kPatient)) patient(at);
      if (text_.begins(at, kTitle)) titled(at);
      if (text_.begins(at, kNamed)) named(at);
      if (tokens_[at].kind == TokenKind::number) age(at);
      clinical |= text_.begins(at, kClinical);
    }
    if (clinical) clinical_dates();
  }

 private:
  // --- dates of birth
  // -----------------------------------------------------------------------------------------------------

  void birth(std::size_t at) {
    const bool full_needed = !text_.begins(at, kBirth);
    if (full_needed && at > 0 && text_.near(at, at, kPeople, 3)) return;  // "children born on 1 January 2020"
    if (!full_needed && said_before(at)) return findings_.block("phi:dob", "a date of birth");
    constexpr std::size_t kReach = 5;
    auto next = text_.behind(at);
    for (std::size_t steps = 0; steps <= kReach && next < text_.size(); ++steps, ++next) {
      if (is_date(next, full_needed)) return findings_.block("phi:dob", "a date of birth");
      const bool mark = tokens_[next].kind == TokenKind::punctuation && (steps == 0 || !text_.ends_sentence(next));
      if (!mark && !text_.begins(next, kTie | kBorn | kBirth | kPatient) &&
          date_word(tokens_.folded(next)).weekday == 0)
        return;
    }
  }

  /// "12/03/1956 (DOB)"
  bool said_before(std::size_t at) const {
    for (std::size_t back = 1; back <= 3 && back <= at; ++back) {
      const auto token = at - back;
      if (tokens_[token].kind == TokenKind::number) {
        const auto& chains = text_.chains();
        const auto chain =
            std::partition_point(chains.begin(), chains.end(), [&](const auto& other) { return other.last <= token; });
        return chain != chains.end() && chain->last == token + 1 &&
               (chain->groups.size() >= 3 || chain->digits.size() == 8);
      }
      if (tokens_[token].kind != TokenKind::punctuation) return false;
      if (!text_.is_mark(token, "(") && !text_.is_mark(token, "-") && !text_.is_mark(token, "/") &&
          !text_.is_mark(token, "="))
        return false;
    }
    return false;
  }

  int month_at(std::size_t at) const {
    return tokens_.is_kind(at, TokenKind::word) ? date_word(tokens_.folded(at)).month : 0;
  }

  /// A date begins here; `full`: with day, month and year, otherwise any part of one that a birthday may be given by.
  bool is_date(std::size_t at, bool full) const {
    if (const auto* chain = text_.chain_at(at)) {
      const auto size = [&](std::size_t i) { return chain->groups[i].size; };
      if (chain->groups.size() >= 3 && (size(0) == 4 || size(2) == 4 || size(2) == 2) && size(0) <= 4 && size(1) <= 2)
        return true;
      if (chain->groups.size() == 1 && (size(0) == 8 || (!full && (size(0) == 6 || size(0) == 4)))) return true;
      if (!full && chain->groups.size() == 2) return true;
      auto next = chain->first + 1;
      for (int fillers = 0; fillers < 3 && month_at(next) == 0 && next < text_.size(); ++fillers) {
        const auto& what = date_word(tokens_.folded(next));
        if (!what.has(kFiller | kOrdinalEnd) && tokens_[next].kind != TokenKind::punctuation) break;
        ++next;
      }
      if (month_at(next) == 0) return false;
      return !full || year_behind(next + 1);
    }
    if (month_at(at) == 0) return false;
    return !full ? digits_behind(at + 1) : digits_behind(at + 1) && year_behind(at + 1);
  }
  bool digits_behind(std::size_t at) const {
    return tokens_.is_kind(at, TokenKind::number) ||
           (tokens_.is_kind(at, TokenKind::punctuation) && tokens_.is_kind(at + 1, TokenKind::number));
  }
  bool year_behind(std::size_t at) const {
    constexpr std::size_t kReach = 4;
    for (std::size_t ahead = 0; ahead < kReach && at + ahead < text_.size(); ++ahead) {
      if (tokens_[at + ahead].kind == TokenKind::number && tokens_.folded(at + ahead).size() == 4) return true;
      if (tokens_[at + ahead].kind == TokenKind::number && tokens_.folded(at + ahead).size() == 2 && ahead == 0)
        return true;
    }
    return false;
  }

  // --- names
  // --------------------------------------------------------------------------------------------------------------

  bool is_latin(std::size_t at) const {
    const auto folded = tokens_.folded(at);  // empty for a lone mark that folding drops
    const auto first = folded.empty() ? 0U : static_cast<unsigned char>(folded.front());
    return first < 0xCD;  // up to U+033F: Latin with its accents
  }

  /// Could the word be a name by its looks: a capital, and none of the words that follow "Patient" in titles?
  bool looks_like_name(std::size_t at) const {
    if (!tokens_.is_kind(at, TokenKind::word) || tokens_[at].line_start || tokens_.folded(at).empty()) return false;
    if (text_.begins(at, kGivenName)) return true;
    if (!tokens_[at].capital ||
        text_.begins(at, kNoName | kTie | kNhs | kRecord | kPublicId | kClinical | kTitle | kPatient))
      return false;
    const auto& date = date_word(tokens_.folded(at));
    if (date.month != 0 || date.weekday != 0) return false;
    return tokens_.folded(at).size() >= 2;
  }
  bool is_shouted(std::size_t at) const { return tokens_[at].upper && tokens_.folded(at).size() > 1; }

  void name() { findings_.block("phi:name", "the name of a patient"); }

  void patient_name(std::size_t at) {
    auto next = text_.behind(at);
    bool says = false;
    constexpr std::size_t kReach = 4;
    for (std::size_t steps = 0; steps < kReach && next < text_.size(); ++steps, ++next) {
      if (text_.begins(next, kGivenName)) return name();
      if (text_.begins(next, kTitle)) return name();
      if (text_.is_mark(next, ":") || text_.is_mark(next, "=")) {
        says = true;
      } else if (text_.begins(next, kTie | kNamed)) {
        continue;
      } else if (looks_like_name(next) || (says && tokens_.is_kind(next, TokenKind::word) && !is_latin(next))) {
        return name();
      } else if (tokens_[next].kind != TokenKind::punctuation || text_.ends_sentence(next)) {
        return;
      }
    }
  }

  void patient(std::size_t at) {
    auto next = text_.behind(at);
    bool certain = false;
    constexpr std::size_t kReach = 4;
    for (std::size_t steps = 0; steps < kReach && next < text_.size(); ++steps) {
      if (text_.begins(next, kNamed | kTitle)) {
        certain = true;
        next = text_.behind(next);
      } else if (text_.is_mark(next, ",") || text_.is_mark(next, ":") || text_.is_mark(next, "(") ||
                 text_.is_mark(next, "\"") || text_.is_mark(next, "-") ||
                 (text_.is_mark(next, ".") && tokens_.is_word(at, "pt")) ||
                 (certain && (text_.begins(next, kTie) || text_.is_mark(next, ".")))) {
        ++next;
      } else {
        break;
      }
    }
    if (next >= text_.size() || tokens_[next].kind != TokenKind::word || tokens_[next].joiner == '-') return;
    if (text_.begins(next, kGivenName)) return name();
    if (!looks_like_name(next)) {
      if (certain && !is_latin(next) && !text_.begins(next, kTie | kNoName)) name();
      return;
    }
    if (certain) return name();
    // Two capitals in a row behind "patient" are a name, unless the whole line is written in capitals or as a title.
    const bool title_case = tokens_[at].capital && at > 0 && !tokens_[at].line_start && !text_.ends_sentence(at - 1);
    if (title_case || is_shouted(next)) return;
    const bool mine = text_.ends(at, kMine);
    const bool acts = next + 1 >= text_.size() || text_.begins(next + 1, kVerb) || text_.is_mark(next + 1, ",");
    if (mine && acts) return name();
    if (next + 1 < text_.size() && looks_like_name(next + 1) && !is_shouted(next + 1)) name();
  }

  /// "Mr John Smith was admitted": surgeons are "Mr" too, but are not admitted.
  void titled(std::size_t at) {
    auto next = text_.behind(at);
    if (text_.is_mark(next, ".")) ++next;
    if (!looks_like_name(next)) return;
    constexpr std::size_t kReach = 9;
    for (std::size_t ahead = 1; ahead <= kReach && next + ahead < text_.size(); ++ahead) {
      if (text_.ends_sentence(next + ahead) || tokens_[next + ahead].line_start) return;
      if (text_.begins(next + ahead, kAdmitted | kBirth)) return name();
    }
  }

  /// "a man named John Smith"
  void named(std::size_t at) {
    auto next = text_.behind(at);
    while (next < text_.size() && (text_.begins(next, kTie) || text_.is_mark(next, ":") || text_.begins(next, kTitle)))
      ++next;
    if (next >= text_.size() || !(looks_like_name(next) || text_.begins(next, kGivenName))) return;
    constexpr std::size_t kReach = 6;
    if (text_.near(at, at, kPerson | kPatient | kBirth | kRecord | kNhsNumber | kAdmitted, kReach) && !is_shouted(next))
      name();
  }

  // --- ages and clinical dates
  // -----------------------------------------------------------------------------------------------

  void age(std::size_t at) {
    const auto number = tokens_.folded(at);
    const bool over_89 = (number.size() == 2 && number.front() == '9') ||
                         (number.size() == 3 && number.front() == '1' && number[1] <= '1');
    if (!over_89) return;
    const auto before = at > 0 ? at - 1 : at;
    if (at > 0 && (tokens_[before].kind == TokenKind::punctuation) && !text_.is_mark(before, "(") &&
        !text_.is_mark(before, ",") && !text_.is_mark(before, ":") && !text_.ends_sentence(before)) {
      return;  // "> 90", "18-95", "P < .90"
    }
    if (text_.ends(at, kLimit)) return;
    auto next = at + 1;
    if (text_.is_mark(next, "+") || tokens_.is_mark(next, "≥")) return;
    if (text_.is_mark(next, "-")) ++next;
    if (next < text_.size() && tokens_[next].kind == TokenKind::number) return;
    const auto unit = text_.behind(next);
    const bool open_ended = tokens_.is_word(next, "and") || tokens_.is_word(next, "or") ||
                            tokens_.is_word(next, "to") || tokens_.is_word(unit, "and") || tokens_.is_word(unit, "or");
    if (open_ended || text_.begins(next, kPeople | kCounted) || text_.begins(unit, kPeople)) return;
    const bool said = text_.begins(next, kAgeAfter) || (text_.ends(at, kAgeBefore) && !text_.is_mark(next, "%")) ||
                      (text_.begins(next, kYears) && (text_.near(at, text_.behind(next), kAgeBefore, 3) ||
                                                      text_.near(at, text_.behind(next), kPerson, 4)));
    if (said && !text_.near(at, unit, kPeople, 4)) findings_.warn("phi:other", "an age over 89");
  }

  void clinical_dates() {
    // Only whether a day is given matters here, not which year it falls into.
    using namespace std::chrono;
    const auto dates = find_dates(tokens_, local_days{year{2000} / 1 / 1});
    constexpr std::size_t kReach = 8;
    for (const auto& date : dates) {
      if (date.role != DateRole::unmarked) continue;
      bool digits = false;
      for (auto at = date.first; at < date.last; ++at) digits |= tokens_[at].kind == TokenKind::number;
      const bool counted = date_word(tokens_.folded(date.first)).has(kIn | kWithin);  // "in 2 weeks"
      if (digits && !counted && text_.near(date.first, date.last, kClinical, kReach) &&
          !text_.near(date.first, date.last, kPeople, 2 * kReach)) {
        findings_.warn("phi:other", "the exact date of a clinical event");
      }
    }
  }

  const GuardText& text_;
  const Tokens& tokens_;
  GuardFindings& findings_;
};

}  // namespace

void check_persons(const GuardText& text, GuardFindings& findings) {
  PersonGuard(text, findings).run();
}

}  // namespace osrbot::language
