#include "adapters/transport/http_server.h"

#include <future>
#include <mutex>
#include <stdexcept>
#include <thread>

#include <doctest/doctest.h>

#include "adapters/transport/http_client.h"
#include "tests/fakes/http_fake.h"
#include "tests/fakes/server_threads.h"

using namespace osrbot;
using namespace std::chrono_literals;

namespace {

struct Running {
  explicit Running(HttpServerOptions chosen = {}) : options(std::move(chosen)), server(with_port(), log()) {}

  HttpServerOptions options;
  std::mutex mutex;
  std::vector<std::string> logged;
  HttpServer server;
  HttpClient client;

  HttpServerOptions with_port() {
    fakes::share_four_threads();
    options.port = fakes::free_port();
    return options;
  }
  Log log() {
    return [this](LogLevel, std::string_view text) {
      const std::lock_guard lock(mutex);
      logged.emplace_back(text);
    };
  }
  std::string url() const { return "http://127.0.0.1:" + std::to_string(options.port); }
  HttpRequest request(const std::string& path, std::string body) const {
    HttpRequest out;
    out.url = url() + path;
    out.body = std::move(body);
    return out;
  }
  HttpResponse post(const std::string& path, std::string body) {
    auto result = client.fetch(request(path, std::move(body)));
    REQUIRE(std::holds_alternative<HttpResponse>(result));
    return std::get<HttpResponse>(result);
  }
};

}  // namespace

TEST_CASE("a handler sees the request as it was sent, and its answer goes back") {
  Running running;
  ServerRequest seen;
  running.server.route("/hook", [&](ServerRequest request, const HttpServer::Reply& reply) {
    seen = std::move(request);
    reply({.status = 418, .body = "{}", .content_type = "application/json", .headers = {{"Retry-After", "3"}}});
  });
  running.server.start();
  auto request = running.request("/hook?a=b%20c", "bytes \xff\x00!");
  request.headers = {"X-Secret: Tea Time"};
  const auto result = running.client.fetch(request);
  REQUIRE(std::holds_alternative<HttpResponse>(result));
  CHECK(std::get<HttpResponse>(result).status == 418);
  CHECK(std::get<HttpResponse>(result).body == "{}");
  CHECK(std::get<HttpResponse>(result).header("retry-after") == "3");
  CHECK(seen.method == "POST");
  CHECK(seen.path == "/hook");
  CHECK(seen.query == "a=b%20c");
  CHECK(seen.header("x-secret") == "Tea Time");
  CHECK(seen.body == request.body);
}

TEST_CASE("an unknown path is 404, and only the whole path counts") {
  Running running;
  running.server.route("/hook", [](const ServerRequest&, const HttpServer::Reply& reply) { reply({}); });
  running.server.start();
  CHECK(running.post("/hook", "").status == 200);
  CHECK(running.post("/hook/more", "").status == 404);
  CHECK(running.post("/", "").status == 404);
}

TEST_CASE("a handler that throws or forgets to answer gives 500 and the next request is served") {
  Running running;
  running.server.route(
      "/throw", [](const ServerRequest&, const HttpServer::Reply&) { throw std::runtime_error("the dog ate it"); });
  running.server.route("/forget", [](const ServerRequest&, const HttpServer::Reply&) {});
  running.server.route("/twice", [](const ServerRequest&, const HttpServer::Reply& reply) {
    reply({.body = "first"});
    reply({.body = "second"});
  });
  running.server.start();
  CHECK(running.post("/throw", "x").status == 500);
  CHECK(running.post("/forget", "x").status == 500);
  CHECK(running.post("/twice", "x").body == "first");
  const std::lock_guard lock(running.mutex);
  REQUIRE(running.logged.size() == 1);
  CHECK(running.logged[0].find("the dog ate it") != std::string::npos);
}

TEST_CASE("a body over the limit is refused") {
  Running running({.largest_body = 1000});
  running.server.route("/hook", [](const ServerRequest& request, const HttpServer::Reply& reply) {
    reply({.body = std::to_string(request.body.size())});
  });
  running.server.start();
  CHECK(running.post("/hook", std::string(1000, 'x')).body == "1000");
  CHECK(running.post("/hook", std::string(1001, 'x')).status == 413);
}

TEST_CASE("more requests at a time than allowed are turned away, and answers may come from another thread") {
  Running running({.in_flight = 1});
  std::promise<HttpServer::Reply> held;
  running.server.route("/hold",
                       [&](const ServerRequest&, HttpServer::Reply reply) { held.set_value(std::move(reply)); });
  running.server.start();
  std::promise<int> first;
  running.client.request(running.request("/hold", "x"), [&](HttpResult result) {
    first.set_value(std::holds_alternative<HttpResponse>(result) ? std::get<HttpResponse>(result).status : -1);
  });
  const auto reply = held.get_future().get();
  const auto refused = running.post("/hold", "x");
  CHECK(refused.status == 503);
  CHECK(refused.header("retry-after") == "1");
  reply({.status = 202});
  CHECK(first.get_future().get() == 202);
}

TEST_CASE("calls that wait leave the places of other paths free") {
  Running running({.in_flight = 1});
  std::promise<HttpServer::Reply> held;
  running.server.route("/hold",
                       [&](const ServerRequest&, HttpServer::Reply reply) { held.set_value(std::move(reply)); });
  running.server.route("/quick", [](const ServerRequest&, const HttpServer::Reply& reply) { reply({.status = 200}); });
  running.server.start();
  std::promise<void> answered;
  running.client.request(running.request("/hold", "x"), [&](const HttpResult&) { answered.set_value(); });
  const auto reply = held.get_future().get();
  CHECK(running.post("/hold", "x").status == 503);
  CHECK(running.post("/quick", "x").status == 200);
  CHECK(running.post("/unknown", "x").status == 404);
  CHECK(running.post("/%zz", "x").status == 400);
  reply({});
  answered.get_future().wait();
}

TEST_CASE("stopping waits for answers under way and turns new requests away") {
  Running running({.grace = 60s});
  std::promise<HttpServer::Reply> held;
  running.server.route("/hold",
                       [&](const ServerRequest&, HttpServer::Reply reply) { held.set_value(std::move(reply)); });
  running.server.start();
  std::promise<int> status;
  running.client.request(running.request("/hold", "x"), [&](HttpResult result) {
    status.set_value(std::holds_alternative<HttpResponse>(result) ? std::get<HttpResponse>(result).status : -1);
  });
  const auto reply = held.get_future().get();
  std::thread stopper([&] { running.server.stop(); });
  while (running.post("/anything", "x").status != 503) std::this_thread::yield();
  reply({.status = 200});
  CHECK(status.get_future().get() == 200);
  stopper.join();
  const auto gone = running.client.fetch(running.request("/hold", "x"));
  CHECK(std::holds_alternative<HttpFailure>(gone));
}

TEST_CASE("stopping does not wait longer than its grace for an answer that never comes") {
  Running running({.grace = 1ms});
  std::promise<HttpServer::Reply> held;
  running.server.route("/hold",
                       [&](const ServerRequest&, HttpServer::Reply reply) { held.set_value(std::move(reply)); });
  running.server.start();
  std::promise<int> status;
  running.client.request(running.request("/hold", "x"), [&](HttpResult result) {
    status.set_value(std::holds_alternative<HttpResponse>(result) ? std::get<HttpResponse>(result).status : -1);
  });
  const auto reply = held.get_future().get();
  running.server.stop();
  CHECK(status.get_future().get() == 503);
  reply({});
}

TEST_CASE("a port that is taken is an error that names the address") {
  Running running;
  running.server.start();
  HttpServer second({.port = running.options.port}, running.log());
  const std::string expected = "127.0.0.1:" + std::to_string(running.options.port);
  try {
    second.start();
    FAIL("started twice on one port");
  } catch (const std::runtime_error& error) {
    CHECK(std::string(error.what()).find(expected) != std::string::npos);
  }
}
