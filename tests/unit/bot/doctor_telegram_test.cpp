#include <algorithm>
#include <map>
#include <sstream>

#include <doctest/doctest.h>

#include "bot/doctor.h"
#include "tests/fakes/http_fake.h"

using namespace osrbot;

namespace {

/// A Bot API that answers each method with the text given for it, and 404 where there is none.
struct TelegramApi {
  std::map<std::string, std::string> answers = {
      {"getMe", R"({"ok":true,"result":{"id":1,"username":"osr_bot","can_read_all_group_messages":true}})"},
      {"getWebhookInfo", R"({"ok":true,"result":{"url":"","pending_update_count":0}})"}};
  fakes::HttpFake server{[this](fakes::HttpFake::Connection, const fakes::FakeRequest& request) {
    const std::string method(request.target.substr(request.target.rfind('/') + 1));
    const auto answer = answers.find(method);
    if (!request.target.starts_with("/bot1:good/") || answer == answers.end())
      return fakes::FakeAnswer{.status = 401, .body = R"({"ok":false,"error_code":401,"description":"Unauthorized"})"};
    return fakes::FakeAnswer{.body = answer->second};
  }};
  HttpClient client;
  TelegramConfig config;

  TelegramApi() {
    config.token = Secret("1:good");
    config.base_url = server.url();
  }
  /// The report, without its last two lines.
  std::string examined() {
    std::ostringstream out;
    report(examine_telegram(config, client), out);
    return out.str().substr(0, out.str().rfind("\n\n") + 1);
  }
};

}  // namespace

TEST_CASE("a token that Telegram knows") {
  TelegramApi api;
  CHECK(api.examined() == "ok       telegram  " + api.server.url() + " knows the token: @osr_bot\n" +
                              "ok       webhook   none, as polling needs it\n");
}

TEST_CASE("a token that is refused names the setting, and is not shown") {
  TelegramApi api;
  api.config.token = Secret("1:wrong");
  CHECK(api.examined().find("PROBLEM  telegram  the token is refused (401 Unauthorized)") == 0);
  CHECK(api.examined().find("set telegram.token (OSRBOT_TELEGRAM_TOKEN)") != std::string::npos);
  CHECK(api.examined().find("1:wrong") == std::string::npos);
  api.config.token_file = "/etc/osrbot/token";
  CHECK(api.examined().find("set it in telegram.token_file, /etc/osrbot/token") != std::string::npos);
}

TEST_CASE("a server that is not there, and one that talks nonsense") {
  TelegramApi api;
  api.answers["getMe"] = "<html>";
  CHECK(api.examined().find("PROBLEM  telegram  no answer from " + api.server.url()) == 0);
  api.answers["getMe"] = R"({"ok":true,"result":[1]})";
  CHECK(api.examined().find("knows the token: @\n") != std::string::npos);
  api.config.base_url = "http://127.0.0.1:" + std::to_string(fakes::free_port());
  CHECK(api.examined().find("check the network") != std::string::npos);
}

TEST_CASE("privacy mode is explained") {
  TelegramApi api;
  api.answers["getMe"] = R"({"ok":true,"result":{"id":1,"username":"osr_bot","can_read_all_group_messages":false}})";
  CHECK(api.examined().find("note     privacy   privacy mode is on") != std::string::npos);
  CHECK(api.examined().find("/setprivacy") != std::string::npos);
}

TEST_CASE("webhooks: one too many, a missing one, and one that Telegram cannot reach") {
  TelegramApi api;
  api.answers["getWebhookInfo"] = R"({"ok":true,"result":{"url":"https://other.example.org/secret-path"}})";
  CHECK(api.examined().find("note     webhook   one is set, at https://other.example.org\n") != std::string::npos);
  CHECK(api.examined().find("secret-path") == std::string::npos);

  api.config.mode = TelegramConfig::Mode::webhook;
  api.config.webhook.url = "https://bot.example.org/telegram";
  CHECK(api.examined().find("another one is set") != std::string::npos);
  api.answers["getWebhookInfo"] =
      R"({"ok":true,"result":{"url":"https://bot.example.org/telegram","last_error_message":"Connection refused"}})";
  CHECK(api.examined().find("ok       webhook   set to telegram.webhook.url") != std::string::npos);
  CHECK(api.examined().find("PROBLEM  webhook   Telegram could not deliver: Connection refused") != std::string::npos);
}
