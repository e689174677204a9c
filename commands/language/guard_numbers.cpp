#include <algorithm>
#include <string_view>

#include "commands/language/guard_text.h"

namespace osrbot::language {
namespace {

class NumberGuard {
 public:
  NumberGuard(const GuardText& text, GuardFindings& findings) : text_(text), findings_(findings) {}

  void run() {
    for (const auto& chain : text_.chains()) check(chain);
    for (const auto& token : text_.tokens()) {
      if (token.kind == TokenKind::email) findings_.warn("phi:other", "an e-mail address");
    }
  }

 private:
  void check(const DigitChain& chain) {
    const auto first = chain.first;
    const auto said = [&](std::uint32_t cues) {
      return text_.announced(first, cues) || text_.explained(chain.last, cues);
    };
    const auto digits = chain.digits.size();
    constexpr std::size_t kShortestNhs = 8;
    constexpr std::size_t kShortestNational = 6;
    if (said(kNhsNumber) && digits >= kShortestNhs) return findings_.block("phi:nhs-number", "an NHS number");
    if (is_public(chain)) return;
    if (cpr(chain, said(kCpr)) || nhs(chain)) return;
    if (record(chain)) return;
    if (digits >= kShortestNational && said(kNationalId) && !counts(chain)) {
      return findings_.block("phi:other", "a national identity or insurance number");
    }
    phone(chain);
  }

  /// Numbers that identify no person: "NCT01234567", "PMID: 123", "n = 4500000000".
  bool is_public(const DigitChain& chain) const {
    if (text_.announced(chain.first, kPublicId)) return true;
    if (chain.has_grouping({4, 6, 2})) return true;  // EudraCT
    const auto at = chain.first;
    return at >= 2 && text_.is_mark(at - 1, "=") && text_.tokens().is_word(at - 2, "n");
  }

  /// Does what follows say that the number counts things?
  bool counts(const DigitChain& chain) const {
    return text_.begins(chain.last, kCounted | kPeople) || text_.is_mark(chain.last, "%");
  }

  bool nhs(const DigitChain& chain) {
    constexpr std::size_t kSize = 10;
    bool found = false;
    for (std::size_t begin = 0; begin < chain.groups.size(); ++begin) {
      std::size_t size = 0;
      auto end = begin;
      bool listed = false;
      while (end < chain.groups.size() && size < kSize) {
        listed |= end > begin && chain.groups[end].listed;
        size += chain.groups[end++].size;
      }
      if (size != kSize || listed ||
          !is_nhs_number(std::string_view(chain.digits).substr(chain.groups[begin].begin, kSize)))
        continue;
      const auto groups = end - begin;
      const auto* sizes = &chain.groups[begin];
      const bool grouped = groups == 3 && sizes[0].size == 3 && sizes[1].size == 3;
      const bool apart = groups == kSize;
      if (grouped || apart || text_.near(chain.first, chain.last, kNhs, 4)) {
        findings_.block("phi:nhs-number", "a number that passes the NHS check");
        return true;
      }
      if (counts(chain)) continue;
      findings_.warn("phi:nhs-number", "a ten-digit number that passes the NHS check");
      found = true;
    }
    return found;
  }

  bool cpr(const DigitChain& chain, bool said) {
    constexpr std::size_t kSize = 10;
    constexpr std::size_t kBirthday = 6;
    if (said && !counts(chain) && (chain.digits.size() == kSize || chain.digits.size() == kBirthday) &&
        begins_like_cpr(chain.digits)) {
      findings_.block("phi:cpr", "a CPR number");
      return true;
    }
    for (std::size_t i = 0; i < chain.groups.size(); ++i) {
      const auto& tail = chain.groups[i];
      if (tail.size != 4 || tail.listed || tail.begin < kBirthday) continue;
      // The birthday is one group of six or three of two.
      const bool whole = i >= 1 && chain.groups[i - 1].size == kBirthday;
      const bool parts =
          i >= 3 && chain.groups[i - 1].size == 2 && chain.groups[i - 2].size == 2 && chain.groups[i - 3].size == 2;
      if (!(whole || parts) || !begins_like_cpr(std::string_view(chain.digits).substr(tail.begin - kBirthday)))
        continue;
      if (tail.separator == ' ' && !said) {
        findings_.warn("phi:cpr", "a number that is grouped like a CPR number");
      } else {
        findings_.block("phi:cpr", "a number in the form of a CPR number");
      }
      return true;
    }
    return false;
  }

  bool record(const DigitChain& chain) {
    constexpr std::size_t kShortest = 3;
    constexpr std::size_t kShortestBefore = 5;
    if (chain.digits.size() < kShortest || counts(chain)) return false;
    const auto at = chain.first;
    const bool said = text_.announced(at, kRecord) ||
                      (chain.digits.size() >= kShortestBefore && text_.explained(chain.last, kRecord));
    const bool of_patient = (text_.ends(at, kPatient) && chain.groups.front().size >= kShortestBefore) ||
                            (at >= 1 && text_.is_mark(at - 1, "#") && text_.ends(at - 1, kPatient));
    if (!said && !of_patient) return false;
    if (is_year(chain)) {
      findings_.warn("phi:mrn", "a number behind the name of a patient's file");
    } else {
      findings_.block("phi:mrn", "a hospital, file or patient number");
    }
    return true;
  }

  static bool is_year(const DigitChain& chain) {
    if (chain.groups.front().size != 4 || (chain.groups.size() > 1 && chain.groups[1].size != 4)) return false;
    return chain.digits.starts_with("19") || chain.digits.starts_with("20");
  }

  static bool is_date(const DigitChain& chain) {
    const bool timed = chain.groups.size() >= 5 && chain.groups[4].separator == ':';  // "10.12.2025 14:30"
    if (chain.groups.size() != 3 && !timed) return false;
    const auto size = [&](std::size_t i) { return chain.groups[i].size; };
    return (size(0) <= 2 && size(1) <= 2 && (size(2) == 2 || size(2) == 4)) ||
           (size(0) == 4 && size(1) <= 2 && size(2) <= 2);
  }

  void phone(const DigitChain& chain) {
    constexpr std::size_t kShortest = 7;
    constexpr std::size_t kLongest = 15;
    const auto digits = chain.digits.size();
    if (digits < kShortest || digits > kLongest || counts(chain)) return;
    const auto at = chain.first;
    const bool listed =
        std::any_of(chain.groups.begin(), chain.groups.end(), [](const auto& group) { return group.listed; });
    const bool international = at > 0 && text_.is_mark(at - 1, "+") && text_.tokens()[at].glued;
    const bool national = chain.digits.front() == '0' && digits >= 9 && digits <= 14 && !is_date(chain) && !listed;
    const bool american = chain.has_grouping({3, 3, 4}) && !listed;
    if (international || national || american || (text_.announced(at, kPhone) && !is_date(chain))) {
      findings_.warn("phi:other", "a phone number");
    }
  }

  const GuardText& text_;
  GuardFindings& findings_;
};

}  // namespace

void check_numbers(const GuardText& text, GuardFindings& findings) {
  NumberGuard(text, findings).run();
}

}  // namespace osrbot::language
