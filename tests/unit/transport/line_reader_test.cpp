#include "adapters/transport/line_reader.h"

#include <vector>

#include <doctest/doctest.h>

using namespace osrbot;

namespace {

std::vector<std::string> fed(LineReader& reader, std::initializer_list<std::string_view> pieces) {
  std::vector<std::string> lines;
  for (const auto piece : pieces) reader.feed(piece, [&](std::string_view line) { lines.emplace_back(line); });
  return lines;
}

}  // namespace

TEST_CASE("lines come out whole, wherever the stream was cut") {
  LineReader reader(100);
  CHECK(fed(reader, {"one\r\ntw", "o", "\r", "\n\r\n", "three\nfour"}) ==
        std::vector<std::string>{"one", "two", "", "three"});
  CHECK(fed(reader, {"\n"}) == std::vector<std::string>{"four"});
}

TEST_CASE("a line that is too long is left out, and the next one is not") {
  LineReader reader(4);
  CHECK(fed(reader, {"1234\n12345\n", "123", "456", "789\nok\n"}) == std::vector<std::string>{"1234", "ok"});
  CHECK(reader.left_out() == 2);
}
