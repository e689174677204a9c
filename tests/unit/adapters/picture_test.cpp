#include "adapters/picture.h"

#include <string>

#include <doctest/doctest.h>

using namespace osrbot;
using namespace std::string_literals;

TEST_CASE("pictures are known by how they begin, whatever they are called") {
  CHECK(picture_type("\x89PNG\r\n\x1A\n"s + "\0\0\0\rIHDR"s) == "image/png");
  CHECK(picture_type("\xFF\xD8\xFF\xE0\0\x10JFIF"s) == "image/jpeg");
  CHECK(picture_type("RIFF\x24\0\0\0WEBPVP8 "s) == "image/webp");
}

TEST_CASE("other files, and pieces of pictures, are none") {
  for (const std::string& bytes : {""s, "GIF89a"s, "%PDF-1.7"s, "\x89PN"s, "\xFF\xD8"s, "RIFF\x24\0\0\0WAVEfmt "s,
                                   "RIFF\x24\0\0\0WEBP"s, "<svg xmlns="s}) {
    CHECK(picture_type(bytes).empty());
  }
}
