#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

#include "adapters/slack/render.h"

using namespace osrbot;
using namespace osrbot::slack;
using nlohmann::json;

namespace {

/// What Slack tells of a press on a message of the bot: the blocks as they were sent, each with an id of Slack's.
json press(const Message& message, std::size_t row, std::size_t button) {
  json blocks = json::parse(render(message).at(0).blocks);
  for (std::size_t i = 0; i < blocks.size(); ++i) blocks[i]["block_id"] = "b" + std::to_string(i);
  json action = blocks[row + 1]["elements"][button];
  action["block_id"] = blocks[row + 1]["block_id"];
  return {{"type", "block_actions"},
          {"user", {{"id", "U07ANA"}, {"name", "ana"}}},
          {"message", {{"text", "as it was"}, {"blocks", std::move(blocks)}}},
          {"actions", json::array({std::move(action)})}};
}

Message message() {
  Message message{.blocks = {{.kind = Block::Kind::paragraph, .spans = {{Span::Style::plain, "Tasks", ""}}}},
                  .buttons = {}};
  message.buttons = {{{.label = "Claim T1", .command = "claim T1", .url = ""},
                      {.label = "Claim <!here>", .command = "claim T2", .url = ""}},
                     {{.label = "Yes", .command = "yes", .url = "", .use = Button::Use::pick},
                      {.label = "No", .command = "no", .url = "", .use = Button::Use::pick}},
                     {{.label = "Join N1", .command = "join N1", .url = "", .use = Button::Use::again}}};
  return message;
}

}  // namespace

TEST_CASE("a button goes when it was pressed, and the message tells by whom") {
  const auto after = json::parse(after_press(press(message(), 0, 1)));
  CHECK(after["replace_original"] == true);
  CHECK(after["text"] == "as it was");
  REQUIRE(after["blocks"].size() == 5);
  CHECK(after["blocks"][1]["elements"].size() == 1);
  CHECK(after["blocks"][1]["elements"][0]["value"] == "claim T1");
  CHECK(after["blocks"][4]["block_id"] == "presses");
  CHECK(after["blocks"][4]["elements"][0]["text"] == "✓ <@U07ANA> Claim &lt;!here&gt;");
}

TEST_CASE("the last button of a row takes the row with it") {
  auto one = message();
  one.buttons[0].pop_back();
  const auto after = json::parse(after_press(press(one, 0, 0)));
  CHECK(after["blocks"][1]["elements"][0]["value"] == "yes");
}

TEST_CASE("a question is answered once: its row goes") {
  const auto after = json::parse(after_press(press(message(), 1, 0)));
  REQUIRE(after["blocks"].size() == 4);
  for (const auto& block : after["blocks"]) CHECK(block.dump().find("\"no\"") == std::string::npos);
}

TEST_CASE("a button that is for everybody stays") {
  CHECK(after_press(press(message(), 2, 0)).empty());
}

TEST_CASE("presses are noted one after the other, and only the latest ten") {
  json interaction = press(message(), 0, 0);
  for (int i = 0; i < 12; ++i) {
    json& blocks = interaction["message"]["blocks"];
    blocks = json::parse(after_press(interaction))["blocks"];
    // Somebody presses again what another message still shows.
    blocks[1]["elements"].push_back(interaction["actions"][0]);
  }
  const auto& notes = interaction["message"]["blocks"].back();
  CHECK(notes["block_id"] == "presses");
  CHECK(notes["elements"].size() == 10);
}

TEST_CASE("what only one person sees goes when its work is done") {
  json interaction = press(message(), 1, 0);
  interaction.erase("message");
  CHECK(after_press(interaction).empty());
  interaction["container"] = {{"type", "message"}, {"is_ephemeral", true}};
  CHECK(json::parse(after_press(interaction)) == json{{"delete_original", true}});
}

TEST_CASE("what Slack does not describe changes nothing") {
  const auto good = press(message(), 0, 0);
  for (const char* change : {R"({"message":null})", R"({"message":{"blocks":{}}})",
                             R"({"message":{"blocks":[1,null]}})", R"({"actions":[]})", R"({"actions":[1]})",
                             R"({"actions":[{"action_id":7}]})", R"({"actions":[{"action_id":"once.0"}]})"}) {
    CAPTURE(change);
    json odd = good;
    odd.merge_patch(json::parse(change));
    CHECK(after_press(odd).empty());
  }
}
