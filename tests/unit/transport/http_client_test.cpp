#include "adapters/transport/http_client.h"

#include <atomic>
#include <condition_variable>
#include <future>
#include <mutex>
#include <set>
#include <thread>

#include <doctest/doctest.h>
#include <stdlib.h>

#include "tests/fakes/http_fake.h"

using namespace osrbot;
using namespace std::chrono_literals;
using fakes::FakeAnswer;
using fakes::FakeRequest;
using fakes::HttpFake;
using Kind = HttpFailure::Kind;

namespace {

HttpRequest post_to(const std::string& url, std::string body = "{}") {
  HttpRequest request;
  request.url = url;
  request.body = std::move(body);
  return request;
}

HttpFake answering(FakeAnswer answer) {
  return HttpFake([answer](HttpFake::Connection, const FakeRequest&) { return answer; });
}

Kind failure_of(const HttpResult& result) {
  REQUIRE(std::holds_alternative<HttpFailure>(result));
  return std::get<HttpFailure>(result).kind;
}

}  // namespace

TEST_CASE("a post arrives as JSON, without Expect, and its answer comes back") {
  std::string seen;
  HttpFake server([&](HttpFake::Connection, const FakeRequest& request) -> std::optional<FakeAnswer> {
    CHECK(request.method == "POST");
    CHECK(request.target == "/a/b?c=d");
    CHECK(request.header("content-type") == "application/json");
    CHECK(request.header("expect").empty());
    seen = request.body;
    return FakeAnswer{.status = 429,
                      .body = "slow down",
                      .more_headers = "Retry-After: 7\r\nX-Rate-Limit-Reset:  99 \r\nX-Other: no\r\n"};
  });
  HttpClient client;
  const auto result = client.fetch(post_to(server.url() + "/a/b?c=d", std::string(100'000, 'x')));
  REQUIRE(std::holds_alternative<HttpResponse>(result));
  const auto& response = std::get<HttpResponse>(result);
  CHECK(response.status == 429);
  CHECK(response.body == "slow down");
  CHECK(response.header("retry-after") == "7");
  CHECK(response.header("x-rate-limit-reset") == "99");
  CHECK(response.headers.size() == 2);
  CHECK(seen == std::string(100'000, 'x'));
}

TEST_CASE("a get has no body, and a request's own headers go along once only") {
  std::vector<std::string> authorization;
  HttpFake server([&](HttpFake::Connection, const FakeRequest& request) -> std::optional<FakeAnswer> {
    CHECK(request.body.empty());
    authorization.push_back(std::string(request.method) + " " + std::string(request.header("authorization")));
    return FakeAnswer{};
  });
  HttpClient client;
  HttpRequest get;
  get.method = HttpRequest::Method::get;
  get.url = server.url();
  get.headers = {"Authorization: Bearer abc"};
  client.fetch(get);
  client.fetch(post_to(server.url(), ""));
  CHECK(authorization == std::vector<std::string>{"GET Bearer abc", "POST "});
}

TEST_CASE("what is on this machine is reached without the proxy of the environment") {
  setenv("http_proxy", "http://127.0.0.1:1", 1);
  {
    HttpFake server = answering({.body = "here"});
    HttpClient client;
    const auto here = client.fetch(post_to(server.url() + "/"));
    CHECK(std::holds_alternative<HttpResponse>(here));
    CHECK(failure_of(client.fetch(post_to("http://127.example.invalid/"))) == Kind::unreachable);
  }
  unsetenv("http_proxy");
}

TEST_CASE("connections are used again") {
  std::set<HttpFake::Connection> connections;
  HttpFake server([&](HttpFake::Connection connection, const FakeRequest&) -> std::optional<FakeAnswer> {
    connections.insert(connection);
    return FakeAnswer{.body = "{}"};
  });
  HttpClient client;
  for (int i = 0; i < 50; ++i) client.fetch(post_to(server.url()));
  CHECK(connections.size() == 1);
}

TEST_CASE("many requests are under way at a time, and every one is answered once") {
  HttpFake server([](HttpFake::Connection, const FakeRequest& request) -> std::optional<FakeAnswer> {
    return FakeAnswer{.body = std::string(request.body)};
  });
  constexpr int total = 2000;
  std::atomic<int> right = 0;
  std::atomic<int> started = 0;
  std::promise<void> all_done;
  std::atomic<int> answered = 0;
  HttpClient client;
  std::function<void()> next = [&] {
    const int mine = started.fetch_add(1);
    if (mine >= total) return;
    client.request(post_to(server.url(), std::to_string(mine)), [&, mine](HttpResult result) {
      const auto* response = std::get_if<HttpResponse>(&result);
      if (response != nullptr && response->body == std::to_string(mine)) ++right;
      next();
      if (++answered == total) all_done.set_value();
    });
  };
  for (int i = 0; i < 16; ++i) next();
  REQUIRE(all_done.get_future().wait_for(60s) == std::future_status::ready);
  CHECK(right == total);
}

TEST_CASE("failures tell their kind and never the URL") {
  HttpClient client;
  const auto refused = client.fetch(post_to("http://127.0.0.1:" + std::to_string(fakes::free_port()) + "/botSECRET"));
  CHECK(failure_of(refused) == Kind::unreachable);
  CHECK(std::get<HttpFailure>(refused).text.find("SECRET") == std::string::npos);
  CHECK_FALSE(std::get<HttpFailure>(refused).text.empty());

  const auto strange = client.fetch(post_to("gopher://127.0.0.1/botSECRET"));
  CHECK(failure_of(strange) == Kind::invalid);
  CHECK(std::get<HttpFailure>(strange).text.find("SECRET") == std::string::npos);
  CHECK(failure_of(client.fetch(post_to(""))) == Kind::invalid);
  CHECK(failure_of(client.fetch(post_to("http://127.0.0.1:1/" + std::string(9'000'000, 'x')))) == Kind::invalid);
}

TEST_CASE("a connection that ends in the middle of an answer is a failure, not half an answer") {
  for (const std::size_t bytes : {0U, 5U, 60U, 100U}) {
    CAPTURE(bytes);
    auto server = answering({.body = std::string(1000, 'x'), .close_after = bytes});
    HttpClient client;
    CHECK(failure_of(client.fetch(post_to(server.url()))) == Kind::broken);
  }
}

TEST_CASE("an answer over the limit is given up") {
  auto server = answering({.body = std::string(100'000, 'x')});
  HttpClient client;
  auto request = post_to(server.url());
  request.largest_response = 99'999;
  CHECK(failure_of(client.fetch(request)) == Kind::too_large);
  request.largest_response = 100'000;
  CHECK(std::holds_alternative<HttpResponse>(client.fetch(request)));
}

TEST_CASE("a redirect is not followed") {
  auto server = answering({.status = 302, .more_headers = "Location: http://127.0.0.1:1/\r\n"});
  HttpClient client;
  const auto result = client.fetch(post_to(server.url()));
  REQUIRE(std::holds_alternative<HttpResponse>(result));
  CHECK(std::get<HttpResponse>(result).status == 302);
}

TEST_CASE("a server that hangs runs into the timeout, or is left at once on request") {
  std::promise<void> arrived;
  HttpFake server([&, requests = 0](HttpFake::Connection, const FakeRequest&) mutable -> std::optional<FakeAnswer> {
    if (++requests == 2) arrived.set_value();
    return std::nullopt;
  });
  HttpClient client;
  auto request = post_to(server.url());
  request.timeout = 20ms;
  CHECK(failure_of(client.fetch(request)) == Kind::timeout);

  request.timeout = 10min;
  std::stop_source stop;
  std::thread stopper([&] {
    arrived.get_future().wait();
    stop.request_stop();
  });
  CHECK(failure_of(client.fetch(request, stop.get_token())) == Kind::cancelled);
  stopper.join();
  CHECK(failure_of(client.fetch(request, stop.get_token())) == Kind::cancelled);
}

TEST_CASE("a client that goes away ends what is under way, each request once") {
  HttpFake server([](HttpFake::Connection, const FakeRequest&) -> std::optional<FakeAnswer> { return std::nullopt; });
  std::atomic<int> cancelled = 0;
  {
    HttpClient client;
    for (int i = 0; i < 20; ++i) {
      client.request(post_to(server.url()), [&](HttpResult result) {
        const auto* failure = std::get_if<HttpFailure>(&result);
        if (failure != nullptr && failure->kind == Kind::cancelled) ++cancelled;
      });
    }
  }
  CHECK(cancelled == 20);
}

namespace {

HttpRequest stream_from(const std::string& url, std::function<bool(std::string_view)> sink) {
  HttpRequest request;
  request.method = HttpRequest::Method::get;
  request.url = url;
  request.timeout = 0ms;
  request.sink = std::move(sink);
  return request;
}

}  // namespace

TEST_CASE("an answer that does not end is handed on piece by piece as it comes") {
  std::promise<HttpFake::Connection> opened;
  HttpFake server([&](HttpFake::Connection connection, const FakeRequest&) {
    server.begin(connection);
    opened.set_value(connection);
    return std::optional<FakeAnswer>();
  });
  std::mutex mutex;
  std::condition_variable came;
  std::string got;
  HttpClient client;
  std::stop_source stop;
  auto result = std::async(std::launch::async, [&] {
    return client.fetch(stream_from(server.url(),
                                    [&](std::string_view piece) {
                                      const std::lock_guard lock(mutex);
                                      got += piece;
                                      came.notify_all();
                                      return true;
                                    }),
                        stop.get_token());
  });
  const auto connection = opened.get_future().get();
  const auto wait_for = [&](std::string_view text) {
    std::unique_lock lock(mutex);
    return came.wait_for(lock, 30s, [&] { return got == text; });
  };
  server.post([&] { server.send(connection, "one\r\n"); });
  CHECK(wait_for("one\r\n"));
  server.post([&] { server.send(connection, "two\r\n"); });
  CHECK(wait_for("one\r\ntwo\r\n"));

  SUBCASE("its end is an answer without a body") {
    server.post([&] { server.hang_up(connection); });
    const auto end = result.get();
    REQUIRE(std::holds_alternative<HttpResponse>(end));
    CHECK(std::get<HttpResponse>(end).status == 200);
    CHECK(std::get<HttpResponse>(end).body.empty());
  }
  SUBCASE("the receiver can stop it at once") {
    stop.request_stop();
    CHECK(failure_of(result.get()) == Kind::cancelled);
  }
}

TEST_CASE("what must not be done twice is not repeated when the server closes instead of answering") {
  std::atomic<int> asked = 0;
  HttpFake server([&](HttpFake::Connection, const FakeRequest&) {
    FakeAnswer answer{.body = "{}"};
    if (++asked > 1) answer.close_after = 0;
    return std::optional(answer);
  });
  HttpClient client;
  REQUIRE(std::holds_alternative<HttpResponse>(client.fetch(post_to(server.url()))));  // a connection to use again
  auto request = post_to(server.url());
  request.once = true;
  CHECK(failure_of(client.fetch(std::move(request))) == Kind::broken);
  CHECK(asked == 2);
}

TEST_CASE("the receiver hears that a stream has begun before anything came") {
  HttpFake server([&](HttpFake::Connection connection, const FakeRequest&) {
    server.begin(connection);
    return std::optional<FakeAnswer>();
  });
  HttpClient client;
  std::string heard = "nothing";
  const auto result = client.fetch(stream_from(server.url(), [&](std::string_view piece) {
    heard = piece;
    return false;
  }));
  CHECK(failure_of(result) == Kind::cancelled);
  CHECK(heard.empty());
}

TEST_CASE("a stream ends when the receiver takes no more") {
  HttpFake server([&](HttpFake::Connection connection, const FakeRequest&) {
    server.begin(connection);
    server.send(connection, "too much");
    return std::optional<FakeAnswer>();
  });
  HttpClient client;
  CHECK(failure_of(client.fetch(stream_from(server.url(), [](std::string_view) { return false; }))) == Kind::cancelled);
}

TEST_CASE("a stream that falls silent is given up, one that says a little now and then is not") {
  HttpFake server([&](HttpFake::Connection connection, const FakeRequest&) {
    server.begin(connection);
    server.send(connection, "\r\n");
    for (int i = 1; i <= 8; ++i) server.post_after(i * 100ms, [&, connection] { server.send(connection, "\r\n"); });
    return std::optional<FakeAnswer>();
  });
  HttpClient client;
  std::size_t bytes = 0;
  auto request = stream_from(server.url(), [&](std::string_view piece) {
    bytes += piece.size();
    return true;
  });
  request.longest_silence = 600ms;
  const auto result = client.fetch(std::move(request));
  CHECK(failure_of(result) == Kind::timeout);
  CHECK(bytes == 18);
}

TEST_CASE("a server that never begins to answer is given up after the same silence") {
  HttpFake server([](HttpFake::Connection, const FakeRequest&) { return std::optional<FakeAnswer>(); });
  HttpClient client;
  auto request = stream_from(server.url(), [](std::string_view) { return true; });
  request.longest_silence = 50ms;
  CHECK(failure_of(client.fetch(std::move(request))) == Kind::timeout);
}

TEST_CASE("a refused stream keeps the words of the refusal") {
  auto server = answering({.status = 429, .body = "slow down", .more_headers = "x-rate-limit-reset: 9\r\n"});
  HttpClient client;
  const auto result = client.fetch(stream_from(server.url(), [](std::string_view) { return true; }));
  REQUIRE(std::holds_alternative<HttpResponse>(result));
  CHECK(std::get<HttpResponse>(result).status == 429);
  CHECK(std::get<HttpResponse>(result).body == "slow down");
  CHECK(std::get<HttpResponse>(result).header("x-rate-limit-reset") == "9");
}
