// The whole bot with a Slack on loopback: what people do there, and what they see.
#include <algorithm>
#include <filesystem>
#include <string>
#include <thread>

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

#include "adapters/slack/slack_adapter.h"
#include "bot/engine.h"
#include "bot/router.h"
#include "commands/all.h"
#include "commands/matching/pool.h"
#include "storage/migrations.h"
#include "tests/fakes/fake_slack.h"
#include "tests/fakes/slack_events.h"
#include "tests/fakes/temporary_folder.h"

using namespace osrbot;
using nlohmann::json;
namespace events = fakes::slack_events;

namespace {

const std::filesystem::path resources = std::filesystem::path(OSRBOT_SOURCE_DIR) / "config";

class Workspace {
 public:
  Workspace()
      : config_(configured(slack)),
        db_(folder_.path() / "osrbot.db", storage::Connection::Mode::read_write),
        words_(Catalogue::load(resources / "locales")),
        vocabulary_(resources),
        pool_(matching::IncomeGroups::load(resources / "income_groups.json"), config_.matching),
        router_(config_, words_, vocabulary_, pool_, all_commands(), all_timers(), all_dialogues()),
        engine_((storage::migrate(db_, clock_.now()), db_), router_, clock_, {log_, metrics_, readiness_}, {}),
        adapter_(config_.slack, nullptr, log_) {
    pool_.build_in_background(folder_.path() / "osrbot.db");
    pool_.wait();
    router_.add_platform("slack", adapter_.capabilities());
    engine_.add_relay(adapter_, {});
    worker_ = std::jthread([this](std::stop_token stop) { engine_.run(std::move(stop), std::chrono::seconds(5)); });
    receiver_ = std::jthread([this](std::stop_token stop) {
      adapter_.receive(std::move(stop), "", [this](Batch batch) { return engine_.deliver(std::move(batch)); });
    });
    REQUIRE(slack.wait_until([&] { return adapter_.counts().connections == 1; }));
  }
  ~Workspace() {
    receiver_.request_stop();
    receiver_.join();
    worker_.request_stop();
    worker_.join();
  }

  std::string push(const std::string& type, const std::string& payload) {
    return slack.push(slack.sockets().front(), type, payload);
  }

  /// The newest call of a method that holds some words, once there is one.
  fakes::SlackCall heard(const std::string& method, const std::string& words) {
    fakes::SlackCall found;
    CAPTURE(method);
    CAPTURE(words);
    REQUIRE(slack.wait_until([&] {
      for (const auto& call : slack.calls(method)) {
        if (call.body.find(words) != std::string::npos) found = call;
      }
      return !found.method.empty();
    }));
    return found;
  }

  /// Ana starts P1 in C1.
  void start_project() {
    push("slash_commands", events::to_json(events::slash_command("project new Hernia", "C1", "U1", "t1")));
    heard("chat.postEphemeral", "Shall I start it?");
    push("slash_commands", events::to_json(events::slash_command("yes", "C1", "U1", "t2")));
    heard("chat.postMessage", "has started");
  }

  fakes::FakeSlack slack;

 private:
  static Config configured(const fakes::FakeSlack& slack) {
    Config config;
    config.slack.bot_token = Secret(slack.options().bot_token);
    config.slack.app_token = Secret(slack.options().app_token);
    config.slack.base_url = slack.url();
    config.slack.limits.per_channel_second = 0;
    return config;
  }

  fakes::TemporaryFolder folder_;
  const Config config_;
  const Log log_ = [](LogLevel, std::string_view) {};
  SystemClock clock_;
  Metrics metrics_;
  Readiness readiness_;
  storage::Connection db_;
  Catalogue words_;
  Vocabulary vocabulary_;
  matching::Pool pool_;
  Router router_;
  Engine engine_;
  slack::SlackAdapter adapter_;
  std::jthread worker_;
  std::jthread receiver_;
};

}  // namespace

TEST_CASE("a slash command opens a form, what is wrong stands beside its field, and what is right becomes a need") {
  Workspace there;
  there.start_project();
  there.push("slash_commands", events::to_json(events::slash_command("need 2", "C1", "U1", "t3")));
  const auto opened = there.heard("views.open", "New need");
  CHECK(opened["trigger_id"] == "t3");
  const auto view = json::parse(opened["view"]);
  CHECK(view["callback_id"] == "need");

  const std::string metadata = view["private_metadata"];
  const auto wrong =
      there.push("interactive", events::submission("need", R"({"project":{"value":{"selected_option":{"value":"P1"}}},
        "count":{"value":{"value":"1000"}},"skill":{"value":{"value":"statistician"}}})",
                                                   metadata, "t4"));
  REQUIRE(there.slack.wait_until([&] { return !there.slack.acknowledged(wrong).empty(); }));
  const auto errors = json::parse(there.slack.acknowledged(wrong).front().payload);
  CHECK(errors["response_action"] == "errors");
  CHECK(errors["errors"].contains("count"));

  const auto right =
      there.push("interactive", events::submission("need", R"({"project":{"value":{"selected_option":{"value":"P1"}}},
        "count":{"value":{"value":"2"}},"skill":{"value":{"value":"<!channel> statistician"}}})",
                                                   metadata, "t5"));
  REQUIRE(there.slack.wait_until([&] { return !there.slack.acknowledged(right).empty(); }));
  CHECK(there.slack.acknowledged(right).front().payload.empty());  // the dialog closes
  const auto said = there.heard("chat.postMessage", "statistician");
  CHECK(said["channel"] == "C1");
  CHECK(said["text"].find("<!channel>") == std::string::npos);
  CHECK(said["text"].find("&lt;!channel&gt;") != std::string::npos);
}

TEST_CASE("a message is made a task by its menu") {
  Workspace there;
  there.start_project();
  there.push("interactive", events::message_action("task_add:title", {.text = "Screen 100 abstracts"}));
  const auto view = json::parse(there.heard("views.open", "Screen 100 abstracts")["view"]);
  CHECK(view["callback_id"] == "task add");
  CHECK(view.dump().find("fake.slack.com/archives/C1/") != std::string::npos);
}

TEST_CASE("a message becomes a need: whom it looks for, how many, by when, and not its whole text as a skill") {
  Workspace there;
  there.start_project();
  there.push(
      "interactive",
      events::message_action("need:skill", {.text = "Dear all, the data of our study are complete at last. We need 2 "
                                                    "statisticians by 30 April 2099, about 3 hours a week."}));
  const auto view = json::parse(there.heard("views.open", "New need")["view"]);
  const auto shown = [&](const char* name) -> std::string {
    for (const auto& block : view["blocks"]) {
      if (block.value("block_id", "") != name) continue;
      for (const char* key : {"initial_value", "initial_date"}) {
        if (block["element"].contains(key)) return block["element"][key];
      }
    }
    return {};
  };
  CHECK(shown("skill").find("tatisti") != std::string::npos);
  CHECK(shown("skill").size() <= 80);
  CHECK(shown("count") == "2");
  CHECK(shown("deadline") == "2099-04-30");
  CHECK(shown("hours") == "3");
}

TEST_CASE("a long message becomes a task whose title ends at a word and leads to the message") {
  Workspace there;
  there.start_project();
  std::string text = "Screen the abstracts";
  for (int i = 0; i < 60; ++i) text += " of the search in PubMed";
  there.push("interactive", events::message_action("task_add:title", {.text = text}));
  const auto opened = there.heard("views.open", "Screen the abstracts");
  CHECK(opened.body.find("PubMed…") + opened.body.find("of…") + opened.body.find("the…") +
            opened.body.find("search…") !=
        4 * std::string::npos);
  CHECK(opened.body.find("(https://fake.slack.com/archives/C1/p1700000001000100)") != std::string::npos);
}

TEST_CASE("the button to talk in private goes on in the direct message, and shows the way there") {
  Workspace there;
  there.start_project();
  there.push("events_api", events::message({.text = "<@UBOT> start", .user = "U2"}));
  there.heard("chat.postEphemeral", "Talk in private");
  auto press = json::parse(events::press("start", "C1", "U2", "t5", there.slack.response_url("talk")));
  press["actions"][0]["action_id"] = "again.0";
  there.push("interactive", press.dump());
  const auto told = there.heard("chat.postMessage", "May I keep a profile of you?");
  CHECK(told["channel"] == "U2");
  const auto way = there.heard("chat.postEphemeral", "I have written to you in private");
  CHECK(way["user"] == "U2");
  CHECK(way["channel"] == "C1");
  CHECK(way.body.find("/app_redirect?channel=DU2&team=T1") != std::string::npos);
}

TEST_CASE("two quick presses of a button run its command once") {
  Workspace there;
  there.start_project();
  const auto press = [](const char* trigger) { return events::press("task add P1 Screen", "C1", "U1", trigger); };
  there.push("interactive", press("t5"));
  const auto second = there.push("interactive", press("t6"));
  REQUIRE(there.slack.wait_until([&] { return !there.slack.acknowledged(second).empty(); }));
  there.push("slash_commands", events::to_json(events::slash_command("tasks P1", "C1", "U1", "t7")));
  const auto list = there.heard("chat.postMessage", "T1");
  CHECK(list.body.find("T2") == std::string::npos);
}

TEST_CASE("what is kept comes as a file") {
  Workspace there;
  there.start_project();
  there.push("slash_commands", events::to_json(events::slash_command("my data", "C1", "U1", "t3")));
  REQUIRE(there.slack.wait_until([&] { return there.slack.files().size() == 1; }));
  CHECK(there.slack.files().front().channel == "DU1");
  CHECK(there.slack.files().front().name == "my-data.json");
}

TEST_CASE("a button that was pressed goes, and the message says who pressed it") {
  Workspace there;
  there.start_project();
  there.push("slash_commands", events::to_json(events::slash_command("project here P1", "C1", "U1", "t6")));
  there.heard("chat.postMessage", "is now the home of");
  there.push("slash_commands", events::to_json(events::slash_command("task add P1 Screen", "C1", "U1", "t3")));
  there.heard("chat.postMessage", "Screen");
  there.push("slash_commands", events::to_json(events::slash_command("tasks P1", "C1", "U1", "t4")));
  const auto list = there.heard("chat.postMessage", R"("value":"claim T1")");
  json blocks = json::parse(list["blocks"]);
  const auto row = std::ranges::find_if(blocks, [](const json& block) { return block["type"] == "actions"; });
  REQUIRE(row != blocks.end());
  (*row)["block_id"] = "b1";
  auto press = json::parse(events::press("claim T1", "C1", "U2", "t5", there.slack.response_url("list")));
  press["actions"][0]["action_id"] = (*row)["elements"][0]["action_id"];
  press["message"]["blocks"] = blocks;
  there.push("interactive", press.dump());
  const auto after = json::parse(there.heard("response/list", "replace_original").body);
  CHECK(after.dump().find("\"value\":\"claim T1\"") == std::string::npos);
  CHECK(after.dump().find("<@U2>") != std::string::npos);
  there.heard("chat.postMessage", "is yours");
}

TEST_CASE("Home is shown when it is opened, and again after a press on it") {
  Workspace there;
  there.start_project();
  there.push("slash_commands", events::to_json(events::slash_command("task add P1 Screen", "C1", "U1", "t3")));
  there.push("slash_commands", events::to_json(events::slash_command("claim T1", "C1", "U1", "t4")));
  there.heard("chat.postMessage", "is yours");
  there.push("events_api",
             events::event(R"({"type":"app_home_opened","user":"U1","channel":"D1","tab":"home","event_ts":"1.2"})"));
  const auto home = there.heard("views.publish", R"("value":"done T1")");
  CHECK(home["user_id"] == "U1");
  const auto before = there.slack.count("views.publish");
  auto press = json::parse(events::press("done T1", "D1", "U1", "t5"));
  press.erase("message");
  press.erase("channel");
  press["container"] = {{"type", "view"}, {"view_id", "V1"}};
  press["view"] = {{"id", "V1"}, {"type", "home"}};
  there.push("interactive", press.dump());
  REQUIRE(there.slack.wait_until([&] { return there.slack.count("views.publish") > before; }));
  CHECK(there.slack.calls("views.publish").back().body.find(R"("value":"done T1")") == std::string::npos);
}

TEST_CASE("a mistake in a channel is nobody's business but of who made it") {
  Workspace there;
  there.push("slash_commands", events::to_json(events::slash_command("claim T99", "C1", "U3", "t1")));
  const auto said = there.heard("chat.postEphemeral", "T99");
  CHECK(said["user"] == "U3");
  CHECK(said["channel"] == "C1");
}

TEST_CASE("the bot's name is its name wherever it stands") {
  Workspace there;
  there.start_project();
  there.push("events_api", events::message({.text = "thanks <@UBOT>!", .user = "U2", .ts = "5.1", .event_id = "Ev5"}));
  there.push("events_api",
             events::message({.text = "please <@UBOT> task add P1 Read the protocol", .ts = "6.1", .event_id = "Ev6"}));
  there.heard("chat.postMessage", "Read the protocol");
  for (const auto& call : there.slack.calls("chat.postEphemeral"))
    CHECK(call.body.find("no command") == std::string::npos);
}
