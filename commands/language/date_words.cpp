#include "commands/language/date_words.h"

#include <algorithm>
#include <array>
#include <initializer_list>
#include <string>
#include <unordered_map>

#include "commands/language/text.h"

namespace osrbot::language {
namespace {

struct Words {
  int number;  // month or weekday
  std::initializer_list<std::string_view> words;
};

// clang-format off
const Words kMonths[] = {
    {1, {"january", "jan", "janvier", "janv", "enero", "ene", "janeiro", "januar", "يناير", "جانفي", "जनवरी",
     "janvari"}},
    {2, {"february", "feb", "février", "févr", "fév", "febrero", "fevereiro", "fev", "februar", "فبراير", "فيفري",
     "شباط", "फरवरी", "फ़रवरी", "farvari"}},
    {3, {"march", "mar", "mars", "marzo", "março", "marts", "مارس", "آذار", "मार्च"}},
    {4, {"april", "apr", "avril", "avr", "abril", "abr", "أبريل", "إبريل", "أفريل", "نيسان", "अप्रैल", "aprail"}},
    {5, {"may", "mai", "mayo", "maio", "maj", "مايو", "ماي", "أيار", "मई"}},
    {6, {"june", "jun", "juin", "junio", "junho", "juni", "يونيو", "يونيه", "جوان", "حزيران", "जून", "joon"}},
    {7, {"july", "jul", "juillet", "juil", "julio", "julho", "juli", "يوليو", "يوليه", "جويلية", "تموز", "जुलाई",
     "julai"}},
    {8, {"august", "aug", "août", "agosto", "أغسطس", "أوت", "آب", "अगस्त", "agast"}},
    {9, {"september", "sept", "sep", "septembre", "septiembre", "setiembre", "setembro", "سبتمبر", "أيلول", "सितंबर",
     "सितम्बर", "sitambar"}},
    {10, {"october", "oct", "octobre", "octubre", "outubro", "oktober", "okt", "أكتوبر", "अक्टूबर", "अक्तूबर", "aktubar",
     "october"}},
    {11, {"november", "nov", "novembre", "noviembre", "novembro", "نوفمبر", "नवंबर", "नवम्बर", "navambar"}},
    {12, {"december", "dec", "décembre", "déc", "diciembre", "dic", "dezembro", "dez", "ديسمبر", "दिसंबर", "दिसम्बर",
     "disambar"}},
};
// clang-format on

// clang-format off
const Words kWeekdays[] = {
    {1, {"monday", "mon", "lundi", "lunes", "mandag", "الاثنين", "الإثنين", "सोमवार", "somvar", "somwar"}},
    {2, {"tuesday", "tue", "tues", "mardi", "martes", "tirsdag", "الثلاثاء", "मंगलवार", "mangalvar", "mangalwar"}},
    {3, {"wednesday", "wed", "mercredi", "miércoles", "onsdag", "الأربعاء", "बुधवार", "budhvar", "budhwar"}},
    {4, {"thursday", "thu", "thur", "thurs", "jeudi", "jueves", "torsdag", "الخميس", "गुरुवार", "बृहस्पतिवार", "guruvar",
     "guruwar"}},
    {5, {"friday", "fri", "vendredi", "viernes", "fredag", "الجمعة", "शुक्रवार", "shukravar", "shukrawar", "shukravaar"}},
    {6, {"saturday", "sat", "samedi", "sábado", "lørdag", "السبت", "शनिवार", "shanivar", "shaniwar"}},
    {7, {"sunday", "sun", "dimanche", "domingo", "søndag", "الأحد", "रविवार", "इतवार", "ravivar", "raviwar", "itvar"}},
    // Portuguese "segunda-feira": the first half alone is an ordinal.
    {1, {"segunda"}},
    {2, {"terça"}},
    {3, {"quarta"}},
    {4, {"quinta"}},
    {5, {"sexta"}},
};
// clang-format on

struct Roles {
  std::uint32_t roles;
  std::initializer_list<std::string_view> words;
};

// clang-format off
const Roles kRoles[] = {
    {kToday, {"today", "tonight", "aujourdhui", "hoy", "hoje", "اليوم", "आज", "aaj"}},
    {kTomorrow, {"tomorrow", "tmrw", "tomorow", "demain", "mañana", "amanhã", "غدا"}},
    {kTomorrow | kCareful, {"morgen", "कल", "kal", "غد"}},
    {kDayAfterTomorrow, {"overmorgen", "परसों", "parson"}},
    {kNextBefore, {"next", "coming", "prochain", "prochaine", "próximo", "próxima", "næste", "kommende", "अगले",
     "अगला", "अगली", "agle", "agla", "agli"}},
    {kNextAfter, {"prochain", "prochaine", "próximo", "próxima", "القادم", "القادمة", "المقبل", "المقبلة"}},
    {kThis, {"this", "ce", "cet", "cette", "este", "esta", "neste", "nesta", "denne", "dette", "هذا", "इस"}},
    {kEndOf, {"end", "fin", "finales", "final", "finais", "fim", "slutningen", "udgangen", "ultimo", "نهاية", "أواخر",
     "अंत", "आखिर", "ant", "aakhir"}},
    {kMiddleOf, {"mid", "middle", "mi", "mediados", "meados", "midten", "midt", "medio", "منتصف", "मध्य"}},
    {kBeginningOf, {"beginning", "début", "principios", "comienzos", "início", "inícios", "begyndelsen", "starten",
     "primo", "بداية", "أوائل", "शुरुआत"}},
    {kIn, {"in", "dans", "en", "em", "daqui", "om", "بعد"}},
    {kWithin, {"within", "sous", "ici", "dentro", "خلال", "غضون"}},
    {kInAfter, {"में", "mein", "me"}},
    {kDeadline, {"by", "before", "until", "till", "til", "closing", "closes", "close", "ends", "ending", "due",
     "latest", "than", "avant", "jusqu", "tard", "antes", "hasta", "vence", "cierra", "tardar", "até", "encerra",
     "termina", "inden", "senest", "før", "قبل", "حتى", "لغاية", "أقصاه", "أقصاها", "ينتهي", "ici"}},
    {kDeadlineNoun, {"deadline", "deadlines", "due", "closing", "limite", "échéance", "clôture", "límite", "plazo",
     "cierre", "prazo", "encerramento", "frist", "fristen", "svarfrist", "ansøgningsfrist", "tilmeldingsfrist",
     "الموعد", "موعد", "तिथि", "तारीख", "tarikh"}},
    {kDeadlineAfter, {"तक", "tak", "deadline"}},
    {kStart, {"from", "starting", "start", "starts", "since", "after", "beginning", "begins", "available", "partir",
     "depuis", "débute", "commence", "commençant", "desde", "empieza", "comienza", "inicia", "começa", "começando",
     "fra", "starter", "begynder", "ابتداء", "اعتبارا", "بدءا", "من", "منذ", "يبدأ"}},
    {kStartAfter, {"से", "se", "onwards", "onward", "शुरू", "shuru"}},
    {kBeforeAfter, {"पहले", "pehle", "pahle"}},
    {kFiller, {"the", "of", "on", "is", "date", "le", "la", "el", "l", "du", "de", "del", "d", "al", "au", "o", "do",
     "da", "dia", "día", "den", "af", "på", "i", "des", "les", "los", "يوم", "في", "من", "شهر", "के", "की", "का", "ke",
     "ki", "ka", "late", "est", "es", "é", "er"}},
    {kEndOfDay, {"eod", "cob", "eob"}},
    {kNoon, {"noon", "midday", "midi", "mediodía", "middag", "الظهر"}},
    {kMidnight, {"midnight", "minuit", "medianoche", "midnat"}},
    {kAt, {"at", "à", "às", "a", "las", "kl", "klokken", "الساعة", "को", "ko", "bis"}},
    {kOrdinalEnd, {"st", "nd", "rd", "th", "er", "º", "ª", "ere"}},
    {kPeriod, {"week", "month", "semaine", "mois", "semana", "mes", "mês", "uge", "ugen", "måned", "måneden",
     "الأسبوع", "أسبوع", "الشهر", "हफ्ते", "सप्ताह", "महीने", "माह", "hafte", "mahine"}},
    {kDayAfterLead, {"day", "après", "pasado", "depois", "بعد"}},
    // Months and weekdays that are other words as well.
    {kCareful, {"may", "march", "mar", "mars", "sat", "sun", "mon", "fri", "wed", "thu", "jan", "nov", "sep", "dec",
     "des", "ماي", "آب", "segunda", "terça", "quarta", "quinta", "sexta", "abr", "ago", "dez", "الأحد"}},
};
// clang-format on

using DateWordMap = std::unordered_map<std::string, DateWord>;

DateWordMap folded_date_words() {
  DateWordMap map;
  for (const auto& [number, words] : kMonths) {
    for (const auto word : words) map[fold(word)].month = static_cast<std::uint8_t>(number);
  }
  for (const auto& [number, words] : kWeekdays) {
    for (const auto word : words) map[fold(word)].weekday = static_cast<std::uint8_t>(number);
  }
  for (const auto& [roles, words] : kRoles) {
    for (const auto word : words) map[fold(word)].roles |= roles;
  }
  return map;
}

}  // namespace

const DateWord& date_word(std::string_view word) {
  static const auto map = folded_date_words();
  static const DateWord none;
  constexpr std::size_t kLongest = 32;
  if (word.empty() || word.size() > kLongest) return none;
  const auto found = map.find(std::string(word));
  return found == map.end() ? none : found->second;
}

}  // namespace osrbot::language
