#include "adapters/slack/update_reader.h"

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

#include "tests/fakes/slack_events.h"

using namespace osrbot;
using namespace osrbot::slack;
namespace events = fakes::slack_events;
using nlohmann::json;

namespace {

constexpr std::chrono::sys_seconds received{std::chrono::seconds(1'700'000'100)};

Workspaces& one_workspace() {
  static Workspaces workspaces(nullptr, [](LogLevel, std::string_view) {});
  workspaces.add({.id = "T1", .token = Secret("xoxb-1"), .bot_user = "UBOT", .bot_id = "BBOT", .configured = true});
  return workspaces;
}

Reading read(const std::string& payload) {
  return read_event(json::parse(payload), one_workspace());
}

Update update(const std::string& payload) {
  const auto reading = read(payload);
  REQUIRE_MESSAGE(reading.update.has_value(), reading.problem);
  return *reading.update;
}

bool is_ignored(const std::string& payload) {
  const auto reading = read(payload);
  return !reading.update && reading.problem.empty();
}

Update interaction(const std::string& payload) {
  const auto reading = read_interaction(json::parse(payload), received);
  REQUIRE_MESSAGE(reading.update.has_value(), reading.problem);
  return *reading.update;
}

}  // namespace

TEST_CASE("a message in a channel has workspace, channel and ts for its key, whatever event tells of it") {
  const auto said = update(events::message({.text = "hello"}));
  CHECK(said.kind == UpdateKind::message);
  CHECK(said.key == "mT1/C1:1700000001.000100");
  CHECK(said.place == Place{.adapter = "slack", .workspace = "T1", .conversation = "C1"});
  CHECK(said.from.id == "U1");
  CHECK(said.message_id == "1700000001.000100");
  CHECK(said.at == std::chrono::sys_seconds(std::chrono::seconds(1'700'000'001)));
  CHECK_FALSE(said.addressed);
  CHECK(update(events::message({.text = "hello", .event_id = "Ev2"})).key == said.key);
  CHECK(update(events::app_mention({.text = "<@UBOT> hello", .event_id = "Ev3"})).key == said.key);
}

TEST_CASE("the bot is addressed in private, by a mention, and in a thread that it began") {
  const auto direct = update(events::message({.text = "help", .channel = "D1"}));
  CHECK(direct.addressed);
  CHECK(direct.place == Place{.adapter = "slack", .workspace = "T1", .conversation = "U1", .is_private = true});
  CHECK(update(events::message({.text = "<@UBOT> help"})).addressed);
  CHECK(update(events::message({.text = "<@UBOT> help"})).text == "help");
  const auto thread = update(events::message({.text = "done", .thread = "1690000000.1", .thread_author = "UBOT"}));
  CHECK(thread.addressed);
  CHECK(thread.place.thread == "1690000000.1");
  CHECK_FALSE(update(events::message({.text = "ok", .thread = "1690000000.1", .thread_author = "U2"})).addressed);
  const events::Said aside{.text = "<@U2> ok?", .thread = "1690000000.1", .thread_author = "UBOT"};
  CHECK_FALSE(update(events::message(aside)).addressed);
  CHECK(update(events::message({.text = "x", .ts = "1690000000.1", .thread = "1690000000.1"})).place.thread.empty());
}

TEST_CASE("the bot listens neither to itself nor to other bots, nor to Slack's notices") {
  CHECK(is_ignored(events::message({.text = "hi", .user = "UBOT"})));
  CHECK(is_ignored(events::message({.text = "hi", .user = "USLACKBOT"})));
  auto by_bot = json::parse(events::message({.text = "hi"}));
  by_bot["event"]["bot_id"] = "B9";
  CHECK(is_ignored(by_bot.dump()));
  for (const char* subtype : {"channel_join", "bot_message", "channel_topic", "message_replied", "new_one"}) {
    auto notice = json::parse(events::message({.text = "hi"}));
    notice["event"]["subtype"] = subtype;
    CHECK(is_ignored(notice.dump()));
  }
  for (const char* subtype : {"me_message", "thread_broadcast", "file_share"}) {
    auto said = json::parse(events::message({.text = "hi"}));
    said["event"]["subtype"] = subtype;
    CHECK(update(said.dump()).text == "hi");
  }
}

TEST_CASE("an edit has a key of its own and names the message; a preview of a link is no edit") {
  const auto edit = update(events::edited({.text = "claim T2", .channel = "D1"}, "1700000009.000000", "claim T1"));
  CHECK(edit.kind == UpdateKind::edited);
  CHECK(edit.key == "eT1/U1:1700000001.000100:1700000009.000000");
  CHECK(edit.message_id == "1700000001.000100");
  CHECK(edit.text == "claim T2");
  CHECK(is_ignored(events::edited({.text = "same"}, "1700000009.000000", "same")));
  const auto gone = update(events::deleted({.text = "oh"}));
  CHECK(gone.kind == UpdateKind::deleted);
  CHECK(gone.message_id == "1700000001.000100");
  CHECK(is_ignored(events::deleted({.text = "oh", .user = "UBOT"})));
}

TEST_CASE("people and the bot itself come and go") {
  const auto came = update(events::event(
      R"({"type":"member_joined_channel","user":"U5","channel":"C1","event_ts":"1700000001.000100"})", "Ev7"));
  CHECK(came.kind == UpdateKind::joined);
  CHECK(came.key == "vEv7");
  CHECK(came.from.id == "U5");
  CHECK(came.from.direct == "U5");
  const auto invited = update(events::event(
      R"({"type":"member_joined_channel","user":"UBOT","channel":"C1","inviter":"U1","event_ts":"1700000001.0"})"));
  CHECK(invited.kind == UpdateKind::unblocked);
  CHECK(invited.from.id == "U1");
  CHECK(update(events::event(R"({"type":"member_left_channel","user":"U5","channel":"C1"})")).kind == UpdateKind::left);
  CHECK(update(events::event(R"({"type":"channel_left","channel":"C1"})")).kind == UpdateKind::blocked);
  const auto newcomer = update(events::team_join("U6", "Fatou"));
  CHECK(newcomer.kind == UpdateKind::joined);
  CHECK(newcomer.place.conversation == "U6");
  CHECK(newcomer.place.is_private);
  CHECK(newcomer.from.name == "Fatou");
  CHECK(newcomer.from.language == "fr-FR");
}

TEST_CASE("a renamed channel, an opened Home and the end of an installation are told") {
  const auto moved = update(events::event(
      R"({"type":"channel_id_changed","old_channel_id":"G1","new_channel_id":"C9","event_ts":"1700000001.0"})"));
  CHECK(moved.kind == UpdateKind::migrated);
  CHECK(moved.place.conversation == "G1");
  CHECK(moved.text == "C9");
  const auto home = update(events::event(R"({"type":"app_home_opened","user":"U1","channel":"D1","tab":"home"})"));
  CHECK(home.kind == UpdateKind::home);
  CHECK(home.place.is_private);
  CHECK(is_ignored(events::event(R"({"type":"app_home_opened","user":"U1","channel":"D1","tab":"messages"})")));
  CHECK(read(events::event(R"({"type":"app_uninstalled"})")).uninstalled);
  CHECK(read(events::event(R"({"type":"tokens_revoked","tokens":{"oauth":["U1"],"bot":["UBOT"]}})")).uninstalled);
  CHECK_FALSE(read(events::event(R"({"type":"tokens_revoked","tokens":{"oauth":["U1"],"bot":[]}})")).uninstalled);
  CHECK(is_ignored(events::event(R"({"type":"of_tomorrow","what":[1,2,3]})")));
}

TEST_CASE("where the bot is installed for an organisation, the organisation is the workspace") {
  auto said = json::parse(events::message({.text = "hello"}));
  said["authorizations"][0]["enterprise_id"] = "E1";
  said["authorizations"][0]["is_enterprise_install"] = true;
  CHECK(update(said.dump()).place.workspace == "E1");
}

TEST_CASE("a slash command is addressed, and has no message to answer") {
  const auto reading = read_slash_command(events::slash_command("claim T12 &amp; <@U2|ana>"), received);
  REQUIRE(reading.update);
  CHECK(reading.update->text == "claim T12 & @ana");
  CHECK(reading.update->addressed);
  CHECK(reading.update->message_id.empty());
  CHECK(reading.update->dialog == "trigger.1 U1 C1 ");
  CHECK(reading.update->key == "tT1/trigger.1");
  CHECK(reading.update->place.conversation == "C1");
  CHECK(read_slash_command(events::slash_command("help", "D5"), received).update->place.conversation == "U1");
  CHECK_FALSE(read_slash_command(events::Fields{{"text", "help"}}, received).problem.empty());
}

TEST_CASE("a press is the button's command, in the message's place") {
  const auto press = interaction(events::press("claim T12"));
  CHECK(press.kind == UpdateKind::button);
  CHECK(press.text == "claim T12");
  CHECK(press.message_id == "1700000000.000009");
  CHECK(press.place.conversation == "C1");
  CHECK(interaction(events::press("claim T12", "D3")).place.is_private);
  auto home = json::parse(events::press("claim T12", "D3"));
  home["view"] = {{"type", "home"}};
  CHECK(interaction(home.dump()).payload == "home");
  auto link = json::parse(events::press("x"));
  link["actions"][0].erase("value");
  CHECK_FALSE(read_interaction(link, received).update);
}

TEST_CASE("a button that goes can be pressed once by each person, and others as often as they like") {
  const auto key_of = [](const char* action, const char* user, const char* trigger) {
    auto press = json::parse(events::press("claim T12", "C1", user, trigger, "https://hooks.slack.com/1"));
    press["actions"][0]["action_id"] = action;
    return interaction(press.dump()).key;
  };
  CHECK(key_of("once.0", "U1", "t1") == key_of("once.0", "U1", "t2"));
  CHECK(key_of("once.0", "U1", "t1") != key_of("once.1", "U1", "t2"));
  CHECK(key_of("once.0", "U1", "t1") != key_of("once.0", "U2", "t2"));
  // Yes, and then quickly no.
  CHECK(key_of("pick.0", "U1", "t1") == key_of("pick.1", "U1", "t2"));
  CHECK(key_of("again.0", "U1", "t1") != key_of("again.0", "U1", "t2"));
  auto home = json::parse(events::press("claim T12"));
  home.erase("message");
  home["container"] = {{"type", "view"}};
  home["view"] = {{"type", "home"}};
  CHECK(interaction(home.dump()).key == "tT1/trigger.2");
}

TEST_CASE("a dialog remembers where it was asked for") {
  const auto press = interaction(events::press("need"));
  const auto dialog = read_dialog_name(press.dialog, press.place);
  CHECK(dialog.trigger == press.dialog.substr(0, press.dialog.find(' ')));
  CHECK(dialog.person == "U1");
  CHECK(dialog.place == press.place);
  const auto alone = interaction(events::press("need", "D3"));
  CHECK(read_dialog_name(alone.dialog, alone.place).place == alone.place);
}

TEST_CASE("what is submitted comes as one value a field, in the place that asked for it") {
  const Place place{.adapter = "slack", .workspace = "T1", .conversation = "C7", .thread = "1690000000.1"};
  const auto submitted = interaction(events::submission("need",
                                                        R"({"skill":{"value":{"type":"plain_text_input","value":"R"}},
          "by":{"value":{"type":"datepicker","selected_date":"2026-12-01"}},
          "kind":{"value":{"type":"static_select","selected_option":{"text":{"type":"plain_text","text":"A"},"value":"a"}}},
          "languages":{"value":{"type":"multi_static_select","selected_options":[{"value":"en"},{"value":"fr"}]}},
          "empty":{"value":{"type":"plain_text_input","value":null}}})",
                                                        dialog_metadata(place)));
  CHECK(submitted.kind == UpdateKind::submitted);
  CHECK(submitted.text == "need");
  CHECK(submitted.place == place);
  CHECK(json::parse(submitted.payload) ==
        json::parse(R"({"skill":"R","by":"2026-12-01","kind":"a","languages":["en","fr"],"empty":""})"));
  CHECK(interaction(events::submission("profile", "{}")).place.is_private);
}

TEST_CASE("a shortcut asks for its command's form, with the message that it was used on") {
  const auto global = interaction(events::shortcut("task_add"));
  CHECK(global.kind == UpdateKind::form);
  CHECK(global.text == "task add");
  CHECK(global.payload.empty());
  CHECK(global.place.is_private);
  CHECK(global.dialog == "trigger.4 U1 U1 ");
  const auto used = interaction(events::message_action("task_add:title", {.text = "clean &amp; label\n<!channel>"}));
  CHECK(used.text == "task add");
  CHECK(json::parse(used.payload)["title"] == "clean & label\n@channel");
  CHECK(used.url == "https://fake.slack.com/archives/C1/p1700000001000100");
  CHECK(used.place.conversation == "C1");
  CHECK(used.reply_to == "1700000001.000100");
}

TEST_CASE("whatever a payload lacks or has of the wrong type is a problem and no crash") {
  const std::vector<std::string> payloads = {
      events::message({.text = "<@UBOT> hello", .thread = "1690000000.1", .thread_author = "UBOT"}),
      events::edited({.text = "b"}, "1700000009.0", "a"),
      events::deleted({.text = "b"}),
      events::team_join("U6", "F"),
      events::press("claim T1"),
      events::submission("need", R"({"a":{"b":{"value":"c"}}})"),
      events::shortcut("x"),
      events::message_action("x", {.text = "t"}),
      events::to_json(events::slash_command("help"))};
  std::size_t read_ones = 0;
  for (const auto& payload : payloads) {
    const auto whole = json::parse(payload).flatten();
    for (const auto& [path, value] : whole.items()) {
      for (const json& wrong : {json(nullptr), json(17), json("?"), json::array(), json::object(), json(true)}) {
        auto broken = json::parse(payload);
        broken[json::json_pointer(path)] = wrong;
        (void)read_event(broken, one_workspace());
        (void)read_interaction(broken, received);
        (void)read_slash_command(broken, received);
        ++read_ones;
      }
    }
  }
  CHECK(read_ones > 500);
  CHECK_FALSE(read_event(json::array(), one_workspace()).problem.empty());
  CHECK_FALSE(read_interaction(json("x"), received).problem.empty());
}
