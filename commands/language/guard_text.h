// A text as the patient-data guard reads it: tokens, the guard's phrases among them, and chains of digits.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "commands/language/digit_chains.h"
#include "commands/language/guard.h"
#include "commands/language/guard_words.h"
#include "commands/language/tokens.h"

namespace osrbot::language {

class GuardText {
 public:
  explicit GuardText(const Tokens& tokens);

  const Tokens& tokens() const { return tokens_; }
  const std::vector<DigitChain>& chains() const { return chains_; }
  std::size_t size() const { return tokens_.size(); }

  /// Does a phrase with one of the cues begin at token `at`?
  bool begins(std::size_t at, std::uint32_t cues) const { return at < phrases_.size() && phrases_[at].has(cues); }
  /// The token behind the phrase at `at`, `at` + 1 when there is none.
  std::size_t behind(std::size_t at) const;
  /// Does a phrase with one of the cues end right before token `at`?
  bool ends(std::size_t at, std::uint32_t cues) const { return at < ends_.size() && (ends_[at] & cues) != 0; }

  /// Is what stands at `at` said to be something by a phrase with one of the cues before it, with nothing between but
  /// "is", "no", ":" and the like, or letters that belong to the number ("MRN AB-12345")?
  bool announced(std::size_t at, std::uint32_t cues) const;
  /// The same behind it: "943 476 5919 (NHS number)".
  bool explained(std::size_t behind, std::uint32_t cues) const;

  /// Is a token with one of the cues within `reach` tokens of [first, last), in the same sentence?
  bool near(std::size_t first, std::size_t last, std::uint32_t cues, std::size_t reach) const;

  bool is_mark(std::size_t at, const char* mark) const { return tokens_.is_mark(at, mark); }

  /// The chain that begins with token `at`, or null.
  const DigitChain* chain_at(std::size_t at) const;

  bool ends_sentence(std::size_t at) const;

 private:
  bool ties(std::size_t at) const;

  const Tokens& tokens_;
  std::vector<GuardPhrase> phrases_;  // by token
  std::vector<std::uint32_t> ends_;   // by token behind the phrase
  std::vector<DigitChain> chains_;
  std::vector<std::size_t> chain_at_;  // by token: index + 1
};

/// Collects findings: each once.
class GuardFindings {
 public:
  void block(std::string_view name, std::string_view reason) { add({Severity::block, name, reason}); }
  void warn(std::string_view name, std::string_view reason) { add({Severity::warn, name, reason}); }
  GuardVerdict verdict();

 private:
  void add(const GuardFinding& finding);
  std::vector<GuardFinding> findings_;
};

/// NHS, CPR, record and national numbers, phone numbers and e-mail addresses.
void check_numbers(const GuardText& text, GuardFindings& findings);

/// Names, dates of birth, dates of clinical events, ages.
void check_persons(const GuardText& text, GuardFindings& findings);

}  // namespace osrbot::language
