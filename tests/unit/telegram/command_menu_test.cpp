#include "adapters/telegram/command_menu.h"

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

#include "tests/unit/telegram/running_adapter.h"

using namespace osrbot;
using namespace osrbot::telegram;

namespace {

const Log quiet = [](LogLevel, std::string_view) {};

}  // namespace

TEST_CASE("a menu has Telegram's names: lower case, underscores for spaces") {
  CHECK(
      nlohmann::json::parse(set_my_commands(
          {.language = "", .entries = {{"help", "What I can do"}, {"Task Add", "Add a task"}}}, quiet)) ==
      nlohmann::json::parse(
          R"({"commands":[{"command":"help","description":"What I can do"},{"command":"task_add","description":"Add a task"}]})"));
}

TEST_CASE("a language is told by two letters") {
  CHECK(nlohmann::json::parse(set_my_commands({.language = "pt-BR", .entries = {{"help", "Ajuda"}}}, quiet))
            .at("language_code") == "pt");
  CHECK(set_my_commands({.language = "fil", .entries = {{"help", "Tulong"}}}, quiet).empty());
}

TEST_CASE("what does not fit is left out and logged, descriptions are cut between characters") {
  std::vector<std::string> logged;
  const auto body =
      nlohmann::json::parse(set_my_commands({.language = "",
                                             .entries = {{"пример", "x"},
                                                         {std::string(33, 'a'), "x"},
                                                         {"empty", ""},
                                                         {"", "x"},
                                                         {"help", "first"},
                                                         {"help", "second"},
                                                         {"long",
                                                          [] {
                                                            std::string text;
                                                            for (int i = 0; i < 300; ++i) text += "é";
                                                            return text;
                                                          }()}}},
                                            [&](LogLevel, std::string_view line) { logged.emplace_back(line); }));
  REQUIRE(body.at("commands").size() == 2);
  CHECK(body.at("commands")[0].at("description") == "first");
  CHECK(body.at("commands")[1].at("description").get<std::string>().size() == 512);
  CHECK(logged.size() == 4);
}

TEST_CASE("no more than a hundred commands, and those of one word before those of several") {
  Menu menu;
  for (int i = 0; i < 60; ++i) menu.entries.push_back({"c" + std::to_string(i), "x"});
  for (int i = 0; i < 20; ++i) menu.entries.push_back({"task c" + std::to_string(i), "x"});
  for (int i = 60; i < 95; ++i) menu.entries.push_back({"c" + std::to_string(i), "x"});
  const nlohmann::json commands = nlohmann::json::parse(set_my_commands(menu, quiet)).at("commands");
  REQUIRE(commands.size() == 100);
  CHECK(commands[64].at("command") == "task_c4");
  CHECK(commands[65].at("command") == "c60");
  CHECK(commands[99].at("command") == "c94");
  for (int i = 95; i < 120; ++i) menu.entries.push_back({"c" + std::to_string(i), "x"});
  const nlohmann::json more = nlohmann::json::parse(set_my_commands(menu, quiet)).at("commands");
  REQUIRE(more.size() == 100);
  CHECK(more[99].at("command") == "c99");
}

TEST_CASE("menus are published in every language, and a refusal is only logged") {
  fakes::FakeTelegram server;
  server.fail("setMyCommands", fakes::Fault::refusal(400, "Bad Request: no"));
  RunningAdapter bot(server);
  bot.adapter.publish([] {
    return std::vector<Menu>{{.language = "", .entries = {{"help", "Help"}}},
                             {.language = "fr", .entries = {{"help", "Aide"}}}};
  });
  REQUIRE(server.wait_until([&] { return server.calls("setMyCommands") == 2 && bot.has_logged("was not published"); }));
  CHECK(server.violations().empty());
}

TEST_CASE("menus that cannot be read are logged, and the bot works without") {
  fakes::FakeTelegram server;
  RunningAdapter bot(server);
  bot.adapter.publish([]() -> std::vector<Menu> { throw std::runtime_error("fr.json: help.x: broken"); });
  REQUIRE(server.wait_until([&] { return bot.has_logged("fr.json: help.x: broken"); }));
  CHECK(server.calls("setMyCommands") == 0);
}
