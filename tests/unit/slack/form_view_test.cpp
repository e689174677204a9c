#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

#include "adapters/slack/blocks.h"
#include "adapters/slack/render.h"
#include "adapters/styled_text.h"

using namespace osrbot;
using namespace osrbot::slack;
using nlohmann::json;

namespace {

Form form() {
  return {.title = "New need",
          .submit = "Save",
          .command = "need",
          .fields = {{.name = "project",
                      .kind = Field::Kind::choice,
                      .label = "Project",
                      .required = true,
                      .options = {{"P1", "P1 Hernia"}, {"P2", "P2 Burns"}},
                      .values = {"P2"}},
                     {.name = "skill",
                      .kind = Field::Kind::line,
                      .label = "Whom?",
                      .hint = "A skill",
                      .required = true,
                      .longest = 80,
                      .values = {"<!channel> *R*"}},
                     {.name = "count", .kind = Field::Kind::number, .label = "How many", .values = {"2"}},
                     {.name = "deadline", .kind = Field::Kind::date, .label = "By", .values = {"2026-05-04"}},
                     {.name = "roles",
                      .kind = Field::Kind::choices,
                      .label = "Roles",
                      .options = {{"a", "A"}, {"b", "B"}, {"c", "C"}},
                      .values = {"a", "c"}},
                     {.name = "notes", .kind = Field::Kind::text, .label = "Notes"}}};
}

json block_of(const json& view, const std::string& name) {
  for (const auto& block : view["blocks"]) {
    if (block.value("block_id", "") == name) return block;
  }
  FAIL("no field " << name);
  return {};
}

}  // namespace

TEST_CASE("a form is a modal: its fields are inputs of their kinds, filled in as far as known") {
  const auto view = json::parse(form_view(form(), "C1 1700000000.000100"));
  CHECK(view["type"] == "modal");
  CHECK(view["callback_id"] == "need");
  CHECK(view["private_metadata"] == "C1 1700000000.000100");
  CHECK(view["title"]["text"] == "New need");
  CHECK(view["submit"]["text"] == "Save");
  const auto project = block_of(view, "project");
  CHECK(project["optional"] == false);
  CHECK(project["element"]["type"] == "static_select");
  CHECK(project["element"]["initial_option"]["value"] == "P2");
  CHECK(project["element"]["action_id"] == "value");
  const auto skill = block_of(view, "skill");
  CHECK(skill["element"]["type"] == "plain_text_input");
  CHECK(skill["element"]["initial_value"] == "<!channel> *R*");
  CHECK(skill["element"]["max_length"] == 80);
  CHECK(skill["hint"]["text"] == "A skill");
  CHECK(block_of(view, "count")["element"]["type"] == "number_input");
  CHECK(block_of(view, "count")["element"]["initial_value"] == "2");
  CHECK(block_of(view, "count")["optional"] == true);
  CHECK(block_of(view, "deadline")["element"]["initial_date"] == "2026-05-04");
  CHECK(block_of(view, "roles")["element"]["initial_options"].size() == 2);
  CHECK(block_of(view, "notes")["element"]["multiline"] == true);
}

TEST_CASE("a value of another kind stays as it was typed, to be mended") {
  Form odd = form();
  odd.fields[2].values = {"a couple"};
  odd.fields[3].values = {"next Friday"};
  odd.fields[0].values = {"P99"};
  const auto view = json::parse(form_view(odd, ""));
  CHECK(block_of(view, "count")["element"]["initial_value"] == "a couple");
  CHECK(block_of(view, "count")["element"]["type"] == "plain_text_input");
  CHECK(block_of(view, "deadline")["element"]["initial_value"] == "next Friday");
  CHECK(!block_of(view, "project")["element"].contains("initial_option"));
}

TEST_CASE("more options than Slack takes are typed instead") {
  Form many = form();
  for (int i = 0; i < 200; ++i) many.fields[0].options.push_back({"P" + std::to_string(i), "x"});
  CHECK(block_of(json::parse(form_view(many, "")), "project")["element"]["type"] == "plain_text_input");
}

TEST_CASE("what is wrong is said beside the field, or above everything") {
  Form wrong = form();
  CHECK(form_errors(wrong).empty());
  wrong.fields[2].error = "That is no number";
  CHECK(json::parse(form_errors(wrong)) == json{{"count", "That is no number"}});
  wrong.error = "Only coordinators may do that";
  CHECK(form_errors(wrong).empty());
  const auto view = json::parse(form_view(wrong, ""));
  CHECK(view["blocks"][0]["type"] == "context");
  CHECK(view["blocks"][0]["elements"][0]["text"] == "⚠ Only coordinators may do that");
}

TEST_CASE("texts that are too long for a modal are cut at a character") {
  Form long_one = form();
  long_one.title = "Ein überaus langer Titel für ein Formular";
  const std::string title = json::parse(form_view(long_one, ""))["title"]["text"];
  CHECK(utf16_length(title) == 24);
  CHECK(title.ends_with("…"));
}
