// Presses that come faster than Slack redraws the message.
#include "adapters/slack/pressed_messages.h"

#include <memory>
#include <string>
#include <vector>

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

#include "adapters/slack/blocks.h"
#include "tests/fakes/fake_slack.h"

using namespace osrbot;
using namespace osrbot::slack;
using nlohmann::json;

namespace {

struct Desk {
  fakes::FakeSlack slack;
  std::unique_ptr<HttpClient> client = std::make_unique<HttpClient>();
  WebApi api{*client, slack.url()};
  PressedMessages pressed{api, [](LogLevel, std::string_view) {}};

  ~Desk() { client.reset(); }

  /// A press as Slack tells of it while it still shows all buttons.
  void press(const std::string& message, int button, const std::string& url, const std::string& user = "U1") {
    json row = {{"type", "actions"}, {"block_id", "b1"}, {"elements", json::array()}};
    for (int i = 0; i < 3; ++i) {
      row["elements"].push_back({{"type", "button"},
                                 {"action_id", "once." + std::to_string(i)},
                                 {"value", "claim T" + std::to_string(i)},
                                 {"text", {{"type", "plain_text"}, {"text", "Claim"}}}});
    }
    json action = row["elements"][static_cast<std::size_t>(button)];
    action["block_id"] = "b1";
    const json interaction = {{"type", "block_actions"},
                              {"user", {{"id", user}}},
                              {"message", {{"text", "Tasks"}, {"blocks", json::array({row})}}},
                              {"actions", json::array({action})}};
    pressed.change({.message = message, .interaction = interaction.dump()}, slack.response_url(url));
  }

  /// The commands of the buttons that a change leaves.
  std::vector<std::string> left(const std::string& url) {
    REQUIRE(slack.wait_until([&] { return slack.count("response/" + url) == 1; }));
    std::vector<std::string> commands;
    for (const auto& block : json::parse(slack.calls("response/" + url).front()["blocks"])) {
      if (block["type"] != "actions") continue;
      for (const auto& button : block["elements"]) commands.push_back(button["value"]);
    }
    return commands;
  }
};

using Commands = std::vector<std::string>;

}  // namespace

TEST_CASE("a second press does not bring the first button back") {
  Desk desk;
  desk.press("C1:1", 0, "first");
  CHECK(desk.left("first") == Commands{"claim T1", "claim T2"});
  desk.press("C1:1", 1, "second");
  CHECK(desk.left("second") == Commands{"claim T2"});
  // Another message has its own buttons.
  desk.press("C1:2", 1, "other");
  CHECK(desk.left("other") == Commands{"claim T0", "claim T2"});
}

TEST_CASE("changes of a message do not overtake each other: while one is under way, only the newest waits") {
  Desk desk;
  desk.slack.hold("response/first");
  desk.press("C1:1", 0, "first");
  REQUIRE(desk.slack.wait_until([&] { return desk.slack.count("response/first") == 1; }));
  desk.press("C1:1", 1, "second", "U2");
  desk.press("C1:1", 2, "third", "U3");
  CHECK(desk.slack.count("response/second") + desk.slack.count("response/third") == 0);
  desk.slack.release();
  CHECK(desk.left("third").empty());
  CHECK(desk.slack.count("response/second") == 0);
  // Who pressed what is told of all three.
  const auto body = desk.slack.calls("response/third").front().body;
  for (const char* who : {"<@U1>", "<@U2>", "<@U3>"}) CHECK(body.find(who) != std::string::npos);
}

TEST_CASE("the same button again changes nothing, and shows Slack once more that it is gone") {
  Desk desk;
  desk.press("C1:1", 0, "first");
  desk.left("first");
  desk.press("C1:1", 0, "again");
  CHECK(desk.left("again") == Commands{"claim T1", "claim T2"});
  const auto body = desk.slack.calls("response/again").front().body;
  CHECK(body.find("<@U1>") == body.rfind("<@U1>"));
}

TEST_CASE("what only one person sees is taken away") {
  Desk desk;
  const json interaction = {{"container", {{"is_ephemeral", true}}},
                            {"actions", json::array({{{"action_id", "pick.0"}, {"block_id", "b1"}}})}};
  desk.pressed.change({.message = {}, .interaction = interaction.dump()}, desk.slack.response_url("aside"));
  REQUIRE(desk.slack.wait_until([&] { return desk.slack.count("response/aside") == 1; }));
  CHECK(json::parse(desk.slack.calls("response/aside").front().body) == json{{"delete_original", true}});
}
