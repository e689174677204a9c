#include "commands/language/entities.h"

#include <string>

#include <doctest/doctest.h>

#include "commands/language/tag.h"

using namespace osrbot::language;

namespace {

/// What was found, parted by blanks.
std::string entities_in(std::string_view text) {
  std::string out;
  for (const auto& entity : entities(text)) {
    if (!out.empty()) out += ' ';
    out += text.substr(entity.begin, entity.end - entity.begin);
  }
  return out;
}

TagMatch tag_in(std::string_view text) {
  return find_tag(Tokens(text), TagNames{}).match;
}

}  // namespace

TEST_CASE("hashtags as X sees them") {
  CHECK(entities_in("#tag ＃tag #été #البحث_مفتوح #研究 #शोध") == "#tag ＃tag #été #البحث_مفتوح #研究 #शोध");
  CHECK(entities_in("#2026 #2026plan #_a") == "#2026plan #_a");
  CHECK(entities_in("a#b é#c &#39; #a#b 研究#x") == "");
  CHECK(entities_in("(#tag) #tag. \"#tag\"") == "#tag #tag #tag");
  CHECK(entities_in("https://a.org/#part #http://x.org") == "https://a.org/#part");
  CHECK(entities_in("#️⃣") == "");
}

TEST_CASE("mentions as X sees them") {
  CHECK(entities_in("@OSRbot ＠osrbot .@ana (@ben)") == "@OSRbot ＠osrbot @ana @ben");
  CHECK(entities_in("ana@example.org a@b @@c @dé") == "");
  CHECK(entities_in("研究@OSRbot RT@ana") == "@OSRbot @ana");
  CHECK(entities_in("@abcdefghijklmnopqrstuvwxyz") == "@abcdefghijklmnopqrst");
}

TEST_CASE("links as X sees them") {
  CHECK(entities_in("https://osf.io/ab1?x=1. (http://a.dk/b_(c)) www.example.org, osf.io/x") ==
        "https://osf.io/ab1?x=1 http://a.dk/b_(c) www.example.org osf.io/x");
  CHECK(entities_in("statisticien.ne D3.js e.g. name.dk x.tv a.b") == "x.tv");
  CHECK(entities_in("https://journal.example") == "");
}

TEST_CASE("offsets are told in bytes, UTF-16 units and code points") {
  const std::string text = "😀é #tag";
  const auto all = entities(text);
  REQUIRE(all.size() == 1);
  CHECK(all[0] == Entity{EntityKind::hashtag, 7, 11, 4, 8, 3, 7});
}

TEST_CASE("the weighted length follows X's version 3") {
  CHECK(weighted_length("hello") == 5);
  CHECK(weighted_length("cafe\u0301") == 4);
  CHECK(weighted_length("研究") == 4);
  CHECK(weighted_length("مرحبا") == 5);
  CHECK(weighted_length("नमस्ते") == 6);
  CHECK(weighted_length("👩‍⚕️") == 2);
  CHECK(weighted_length("🇰🇪") == 2);
  CHECK(weighted_length("1️⃣") == 2);
  CHECK(weighted_length("a https://example.org/a/very/long/path/that/counts/little b") == 27);
  CHECK(weighted_length("“quoted” – dash") == 15);
}

TEST_CASE("the tag is found with its aliases and one slip of the finger, and nothing else") {
  CHECK(tag_in("#OpenSourceResearch") == TagMatch::exact);
  CHECK(tag_in("#opensourceRESEARCH") == TagMatch::casefold);
  CHECK(tag_in("＃OpenSourceResearch") == TagMatch::casefold);
  CHECK(tag_in("#osrc") == TagMatch::alias);
  CHECK(tag_in("#البحث_مفتوح_المصدر") == TagMatch::alias);
  CHECK(tag_in("#OpenSourceReserach") == TagMatch::misspelling);
  CHECK(tag_in("#OpenSouceResearch") == TagMatch::misspelling);
  CHECK(tag_in("#OpenSourceResearchers") == TagMatch::none);
  CHECK(tag_in("#OpenSourceSearch") == TagMatch::none);
  CHECK(tag_in("open source research") == TagMatch::none);
  CHECK(tag_in("#OpenSource #OSRC") == TagMatch::alias);
}
