#include "adapters/telegram/webhook.h"

#include <atomic>
#include <future>

#include <doctest/doctest.h>

#include "adapters/transport/http_client.h"
#include "tests/fakes/server_threads.h"
#include "tests/unit/telegram/running_adapter.h"

using namespace osrbot;
using namespace osrbot::telegram;
using fakes::FakeTelegram;
using fakes::Fault;
using Texts = std::vector<std::string>;

namespace {

TelegramConfig webhook_config() {
  TelegramConfig config;
  config.mode = TelegramConfig::Mode::webhook;
  config.webhook.url = "https://bot.example.org/telegram";
  config.webhook.secret = Secret("s3cret_Token-1");
  return config;
}

/// The bot's own server with the webhook mounted on it.
struct Mounted {
  explicit Mounted(RunningAdapter& bot)
      : port(fakes::free_port()), server({.port = port}, [](LogLevel, std::string_view) {}) {
    fakes::share_four_threads();
    server.route("/telegram",
                 [this, handler = bot.adapter.webhook_handler()](ServerRequest request, HttpServer::Reply reply) {
                   handler(std::move(request), std::move(reply));
                   ++taken;
                 });
    server.start();
  }

  std::uint16_t port;
  std::atomic<int> taken = 0;  ///< calls that the webhook has seen
  HttpServer server;
  HttpClient client;

  HttpRequest call(const std::string& body, const std::string& secret) const {
    HttpRequest request;
    request.url = "http://127.0.0.1:" + std::to_string(port) + "/telegram";
    request.body = body;
    if (!secret.empty()) request.headers = {"X-Telegram-Bot-Api-Secret-Token: " + secret};
    return request;
  }
  int post(const std::string& body, const std::string& secret = "s3cret_Token-1") {
    const auto result = client.fetch(call(body, secret));
    return std::holds_alternative<HttpResponse>(result) ? std::get<HttpResponse>(result).status : -1;
  }
};

std::string numbered(const std::string& update, int id) {
  return "{\"update_id\":" + std::to_string(id) + "," + update.substr(1);
}

}  // namespace

TEST_CASE("Telegram is told where to call, with the secret and the kinds of updates") {
  FakeTelegram server;
  RunningAdapter bot(server, webhook_config());
  bot.start();
  REQUIRE(server.wait_until([&] { return server.calls("setWebhook") == 1; }));
  const auto call = server.last_call("setWebhook");
  CHECK(call.find("https://bot.example.org/telegram") != std::string::npos);
  CHECK(call.find("s3cret_Token-1") != std::string::npos);
  CHECK(call.find("chat_member") != std::string::npos);
}

TEST_CASE("an update is answered with 200 once it is durable") {
  FakeTelegram server;
  RunningAdapter bot(server, webhook_config());
  bot.start();
  Mounted mounted(bot);
  CHECK(mounted.post(numbered(says("hello", 1), 1)) == 200);
  CHECK(bot.texts() == Texts{"hello"});
  CHECK(bot.cursor() == "");
}

TEST_CASE("who does not know the secret is turned away") {
  FakeTelegram server;
  RunningAdapter bot(server, webhook_config());
  bot.start();
  Mounted mounted(bot);
  for (const auto* secret : {"", "wrong", "s3cret_Token-", "s3cret_Token-12", "S3cret_Token-1"}) {
    CAPTURE(secret);
    CHECK(mounted.post(numbered(says("forged", 1), 1), secret) == 403);
  }
  CHECK(bot.adapter.counts().forged == 5);
  HttpRequest get = mounted.call("", "s3cret_Token-1");
  get.method = HttpRequest::Method::get;
  const auto result = mounted.client.fetch(get);
  REQUIRE(std::holds_alternative<HttpResponse>(result));
  CHECK(std::get<HttpResponse>(result).status == 405);
  CHECK(bot.texts().empty());
}

TEST_CASE("an update that cannot be read is not sent again and again") {
  FakeTelegram server;
  RunningAdapter bot(server, webhook_config());
  bot.start();
  Mounted mounted(bot);
  CHECK(mounted.post("{") == 200);
  CHECK(mounted.post("") == 200);
  CHECK(bot.adapter.counts().unreadable == 2);
}

TEST_CASE("an update that was not committed is answered with 503, and so is what comes later") {
  FakeTelegram server;
  RunningAdapter bot(server, webhook_config());
  bot.start("", [](const Batch&) { return false; });
  Mounted mounted(bot);
  CHECK(mounted.post(numbered(says("hello", 1), 1)) == 503);
  bot.wait_for_end();
  CHECK(mounted.post(numbered(says("hello", 1), 1)) == 503);
}

TEST_CASE("calls that come together are committed together, and a button is answered") {
  FakeTelegram server;
  RunningAdapter bot(server, webhook_config());
  std::promise<void> first_arrived;
  std::promise<void> go_on;
  auto may_go_on = go_on.get_future();
  std::atomic<int> batches = 0;
  bot.start("", [&](const Batch&) {
    if (++batches == 1) {
      first_arrived.set_value();
      may_go_on.wait();
    }
    return true;
  });
  Mounted mounted(bot);
  std::atomic<int> answered = 0;
  const auto post = [&](const std::string& body) {
    mounted.client.request(mounted.call(body, "s3cret_Token-1"), [&](const HttpResult& result) {
      if (std::holds_alternative<HttpResponse>(result) && std::get<HttpResponse>(result).status == 200) ++answered;
    });
  };
  post(numbered(says("first", 1), 1));
  first_arrived.get_future().wait();
  for (int i = 2; i <= 10; ++i) post(numbered(says("later", i), i));
  post(numbered(fakes::button_update(team, ana, 5, "cb", "help"), 11));

  REQUIRE(server.wait_until([&] { return mounted.taken == 11; }));
  CHECK(answered == 0);
  go_on.set_value();
  REQUIRE(server.wait_until([&] { return answered == 11 && server.calls("answerCallbackQuery") == 1; }));
  CHECK(batches == 2);
  CHECK(bot.texts().size() == 11);
}

TEST_CASE("stopping answers the calls that wait with 503") {
  FakeTelegram server;
  server.fail("setWebhook", Fault::hang());
  RunningAdapter bot(server, webhook_config());
  bot.start();
  Mounted mounted(bot);
  std::promise<int> status;
  mounted.client.request(mounted.call(numbered(says("hello", 1), 1), "s3cret_Token-1"), [&](const HttpResult& result) {
    status.set_value(std::holds_alternative<HttpResponse>(result) ? std::get<HttpResponse>(result).status : -1);
  });
  REQUIRE(server.wait_until([&] { return server.calls("setWebhook") == 1 && mounted.taken == 1; }));
  bot.stop();
  CHECK(status.get_future().get() == 503);
  CHECK(bot.failed_with() == "");
}

TEST_CASE("a webhook without URL or secret, or one that Telegram refuses, is an error that says so") {
  FakeTelegram server;
  auto config = webhook_config();
  config.webhook.secret = Secret();
  RunningAdapter without(server, config);
  without.start();
  without.wait_for_end();
  CHECK(without.failed_with().find("telegram.webhook.secret") != std::string::npos);

  server.fail("setWebhook", Fault::refusal(400, "Bad Request: bad webhook: HTTPS url must be provided"));
  RunningAdapter refused(server, webhook_config());
  refused.start();
  refused.wait_for_end();
  CHECK(refused.failed_with().find("HTTPS url must be provided") != std::string::npos);
}
