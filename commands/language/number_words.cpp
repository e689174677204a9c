#include "commands/language/number_words.h"

#include <algorithm>
#include <array>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include "commands/language/text.h"

namespace osrbot::language {
namespace {

enum Languages : unsigned { en = 1, ar = 2, fr = 4, es = 8, pt = 16, da = 32, hi = 64, hl = 128 };

unsigned languages_of(std::string_view tag) {
  if (tag == "hi-Latn") return hl;
  const auto primary = tag.substr(0, tag.find('-'));
  constexpr std::array<std::pair<std::string_view, unsigned>, 7> kTags{
      {{"en", en}, {"ar", ar}, {"fr", fr}, {"es", es}, {"pt", pt}, {"da", da}, {"hi", hi}}};
  for (const auto& [name, bit] : kTags) {
    if (name == primary) return bit;
  }
  return 0;
}

struct Entry {
  std::string_view word;
  int value;
  unsigned languages;
  bool risky = false;  // is another word elsewhere: counts in its own languages only
  bool article = false;
};

constexpr std::array kNumbers = std::to_array<Entry>({
    {"a", 1, en, true, true},
    {"an", 1, en, true, true},
    {"one", 1, en},
    {"two", 2, en},
    {"three", 3, en},
    {"four", 4, en},
    {"five", 5, en},
    {"six", 6, en | fr},
    {"seven", 7, en},
    {"eight", 8, en},
    {"nine", 9, en},
    {"ten", 10, en},
    {"eleven", 11, en},
    {"twelve", 12, en},
    {"fifteen", 15, en},
    {"twenty", 20, en},
    {"thirty", 30, en},
    {"dozen", 12, en},
    {"couple", 2, en | fr, true},
    {"both", 2, en, true},
    {"un", 1, fr | es, true, true},
    {"une", 1, fr, false, true},
    {"deux", 2, fr},
    {"trois", 3, fr},
    {"quatre", 4, fr},
    {"cinq", 5, fr},
    {"sept", 7, fr, true},
    {"huit", 8, fr},
    {"neuf", 9, fr},
    {"dix", 10, fr},
    {"onze", 11, fr | pt},
    {"douze", 12, fr},
    {"quinze", 15, fr | pt},
    {"vingt", 20, fr},
    {"uno", 1, es, true},
    {"una", 1, es, true, true},
    {"dos", 2, es, true},
    {"tres", 3, es | pt, true},
    {"cuatro", 4, es},
    {"cinco", 5, es | pt},
    {"seis", 6, es | pt},
    {"siete", 7, es},
    {"ocho", 8, es},
    {"nueve", 9, es},
    {"diez", 10, es},
    {"once", 11, es, true},
    {"doce", 12, es},
    {"quince", 15, es, true},
    {"veinte", 20, es},
    {"um", 1, pt, true, true},
    {"uma", 1, pt, true, true},
    {"dois", 2, pt},
    {"duas", 2, pt},
    {"quatro", 4, pt},
    {"sete", 7, pt},
    {"oito", 8, pt},
    {"nove", 9, pt},
    {"dez", 10, pt},
    {"doze", 12, pt},
    {"vinte", 20, pt},
    {"en", 1, da, true, true},
    {"et", 1, da, true, true},
    {"to", 2, da, true},
    {"tre", 3, da, true},
    {"fire", 4, da, true},
    {"fem", 5, da, true},
    {"seks", 6, da, true},
    {"syv", 7, da},
    {"otte", 8, da},
    {"ni", 9, da, true},
    {"ti", 10, da, true},
    {"elleve", 11, da},
    {"tolv", 12, da},
    {"femten", 15, da},
    {"tyve", 20, da},
    {"واحد", 1, ar},
    {"واحدة", 1, ar},
    {"اثنان", 2, ar},
    {"اثنين", 2, ar, true},
    {"اثنتان", 2, ar},
    {"اثنتين", 2, ar},
    {"ثلاث", 3, ar},
    {"ثلاثة", 3, ar},
    {"أربع", 4, ar},
    {"أربعة", 4, ar},
    {"خمس", 5, ar},
    {"خمسة", 5, ar},
    {"ست", 6, ar},
    {"ستة", 6, ar},
    {"سبع", 7, ar},
    {"سبعة", 7, ar},
    {"ثمان", 8, ar},
    {"ثماني", 8, ar},
    {"ثمانية", 8, ar},
    {"تسع", 9, ar},
    {"تسعة", 9, ar},
    {"عشر", 10, ar},
    {"عشرة", 10, ar},
    {"عشرون", 20, ar},
    {"عشرين", 20, ar},
    {"एक", 1, hi},
    {"दो", 2, hi},
    {"तीन", 3, hi},
    {"चार", 4, hi},
    {"पांच", 5, hi},
    {"पाँच", 5, hi},
    {"छह", 6, hi},
    {"छः", 6, hi},
    {"छे", 6, hi},
    {"सात", 7, hi},
    {"आठ", 8, hi},
    {"नौ", 9, hi},
    {"दस", 10, hi},
    {"बारह", 12, hi},
    {"पंद्रह", 15, hi},
    {"बीस", 20, hi},
    {"ek", 1, hl, true},
    {"do", 2, hl, true},
    {"teen", 3, hl, true},
    {"tin", 3, hl, true},
    {"chaar", 4, hl},
    {"char", 4, hl, true},
    {"paanch", 5, hl},
    {"panch", 5, hl},
    {"chhe", 6, hl},
    {"chhah", 6, hl},
    {"cheh", 6, hl, true},
    {"saat", 7, hl},
    {"sat", 7, hl, true},
    {"aath", 8, hl},
    {"nau", 9, hl, true},
    {"das", 10, hl, true},
    {"bees", 20, hl, true},
});

constexpr std::array kUnits = std::to_array<std::pair<std::string_view, TimeUnit>>({
    {"minute", TimeUnit::minute}, {"minutes", TimeUnit::minute},  {"min", TimeUnit::minute},
    {"mins", TimeUnit::minute},   {"minuto", TimeUnit::minute},   {"minutos", TimeUnit::minute},
    {"minut", TimeUnit::minute},  {"minutter", TimeUnit::minute}, {"دقيقة", TimeUnit::minute},
    {"دقائق", TimeUnit::minute},  {"मिनट", TimeUnit::minute},     {"hour", TimeUnit::hour},
    {"hours", TimeUnit::hour},    {"hr", TimeUnit::hour},         {"hrs", TimeUnit::hour},
    {"heure", TimeUnit::hour},    {"heures", TimeUnit::hour},     {"hora", TimeUnit::hour},
    {"horas", TimeUnit::hour},    {"timer", TimeUnit::hour},      {"timers", TimeUnit::hour},
    {"ساعة", TimeUnit::hour},     {"ساعات", TimeUnit::hour},      {"घंटा", TimeUnit::hour},
    {"घंटे", TimeUnit::hour},       {"घंटों", TimeUnit::hour},        {"घण्टे", TimeUnit::hour},
    {"ghanta", TimeUnit::hour},   {"ghante", TimeUnit::hour},     {"ghanton", TimeUnit::hour},
    {"day", TimeUnit::day},       {"days", TimeUnit::day},        {"jour", TimeUnit::day},
    {"jours", TimeUnit::day},     {"journee", TimeUnit::day},     {"journees", TimeUnit::day},
    {"dia", TimeUnit::day},       {"dias", TimeUnit::day},        {"dag", TimeUnit::day},
    {"dage", TimeUnit::day},      {"يوم", TimeUnit::day},         {"يوما", TimeUnit::day},
    {"أيام", TimeUnit::day},      {"दिन", TimeUnit::day},         {"दिनों", TimeUnit::day},
    {"din", TimeUnit::day},       {"dino", TimeUnit::day},        {"dinon", TimeUnit::day},
    {"week", TimeUnit::week},     {"weeks", TimeUnit::week},      {"wk", TimeUnit::week},
    {"wks", TimeUnit::week},      {"semaine", TimeUnit::week},    {"semaines", TimeUnit::week},
    {"semana", TimeUnit::week},   {"semanas", TimeUnit::week},    {"uge", TimeUnit::week},
    {"uger", TimeUnit::week},     {"ugen", TimeUnit::week},       {"أسبوع", TimeUnit::week},
    {"أسبوعا", TimeUnit::week},   {"أسابيع", TimeUnit::week},     {"सप्ताह", TimeUnit::week},
    {"हफ्ता", TimeUnit::week},     {"हफ्ते", TimeUnit::week},        {"हफ्तों", TimeUnit::week},
    {"hafta", TimeUnit::week},    {"hafte", TimeUnit::week},      {"hafton", TimeUnit::week},
    {"saptah", TimeUnit::week},   {"month", TimeUnit::month},     {"months", TimeUnit::month},
    {"mois", TimeUnit::month},    {"mes", TimeUnit::month},       {"meses", TimeUnit::month},
    {"måned", TimeUnit::month},   {"måneder", TimeUnit::month},   {"måneden", TimeUnit::month},
    {"شهر", TimeUnit::month},     {"شهرا", TimeUnit::month},      {"أشهر", TimeUnit::month},
    {"شهور", TimeUnit::month},    {"महीना", TimeUnit::month},     {"महीने", TimeUnit::month},
    {"महीनों", TimeUnit::month},   {"माह", TimeUnit::month},       {"mahina", TimeUnit::month},
    {"mahine", TimeUnit::month},  {"mahinon", TimeUnit::month},   {"year", TimeUnit::year},
    {"years", TimeUnit::year},    {"yr", TimeUnit::year},         {"yrs", TimeUnit::year},
    {"an", TimeUnit::year},       {"ans", TimeUnit::year},        {"année", TimeUnit::year},
    {"années", TimeUnit::year},   {"año", TimeUnit::year},        {"años", TimeUnit::year},
    {"anos", TimeUnit::year},     {"ano", TimeUnit::year},        {"år", TimeUnit::year},
    {"سنة", TimeUnit::year},      {"سنوات", TimeUnit::year},      {"عام", TimeUnit::year},
    {"أعوام", TimeUnit::year},    {"साल", TimeUnit::year},        {"वर्ष", TimeUnit::year},
    {"saal", TimeUnit::year},
});

constexpr std::array kDuals = std::to_array<std::pair<std::string_view, TimeUnit>>({
    {"دقيقتين", TimeUnit::minute},
    {"دقيقتان", TimeUnit::minute},
    {"ساعتين", TimeUnit::hour},
    {"ساعتان", TimeUnit::hour},
    {"يومين", TimeUnit::day},
    {"يومان", TimeUnit::day},
    {"أسبوعين", TimeUnit::week},
    {"أسبوعان", TimeUnit::week},
    {"شهرين", TimeUnit::month},
    {"شهران", TimeUnit::month},
    {"سنتين", TimeUnit::year},
    {"عامين", TimeUnit::year},
});

constexpr std::array kAbbreviations = std::to_array<std::pair<std::string_view, TimeUnit>>({
    {"h", TimeUnit::hour},
    {"t", TimeUnit::hour},
    {"m", TimeUnit::minute},
    {"mn", TimeUnit::minute},
    {"d", TimeUnit::day},
    {"j", TimeUnit::day},
    {"w", TimeUnit::week},
    {"sem", TimeUnit::week},
    {"mo", TimeUnit::month},
    {"y", TimeUnit::year},
});

constexpr std::array kHalf =
    std::to_array<std::string_view>({"half", "demi", "demie", "media", "medio", "meia", "meio", "halv", "halvt", "نصف",
                                     "आधा", "आधे", "आधी", "aadha", "aadhe", "adha"});
constexpr std::array kToWeek = std::to_array<std::string_view>(
    {"a",    "an",     "per",  "each", "every", "the",   "in", "par", "por", "la",   "al",
     "cada", "chaque", "pr",   "om",   "i",     "hver",  "في", "كل",  "لكل", "प्रति", "हर",
     "एक",   "में",      "mein", "me",   "har",   "prati", "na", "por", "ek",  "pro"});
constexpr std::array kWeekly = std::to_array<std::string_view>(
    {"weekly", "pw", "hebdomadaire", "hebdomadaires", "semanal", "semanales", "semanais", "semanalmente", "ugentligt",
     "ugentlig", "ugentlige", "أسبوعيا", "اسبوعيا", "साप्ताहिक"});
constexpr std::array kFree =
    std::to_array<std::string_view>({"free", "spare", "extra", "libre", "libres", "livre", "livres", "ledige",
                                     "disponibles", "disponiveis", "khali", "खाली", "solid"});
constexpr std::array kPercent =
    std::to_array<std::string_view>({"percent", "pct", "procent", "بالمئة", "بالمائة", "प्रतिशत", "pratishat"});
constexpr std::array kTo = std::to_array<std::string_view>(
    {"to", "or", "a", "ou", "o", "u", "til", "eller", "الى", "او", "se", "से", "या", "ya"});

template <typename Value>
using WordMap = std::unordered_map<std::string, Value>;

template <typename Value, std::size_t n>
WordMap<Value> folded_map(const std::array<std::pair<std::string_view, Value>, n>& entries) {
  WordMap<Value> map;
  for (const auto& [word, value] : entries) map.emplace(fold(word), value);
  return map;
}

template <std::size_t n>
WordMap<bool> folded_set(const std::array<std::string_view, n>& words) {
  WordMap<bool> set;
  for (const auto word : words) set.emplace(fold(word), true);
  return set;
}

template <typename Value>
std::optional<Value> look_up(const WordMap<Value>& map, std::string_view word) {
  constexpr std::size_t kLongest = 40;
  if (word.size() > kLongest) return std::nullopt;
  const auto found = map.find(std::string(word));
  return found == map.end() ? std::nullopt : std::optional(found->second);
}

/// Arabic writes "the", "in the" and "for the" as part of the word.
std::string_view without_arabic_article(std::string_view word) {
  for (const std::string_view prefix : {"بال", "ال", "لل"}) {
    if (word.starts_with(prefix)) return word.substr(prefix.size());
  }
  return word;
}

}  // namespace

std::optional<NumberWord> number_word(std::string_view word, std::string_view language) {
  static const auto map = [] {
    WordMap<std::vector<const Entry*>> entries;
    for (const auto& entry : kNumbers) entries[fold(entry.word)].push_back(&entry);
    return entries;
  }();
  const auto found = look_up(map, word);
  if (!found) return std::nullopt;
  const auto mask = languages_of(language);
  for (const auto* entry : *found) {
    if ((entry->languages & mask) != 0 || !entry->risky) return NumberWord{entry->value, entry->article};
  }
  return std::nullopt;
}

std::optional<TimeUnit> time_unit(std::string_view word) {
  static const auto map = folded_map(kUnits);
  if (const auto found = look_up(map, word)) return found;
  const auto bare = without_arabic_article(word);
  return bare.size() < word.size() ? look_up(map, bare) : std::nullopt;
}

std::optional<DualUnit> dual_unit(std::string_view word) {
  static const auto map = folded_map(kDuals);
  const auto found = look_up(map, word);
  return found ? std::optional(DualUnit{*found, 2}) : std::nullopt;
}

std::optional<TimeUnit> unit_abbreviation(std::string_view word) {
  static const auto map = folded_map(kAbbreviations);
  return look_up(map, word);
}

bool means_half(std::string_view word) {
  static const auto set = folded_set(kHalf);
  return look_up(set, word).has_value();
}
bool ties_to_week(std::string_view word) {
  static const auto set = folded_set(kToWeek);
  return look_up(set, word).has_value();
}
bool means_weekly(std::string_view word) {
  static const auto set = folded_set(kWeekly);
  return look_up(set, word).has_value();
}
bool means_free(std::string_view word) {
  static const auto set = folded_set(kFree);
  return look_up(set, word).has_value();
}
bool means_percent(std::string_view word) {
  static const auto set = folded_set(kPercent);
  return look_up(set, word).has_value();
}
bool means_to(std::string_view word) {
  static const auto set = folded_set(kTo);
  return look_up(set, word).has_value();
}

}  // namespace osrbot::language
