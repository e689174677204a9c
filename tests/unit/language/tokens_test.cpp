#include "commands/language/tokens.h"

#include <string>

#include <doctest/doctest.h>

using namespace osrbot::language;

namespace {

/// Folded tokens, parted by blanks; kinds other than words and punctuation are marked.
std::string pieces(std::string_view text) {
  const Tokens tokens(text);
  std::string out;
  for (const auto& token : tokens) {
    if (!out.empty()) out += ' ';
    switch (token.kind) {
      case TokenKind::number:
        out += "n:";
        break;
      case TokenKind::emoji:
        out += "emoji:";
        break;
      case TokenKind::hashtag:
        out += "tag:";
        break;
      case TokenKind::mention:
        out += "at:";
        break;
      case TokenKind::url:
        out += "url:";
        break;
      case TokenKind::email:
        out += "mail:";
        break;
      case TokenKind::doi:
        out += "doi:";
        break;
      case TokenKind::orcid:
        out += "orcid:";
        break;
      default:
        break;
    }
    out += tokens.folded(token);
  }
  return out;
}

}  // namespace

TEST_CASE("words, numbers and marks are parted") {
  CHECK(pieces("Need 2 DATA collectors!!") == "need n:2 data collectors !");
  CHECK(pieces("P12, 4th-year; 3-4 ١٥ १५") == "p n:12 , n:4 th year ; n:3 - n:4 n:15 n:15");
  CHECK(pieces("04/05/2026 10:30 1.5") == "n:04 / n:05 / n:2026 n:10 : n:30 n:1 . n:5");
  CHECK(pieces("meta-analysis REDCap+Python") == "meta analysis redcap + python");
  CHECK(pieces("don't l'appendicite I’m d’images") == "dont l appendicite im d images");
  CHECK(pieces("C++ and C# and R/Stata") == "c++ and c# and r stata");
  CHECK(pieces("بREDCap و R-प्रोग्रामर") == "ب redcap و r प्रोग्रामर");
}

TEST_CASE("inclusive endings fold to the stem") {
  CHECK(pieces("un·e statisticien·ne·s") == "un statisticien");
  CHECK(pieces("statisticien.ne statisticien(ne) développeur.euse") == "statisticien statisticien developpeur");
  CHECK(pieces("bioestadístico/a revisores/as developer(s)") == "bioestadistico revisores developer");
  CHECK(pieces("mixed/qualitative and/or") == "mixed qualitative and or");
}

TEST_CASE("hashtags, mentions and addresses are one token each") {
  CHECK(pieces("#OpenSourceResearch @OSRbot") == "tag:opensourceresearch at:osrbot");
  CHECK(pieces("＃OpenSource\u200BResearch") == "tag:opensource research");
  CHECK(pieces("#البحث_مفتوح_المصدر") == "tag:البحث_مفتوح_المصدر");
  CHECK(pieces("#11 C# &#39 a#b") == "# n:11 c# & # n:39 a # b");
  CHECK(pieces("mail ana@example.org or https://journal.example/a?b=1.") ==
        "mail mail:ana@example.org or url:https://journal.example/a?b=1 .");
  CHECK(pieces("see osf.io/ab1 and D3.js. Done.Need") == "see url:osf.io/ab1 and d n:3 . js . done need");
  CHECK(pieces("doi 10.17605/OSF.IO/AB12C, 0000-0002-1694-233X") ==
        "doi doi:10.17605/osf.io/ab12c , orcid:0000-0002-1694-233x");
  CHECK(pieces("@opensourceresearch_bot hi") == "at:opensourceresearch_bot hi");
}

TEST_CASE("emoji sequences are one token") {
  CHECK(Tokens("👩‍⚕️").size() == 1);
  CHECK(Tokens("🇰🇪🇧🇷").size() == 2);
  CHECK(Tokens("1️⃣ ✅ 👍🏽").size() == 3);
}

TEST_CASE("a token knows how it was written") {
  const std::string text = "NEED Ana\nmeta-analysis 4th";
  const Tokens tokens(text);
  REQUIRE(tokens.size() == 6);
  CHECK(tokens[0].upper);
  CHECK(tokens[1].capital);
  CHECK_FALSE(tokens[1].upper);
  CHECK(tokens[2].line_start);
  CHECK(tokens[3].joiner == '-');
  CHECK(tokens[3].glued);
  CHECK_FALSE(tokens[4].glued);
  CHECK(tokens[5].glued);
  CHECK(tokens.original(3) == "analysis");
}

TEST_CASE("any bytes are read, and a token never reaches beyond the text") {
  std::string noise;
  std::uint32_t state = 7;
  for (int i = 0; i < 20000; ++i) {
    state = state * 1664525U + 1013904223U;
    noise += static_cast<char>(state >> 24U);
  }
  const Tokens tokens(noise);
  std::uint32_t at = 0;
  for (const auto& token : tokens) {
    CHECK(token.begin >= at);
    CHECK(token.end > token.begin);
    at = token.end;
  }
  CHECK(at <= noise.size());
}
