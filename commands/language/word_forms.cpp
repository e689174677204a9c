#include "commands/language/word_forms.h"

#include <array>
#include <span>

namespace osrbot::language {
namespace {

using namespace std::literals;

constexpr std::array kLatinEndings = {"s"sv,  "es"sv, "erne"sv, "ene"sv, "ers"sv, "en"sv,
                                      "er"sv, "et"sv, "ne"sv,   "n"sv,   "r"sv,   "e"sv};
constexpr std::array kHindiEndings = {"ियों"sv, "ों"sv, "ें"sv, "ो"sv, "े"sv, "ी"sv, "ा"sv, "्"sv};
/// Conjunction, preposition and article in front of a word, longest first. After ل the article is written لل.
constexpr std::array kArabicClitics = {"وبال"sv, "وكال"sv, "فبال"sv, "ولل"sv, "وال"sv, "بال"sv,
                                       "كال"sv,  "فال"sv,  "لل"sv,   "ال"sv,  "وب"sv,  "ول"sv,
                                       "و"sv,    "ف"sv,    "ب"sv,    "ك"sv,   "ل"sv};
constexpr std::array kArabicEndings = {"تين"sv, "تان"sv, "ين"sv, "ان"sv, "ون"sv};

constexpr std::size_t kLatinStem = 4;       ///< letters that must stay
constexpr std::size_t kArabicStem = 3 * 2;  ///< bytes: three letters
constexpr std::size_t kHindiStem = 2 * 3;   ///< bytes: two letters

bool is_arabic(std::string_view word) {
  const auto first = static_cast<unsigned char>(word.front());
  return first >= 0xD8U && first <= 0xDBU;
}
bool is_devanagari(std::string_view word) {
  return word.starts_with("\xE0\xA4") || word.starts_with("\xE0\xA5");
}

/// The `step`-th ending that fits.
std::string_view without_ending(std::string_view word, std::span<const std::string_view> endings, std::size_t least,
                                std::size_t& step) {
  for (const auto ending : endings) {
    if (word.size() < ending.size() + least || !word.ends_with(ending)) continue;
    if (step-- == 0) return word.substr(0, word.size() - ending.size());
  }
  return {};
}

}  // namespace

std::string canonical_form(std::string_view folded) {
  if (folded.empty()) return {};
  if (is_arabic(folded) && folded.starts_with("ال") && folded.size() >= 4 + kArabicStem)
    return std::string(folded.substr(4));
  std::string word(folded);
  if (is_devanagari(folded)) {
    if (word.ends_with("्") && word.size() > 3) word.resize(word.size() - 3);
    if (word.starts_with("डाटा")) word.replace(0, "डाटा"sv.size(), "डेटा");
  }
  return word;
}

std::string_view detail::stem(std::string_view folded, std::size_t step, std::string& buffer) {
  if (folded.empty()) return {};
  if (is_arabic(folded)) {
    for (const auto clitic : kArabicClitics) {
      if (!folded.starts_with(clitic) || folded.size() < clitic.size() + kArabicStem) continue;
      if (step-- == 0) return folded.substr(clitic.size());
    }
    return without_ending(folded, kArabicEndings, kArabicStem, step);
  }
  if (is_devanagari(folded)) {
    buffer = canonical_form(folded);
    if (buffer != folded && step-- == 0) return buffer;
    return without_ending(folded, kHindiEndings, kHindiStem, step);
  }
  return without_ending(folded, kLatinEndings, kLatinStem, step);
}

}  // namespace osrbot::language
