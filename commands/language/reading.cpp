#include "commands/language/reading.h"

#include <algorithm>
#include <array>

#include "commands/language/language_id.h"
#include "commands/language/text.h"

namespace osrbot::language {
namespace {

constexpr std::size_t kLongestSentence = 120;  ///< tokens looked at: keeps texts without full stops linear

}  // namespace

Reading::Reading(std::string_view text, const Lexicon& lexicon) : tokens_(text), lexicon_(lexicon) {
  const auto& index = lexicon.index();
  std::vector<WordReading> words(tokens_.size());
  std::size_t upper = 0;
  std::size_t letters = 0;
  for (std::size_t i = 0; i < tokens_.size(); ++i) {
    words[i] = index.read(tokens_, i);
    if (tokens_[i].kind == TokenKind::word) {
      ++letters;
      upper += tokens_[i].upper;
    }
  }
  shouted_ = letters >= 3 && upper * 10 >= letters * 7;
  language_ = detect_language(tokens_, words, lexicon);
  const auto& languages = lexicon.languages();
  const auto known = std::find(languages.begin(), languages.end(), language_);
  language_index_ = known == languages.end() ? 0 : static_cast<std::uint8_t>(known - languages.begin());

  std::vector<Hit> found;
  hits_.reserve(16);
  std::array<std::uint32_t, kSenses> covered{};  // per sense: up to which token a longer phrase already goes
  for (std::size_t i = 0; i < tokens_.size(); ++i) {
    if (!words[i].exact && !words[i].form) continue;
    found.clear();
    index.match(tokens_, words, i, found);
    // Longest first; per sense one phrase at a place.
    for (auto hit = found.rbegin(); hit != found.rend(); ++hit) {
      if (!is_wanted(*hit)) continue;
      const auto sense = static_cast<std::size_t>(meaning(*hit).sense);
      if (hit->last <= covered[sense]) continue;
      if (meaning(*hit).sense == Sense::skill && hit->first < covered[sense]) continue;
      covered[sense] = hit->last;
      present_ |= std::uint64_t{1} << sense;
      hits_.push_back(*hit);
    }
  }
}

bool Reading::is_wanted(const Hit& hit) const {
  const auto& what = meaning(hit);
  const auto& first = tokens_[hit.first];
  if (what.sense == Sense::skill) {
    // "P" of "P-value" or "R" of "R&D" is no skill; a glued number makes it another name ("R0", "B12").
    if (what.exact_case && hit.last == hit.first + 1) {
      if (hit.last < tokens_.size() && tokens_[hit.last].glued) {
        const auto& next = tokens_[hit.last];
        if (next.kind == TokenKind::number || next.joiner == '&' || next.joiner == '\'') return false;
      }
      if (first.glued && (first.joiner == '&' || (hit.first > 0 && tokens_[hit.first - 1].kind == TokenKind::number)))
        return false;
      if (shouted_ && tokens_.folded(hit.first).size() <= 3) {
        // In capitals anything may be one: only beside other names of programs.
        const bool beside = (hit.first > 1 && tokens_.is_word(hit.first - 1, "and")) ||
                            tokens_.is_word(hit.last, "and") ||
                            (hit.last < tokens_.size() && tokens_[hit.last].joiner == '/') || first.joiner == '/';
        const bool role = tokens_.is_word(hit.last, "programmer") || tokens_.is_word(hit.last, "user");
        if (!beside && !role) return false;
      }
    }
  }
  if (what.language != 0 && what.language != language_index_ && language_index_ != 0) {
    // A short word of another language is likelier a word of this one.
    if (hit.last == hit.first + 1 && !what.exact_case && tokens_.folded(hit.first).size() <= 4) return false;
  }
  return true;
}

const Hit* Reading::find(Sense sense) const {
  if (!has(sense)) return nullptr;
  const auto found =
      std::find_if(hits_.begin(), hits_.end(), [&](const Hit& hit) { return meaning(hit).sense == sense; });
  return found == hits_.end() ? nullptr : &*found;
}

std::size_t Reading::count(Sense sense) const {
  if (!has(sense)) return 0;
  return static_cast<std::size_t>(
      std::count_if(hits_.begin(), hits_.end(), [&](const Hit& hit) { return meaning(hit).sense == sense; }));
}

const Hit* Reading::at(Sense sense, std::size_t token) const {
  constexpr std::size_t kLongestPhrase = 12;
  if (!has(sense)) return nullptr;
  const auto from = token > kLongestPhrase ? token - kLongestPhrase : 0;
  auto hit =
      std::lower_bound(hits_.begin(), hits_.end(), from, [](const Hit& h, std::size_t at) { return h.first < at; });
  for (; hit != hits_.end() && hit->first <= token; ++hit) {
    if (token < hit->last && meaning(*hit).sense == sense) return &*hit;
  }
  return nullptr;
}

bool Reading::ends_sentence(std::size_t i) const {
  if (i >= tokens_.size() || tokens_[i].kind != TokenKind::punctuation) return false;
  const auto mark = tokens_.folded(i);
  if (mark == "!" || mark == "?" || mark == ";") return true;
  // "p. ex." and "1. juni" go on in small letters or digits without a capital.
  return mark == "." && i + 1 < tokens_.size() && !tokens_[i + 1].glued &&
         !(i > 0 && tokens_[i - 1].kind == TokenKind::number);
}

std::size_t Reading::sentence_begin(std::size_t at) const {
  const auto least = at > kLongestSentence ? at - kLongestSentence : 0;
  while (at > least && !ends_sentence(at - 1) && !tokens_[at].line_start) --at;
  return at;
}

std::size_t Reading::sentence_end(std::size_t at) const {
  const auto most = std::min(tokens_.size(), at + kLongestSentence);
  while (at < most && !ends_sentence(at) && !(at + 1 < tokens_.size() && tokens_[at + 1].line_start)) ++at;
  return at;
}

std::string_view Reading::slice(std::size_t first, std::size_t last) const {
  if (first >= last || last > tokens_.size()) return {};
  return tokens_.text().substr(tokens_[first].begin, tokens_[last - 1].end - tokens_[first].begin);
}

}  // namespace osrbot::language
