#include "commands/language/safety.h"

#include <algorithm>

namespace osrbot::language {
namespace {

/// Two phrases of different senses close enough to speak of one thing.
bool near_each_other(const Reading& reading, Sense one, Sense other, std::size_t tokens) {
  std::size_t last_one = 0;
  std::size_t last_other = 0;
  bool seen_one = false;
  bool seen_other = false;
  for (const auto& hit : reading.hits()) {
    const auto sense = reading.meaning(hit).sense;
    if (sense == one) {
      last_one = hit.last;
      seen_one = true;
    } else if (sense == other) {
      last_other = hit.last;
      seen_other = true;
    } else {
      continue;
    }
    if (seen_one && seen_other && std::max(last_one, last_other) - std::min(last_one, last_other) <= tokens)
      return true;
  }
  return false;
}

bool asks(const Reading& reading) {
  const auto& tokens = reading.tokens();
  return std::any_of(tokens.begin(), tokens.end(), [&](const Token& token) {
    return token.kind == TokenKind::punctuation && tokens.folded(token) == "?";
  });
}

/// An amount of money beside authorship: "1st author $500".
bool sells_authorship(const Reading& reading) {
  if (reading.has(Sense::authorship_sale)) return true;
  if (!reading.has(Sense::authorship) || !reading.has(Sense::money)) return false;
  const auto& tokens = reading.tokens();
  constexpr std::size_t kNear = 12;
  if (!near_each_other(reading, Sense::authorship, Sense::money, kNear)) return false;
  // "No fee, authorship if ICMJE criteria are met" names no amount.
  for (const auto& hit : reading.hits()) {
    if (reading.meaning(hit).sense != Sense::money) continue;
    const bool amount = tokens.is_kind(hit.last, TokenKind::number) ||
                        (hit.first > 0 && tokens.is_kind(hit.first - 1, TokenKind::number));
    if (amount) return true;
  }
  return false;
}

bool wants_medical_advice(const Reading& reading) {
  // Colleagues ask about methods and samples, never about their own or a relative's illness.
  const bool ill = reading.has(Sense::relative) && reading.has(Sense::symptom);
  if (ill && (reading.has(Sense::what_to_do) || reading.has(Sense::medical_advice) || asks(reading))) {
    return near_each_other(reading, Sense::relative, Sense::symptom, 12);
  }
  return reading.has(Sense::medical_advice) && (reading.has(Sense::symptom) || reading.has(Sense::relative)) &&
         !reading.has(Sense::skill);
}

}  // namespace

SafetyVerdict check_safety(const Reading& reading) {
  SafetyVerdict verdict;
  const bool predatory = reading.has(Sense::predatory) || reading.count(Sense::predatory_hint) >= 3;
  if (sells_authorship(reading)) {
    verdict.flags.emplace_back("authorship-sale");
    verdict.withhold = true;
  } else if (predatory || reading.has(Sense::spam)) {
    verdict.flags.emplace_back("spam");
    if (predatory) verdict.flags.emplace_back("predatory-journal");
    verdict.ignore = true;
  }
  if (wants_medical_advice(reading)) {
    verdict.flags.emplace_back("medical-advice-request");
    verdict.withhold = true;
  }
  if (reading.has(Sense::abuse)) {
    verdict.flags.emplace_back("abuse");
    verdict.withhold = true;
  }
  if (reading.has(Sense::injection)) verdict.flags.emplace_back("injection-attempt");
  if (reading.has(Sense::osint) || reading.count(Sense::osint_hint) >= 2) {
    verdict.flags.emplace_back("off-topic-osint");
    verdict.ignore = true;
  }
  return verdict;
}

}  // namespace osrbot::language
