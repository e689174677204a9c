#include "commands/language/language_id.h"

#include <algorithm>
#include <array>
#include <bit>

#include "commands/language/text.h"

namespace osrbot::language {
namespace {

enum class Script : std::uint8_t {
  latin,
  arabic,
  devanagari,
  cyrillic,
  han,
  kana,
  hangul,
  greek,
  hebrew,
  thai,
  bengali,
  tamil,
  telugu,
  gujarati,
  gurmukhi,
  ethiopic,
  other
};
constexpr std::size_t kScripts = static_cast<std::size_t>(Script::other) + 1;

Script script_of(char32_t c) {
  if (c < 0x250 || (c >= 0x1E00 && c < 0x1F00)) return Script::latin;
  if ((c >= 0x600 && c < 0x780) || (c >= 0xFB50 && c < 0xFEFF)) return Script::arabic;
  if (c >= 0x900 && c < 0x980) return Script::devanagari;
  if (c >= 0x400 && c < 0x530) return Script::cyrillic;
  if ((c >= 0x4E00 && c < 0xA000) || (c >= 0x3400 && c < 0x4DC0)) return Script::han;
  if (c >= 0x3040 && c < 0x3100) return Script::kana;
  if ((c >= 0xAC00 && c < 0xD7B0) || (c >= 0x1100 && c < 0x1200)) return Script::hangul;
  if (c >= 0x370 && c < 0x400) return Script::greek;
  if (c >= 0x590 && c < 0x600) return Script::hebrew;
  if (c >= 0xE00 && c < 0xE80) return Script::thai;
  if (c >= 0x980 && c < 0xA00) return Script::bengali;
  if (c >= 0xB80 && c < 0xC00) return Script::tamil;
  if (c >= 0xC00 && c < 0xC80) return Script::telugu;
  if (c >= 0xA80 && c < 0xB00) return Script::gujarati;
  if (c >= 0xA00 && c < 0xA80) return Script::gurmukhi;
  if (c >= 0x1200 && c < 0x13A0) return Script::ethiopic;
  return Script::other;
}

/// Languages that have their script to themselves here; empty: words decide.
constexpr std::array<std::string_view, kScripts> kOnlyLanguage = {"",   "",   "",   "ru", "zh", "ja", "ko", "el", "he",
                                                                  "th", "bn", "ta", "te", "gu", "pa", "am", "und"};

struct Letters {
  std::array<std::uint32_t, kScripts> count{};
  std::uint32_t urdu = 0;     ///< ٹ ڈ ڑ ں ے ہ ھ
  std::uint32_t persian = 0;  ///< پ چ ژ گ, which Urdu has too
  std::uint32_t ukrainian = 0;
};

/// Letters that tell a Latin language, with the languages that have them.
struct TellTale {
  char32_t letter;
  std::array<std::string_view, 3> languages;
};
constexpr TellTale kTellTales[] = {
    {U'ø', {"da"}},
    {U'æ', {"da"}},
    {U'å', {"da", "sv"}},
    {U'ñ', {"es"}},
    {U'ã', {"pt"}},
    {U'õ', {"pt"}},
    {U'ç', {"fr", "pt", "tr"}},
    {U'ß', {"de"}},
    {U'ä', {"de", "sv"}},
    {U'ü', {"de", "tr"}},
    {U'ö', {"de", "sv", "tr"}},
    {U'ı', {"tr"}},
    {U'ş', {"tr"}},
    {U'ğ', {"tr"}},
    {U'è', {"fr", "it"}},
    {U'ê', {"fr", "pt"}},
    {U'œ', {"fr"}},
    {U'ì', {"it"}},
    {U'ò', {"it"}},
    {U'ł', {"pl"}},
    {U'ż', {"pl"}},
    {U'ú', {"es", "pt"}},
    {U'í', {"es", "pt"}},
    {U'ó', {"es", "pt", "pl"}},
    {U'á', {"es", "pt"}},
    {U'à', {"fr", "it", "pt"}},
    {U'é', {"fr", "es", "pt"}},
    {U'¿', {"es"}},
    {U'¡', {"es"}},
    {U'â', {"fr", "pt"}},
    {U'î', {"fr"}},
    {U'ô', {"fr", "pt"}},
};

void count_letters(std::string_view text, Letters& letters, std::array<float, 33>& score, const Lexicon& lexicon) {
  const auto& languages = lexicon.languages();
  for (std::size_t at = 0; at < text.size();) {
    const auto [c, size] = decode(text, at);
    at += size;
    if (c < 0x80) {
      letters.count[0] += (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
      continue;
    }
    ++letters.count[static_cast<std::size_t>(script_of(c))];
    if (c < 0x250) {
      for (const auto& tell : kTellTales) {
        if (tell.letter != c && tell.letter != c + 0x20) continue;
        for (const auto code : tell.languages) {
          if (code.empty()) continue;
          const auto found = std::find(languages.begin(), languages.end(), code);
          if (found != languages.end())
            score[static_cast<std::size_t>(found - languages.begin())] += tell.languages[1].empty() ? 1.2F : 0.4F;
        }
      }
    } else {
      letters.urdu += c == 0x679 || c == 0x688 || c == 0x691 || c == 0x6BA || c == 0x6D2 || c == 0x6C1 || c == 0x6BE;
      letters.persian += c == 0x67E || c == 0x686 || c == 0x698 || c == 0x6AF || c == 0x6CC || c == 0x6A9;
      letters.ukrainian += c == 0x456 || c == 0x454 || c == 0x457;
    }
  }
}

}  // namespace

std::string_view detect_language(const Tokens& tokens, const std::vector<WordReading>& words, const Lexicon& lexicon) {
  constexpr std::size_t kEnough = 400;  ///< tokens that decide; a longer text is in the language that it begins in
  Letters letters;
  std::array<float, 33> score{};
  const auto& languages = lexicon.languages();
  const auto& index = lexicon.index();
  const auto hindi_in_latin = std::find(languages.begin(), languages.end(), "hi-Latn");
  const auto hinglish =
      hindi_in_latin == languages.end() ? 0U : static_cast<unsigned>(hindi_in_latin - languages.begin());
  std::size_t hinglish_words = 0;
  for (std::size_t i = 0; i < std::min(tokens.size(), kEnough); ++i) {
    const auto& token = tokens[i];
    if (token.kind == TokenKind::punctuation && tokens.original(i).size() == 2)
      count_letters(tokens.original(i), letters, score, lexicon);
    if (token.kind != TokenKind::word) continue;
    count_letters(tokens.original(i), letters, score, lexicon);
    const auto credit = [&](std::uint32_t bits, float weight) {
      weight /= static_cast<float>(std::popcount(bits));
      for (; bits; bits &= bits - 1) score[static_cast<std::size_t>(std::countr_zero(bits)) + 1] += weight;
    };
    const auto common = index.languages_of(words[i].exact);
    if (common) credit(common, 1.0F);
    if (const auto phrase = index.phrase_languages_of(words[i].exact ? words[i].exact : words[i].form))
      credit(phrase, 0.4F);
    if (hinglish && common == 1U << (hinglish - 1U)) ++hinglish_words;
  }
  const auto most = std::max_element(letters.count.begin(), letters.count.end());
  if (*most == 0) return "und";
  auto script = static_cast<Script>(most - letters.count.begin());
  // English terms and names are mixed into every language; a fifth of letters in another script decide.
  const auto total = letters.count[0] + *most;
  if (script == Script::latin) {
    const auto other = std::max_element(letters.count.begin() + 1, letters.count.end());
    if (*other * 5 > total && *other >= 6) script = static_cast<Script>(other - letters.count.begin());
  }
  if (script == Script::han && letters.count[static_cast<std::size_t>(Script::kana)] > 0) script = Script::kana;
  if (script == Script::cyrillic && letters.ukrainian > 0) return "uk";
  if (script == Script::arabic) {
    if (letters.urdu > 1) return "ur";
    return letters.persian > 1 && letters.persian * 30 > letters.count[1] ? "fa" : "ar";
  }
  if (const auto only = kOnlyLanguage[static_cast<std::size_t>(script)]; !only.empty()) return only;

  const auto is_candidate = [&](std::string_view code) {
    const bool indic = code == "hi" || code == "mr" || code == "ne";
    return script == Script::devanagari ? indic : !indic && code != "ar" && code != "ur" && code != "fa";
  };
  std::size_t best = 0;
  float best_score = 0;
  for (std::size_t i = 1; i < languages.size(); ++i) {
    if (!is_candidate(languages[i])) continue;
    // Hinglish is Hindi grammar between English words: a few of its own words outweigh them.
    const auto here = score[i] * (i == hinglish ? (hinglish_words >= 2   ? 1.8F
                                                   : hinglish_words == 1 ? 1.0F
                                                                         : 0.3F)
                                                : 1.0F);
    if (here > best_score + 0.01F || (here > best_score - 0.01F && here > 0 && languages[i] == "en")) {
      best = i;
      best_score = std::max(here, best_score);
    }
  }
  if (best) return languages[best];
  return script == Script::devanagari ? "hi" : "und";
}

}  // namespace osrbot::language
