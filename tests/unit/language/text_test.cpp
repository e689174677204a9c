#include "commands/language/text.h"

#include <doctest/doctest.h>

using namespace osrbot::language;

TEST_CASE("bytes that are no UTF-8 are one replacement each and nothing is lost behind them") {
  const auto values = [](std::string_view text) {
    std::vector<char32_t> out;
    for (std::size_t at = 0; at < text.size();) {
      const auto [value, size] = decode(text, at);
      out.push_back(value);
      at += size;
    }
    return out;
  };
  CHECK(values("a\xC0\xAF"
               "b") == std::vector<char32_t>{'a', kReplacement, kReplacement, 'b'});  // overlong '/'
  CHECK(values("\xED\xA0\x80x") == std::vector<char32_t>{kReplacement, kReplacement, kReplacement, 'x'});  // surrogate
  CHECK(values("\xF4\x90\x80\x80") == std::vector<char32_t>(4, kReplacement));  // above U+10FFFF
  CHECK(values("\xE2\x82") == std::vector<char32_t>(2, kReplacement));          // cut short
  CHECK(values("€😀") == std::vector<char32_t>{0x20AC, 0x1F600});
}

TEST_CASE("decoding backwards finds what decoding forwards found") {
  const std::string text = "aé€😀";
  CHECK(decode_before(text, 0) == 0);
  CHECK(decode_before(text, 1) == 'a');
  CHECK(decode_before(text, 3) == 0xE9);
  CHECK(decode_before(text, 6) == 0x20AC);
  CHECK(decode_before(text, 10) == 0x1F600);
  CHECK(decode_before("\xBF", 1) == kReplacement);
}

TEST_CASE("words that a reader takes for the same fold to the same") {
  CHECK(fold("Estadístico") == fold("ESTADISTICO"));
  CHECK(fold("e\u0301tude") == fold("étude"));
  CHECK(fold("Ｏｐｅｎ") == "open");
  CHECK(fold("open\u200Bsource") == "opensource");
  CHECK(fold("إحصائيّة") == fold("احصائيه"));
  CHECK(fold("الـبـحـث") == fold("البحث"));
  CHECK(fold("प्रूफ़रीडर") == fold("प्रूफरीडर"));
  CHECK(fold("आँकड़ा") == fold("आंकडा"));
  CHECK(fold("١٥ १५ ۱۵ 15") == "15 15 15 15");
  CHECK(fold("søger to") != fold("soger to"));
  CHECK(fold("“hvad”؟ “क्या”।") == "\"hvad\"? \"" + fold("क्या") + "\".");
}

TEST_CASE("a folded text knows where each byte came from") {
  const std::string text = "xﬁé!";
  const auto folded = fold_with_origins(text);
  CHECK(folded.text == "xfie!");
  CHECK(folded.origin_of(1) == 1);
  CHECK(folded.origin_of(2) == 1);
  CHECK(folded.origin_of(3) == 4);
  CHECK(folded.origin_of(4) == 6);
  CHECK(folded.origin_of(5) == text.size());
}

TEST_CASE("one edit is a letter more, less or other, or two neighbours swapped") {
  CHECK(within_one_edit("research", "research"));
  CHECK(within_one_edit("research", "reserach"));
  CHECK(within_one_edit("research", "reseach"));
  CHECK(within_one_edit("research", "reseaarch"));
  CHECK(within_one_edit("research", "reseqrch"));
  CHECK_FALSE(within_one_edit("research", "rsereach"));
  CHECK_FALSE(within_one_edit("research", "resrch"));
  CHECK_FALSE(within_one_edit("research", "researchers"));
  CHECK(within_one_edit("بحث", "بحت"));
  CHECK_FALSE(within_one_edit(std::string(65, 'a'), std::string(65, 'a')));
}

TEST_CASE("digits of any script have their value") {
  CHECK(digit_value('7') == 7);
  CHECK(digit_value(0x0667) == 7);
  CHECK(digit_value(0x096D) == 7);
  CHECK(digit_value(0xFF17) == 7);
  CHECK(digit_value('x') == -1);
}
