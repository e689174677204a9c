#include "commands/language/guard.h"

#include <algorithm>
#include <string_view>

#include "commands/language/guard_text.h"

namespace osrbot::language {

GuardText::GuardText(const Tokens& tokens)
    : tokens_(tokens),
      phrases_(tokens.size()),
      ends_(tokens.size() + 1, 0),
      chains_(digit_chains(tokens)),
      chain_at_(tokens.size(), 0) {
  for (std::size_t at = 0; at < tokens.size(); ++at) {
    phrases_[at] = guard_phrase(tokens, at);
    if (phrases_[at].cues != 0) ends_[phrases_[at].last] |= phrases_[at].cues;
  }
  for (std::size_t i = 0; i < chains_.size(); ++i) chain_at_[chains_[i].first] = i + 1;
}

std::size_t GuardText::behind(std::size_t at) const {
  return at < phrases_.size() && phrases_[at].cues != 0 ? phrases_[at].last : at + 1;
}

const DigitChain* GuardText::chain_at(std::size_t at) const {
  return at < chain_at_.size() && chain_at_[at] != 0 ? &chains_[chain_at_[at] - 1] : nullptr;
}

bool GuardText::ends_sentence(std::size_t at) const {
  if (tokens_[at].kind != TokenKind::punctuation) return false;
  const auto mark = tokens_.folded(at);
  if (mark == "!" || mark == "?") return true;
  return mark == "." && (at + 1 >= tokens_.size() || !tokens_[at + 1].glued);
}

bool GuardText::ties(std::size_t at) const {
  if (phrases_[at].has(kTie | kPatient)) return true;
  if (tokens_[at].kind == TokenKind::word) {
    constexpr std::size_t kLongestPrefix = 4;
    const bool prefix = at + 1 < tokens_.size() && tokens_[at + 1].glued && tokens_.folded(at).size() <= kLongestPrefix;
    return prefix;
  }
  if (tokens_[at].kind == TokenKind::emoji) return true;
  if (tokens_[at].kind != TokenKind::punctuation) return false;
  const auto mark = tokens_.folded(at);
  if (mark == "°") return true;
  return mark.size() == 1 && std::string_view(":.#()=-,'\"*_[]/~|>").find(mark.front()) != std::string_view::npos;
}

bool GuardText::announced(std::size_t at, std::uint32_t cues) const {
  constexpr std::size_t kReach = 6;
  for (std::size_t steps = 0;; ++steps) {
    if (ends(at, kPublicId) && (cues & kPublicId) == 0) return false;
    if (ends(at, cues)) return true;
    if (ends(at, kRecord | kNhsNumber | kNationalId | kBirth) && (cues & kPublicId) != 0) return false;
    if (steps == kReach || at == 0 || !ties(at - 1)) return false;
    --at;
  }
}

bool GuardText::explained(std::size_t behind, std::uint32_t cues) const {
  constexpr std::size_t kReach = 4;
  for (std::size_t steps = 0; steps <= kReach && behind < tokens_.size(); ++steps, ++behind) {
    if (tokens_[behind].line_start) return false;
    if (begins(behind, cues)) return true;
    if (ends_sentence(behind) || !ties(behind) || is_mark(behind, ",") || is_mark(behind, ":")) return false;
  }
  return false;
}

bool GuardText::near(std::size_t first, std::size_t last, std::uint32_t cues, std::size_t reach) const {
  for (std::size_t back = 1; back <= reach && back <= first; ++back) {
    if (ends_sentence(first - back) || tokens_[first - back + 1].line_start) break;
    if (begins(first - back, cues)) return true;
  }
  for (std::size_t ahead = 0; ahead < reach && last + ahead < size(); ++ahead) {
    if (ends_sentence(last + ahead) || (last + ahead > first && tokens_[last + ahead].line_start)) break;
    if (begins(last + ahead, cues)) return true;
  }
  return false;
}

void GuardFindings::add(const GuardFinding& finding) {
  if (std::find(findings_.begin(), findings_.end(), finding) == findings_.end()) findings_.push_back(finding);
}

GuardVerdict GuardFindings::verdict() {
  std::stable_sort(findings_.begin(), findings_.end(),
                   [](const auto& a, const auto& b) { return a.severity < b.severity; });
  return {std::move(findings_)};
}

GuardVerdict check_patient_data(const Tokens& tokens) {
  const GuardText text(tokens);
  GuardFindings findings;
  check_numbers(text, findings);
  check_persons(text, findings);
  return findings.verdict();
}

GuardVerdict check_patient_data(std::string_view text) {
  return check_patient_data(Tokens(text));
}

}  // namespace osrbot::language
