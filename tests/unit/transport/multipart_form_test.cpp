#include "adapters/transport/multipart_form.h"

#include <doctest/doctest.h>

#include "tests/fakes/multipart.h"

using namespace osrbot;

TEST_CASE("a form is read back as it was written, whatever its values hold") {
  MultipartForm form;
  form.add_field("chat_id", "7");
  form.add_file("document", "a \"b\"\r\n.csv", "text/csv\r\nX: y", "--osrbot-form\r\nosrbot-form-1\r\n");
  const auto [type, body] = form.encode();
  CHECK(type == "multipart/form-data; boundary=osrbot-form-2");
  const auto parts = fakes::read_multipart(type, body);
  REQUIRE(parts);
  REQUIRE(parts->size() == 2);
  CHECK((*parts)[0].name == "chat_id");
  CHECK((*parts)[0].value == "7");
  CHECK((*parts)[1].file_name == "a %22b%22%0D%0A.csv");
  CHECK((*parts)[1].media_type == "text/csvX: y");
  CHECK((*parts)[1].value == "--osrbot-form\r\nosrbot-form-1\r\n");
}
