#include "adapters/transport/websocket_client.h"

#include <atomic>
#include <cstdlib>
#include <mutex>
#include <stdexcept>
#include <thread>
#include <vector>

#include <doctest/doctest.h>

#include "tests/fakes/http_fake.h"
#include "tests/fakes/server_threads.h"
#include "tests/fakes/socket_fake.h"
#include "tests/fakes/temporary_folder.h"

using namespace osrbot;
using fakes::SocketFake;
using std::chrono::steady_clock;

namespace {

/// What a client heard, and what a server did.
class Heard {
 public:
  Heard() { fakes::share_four_threads(); }

  void note(const std::string& what) {
    const std::lock_guard lock(mutex_);
    notes_.push_back(what);
  }
  std::vector<std::string> notes() const {
    const std::lock_guard lock(mutex_);
    return notes_;
  }
  bool wait_for(std::size_t count) const {
    const auto end = steady_clock::now() + std::chrono::seconds(30);
    while (notes().size() < count && steady_clock::now() < end) std::this_thread::yield();
    return notes().size() >= count;
  }

 private:
  mutable std::mutex mutex_;
  std::vector<std::string> notes_;
};

WebSocketEvents noting(Heard& heard) {
  return {.opened = [&heard] { heard.note("opened"); },
          .message = [&heard](const std::string& text, const WebSocketSend&) { heard.note("message " + text); },
          .closed = [&heard](const std::string&) { heard.note("closed"); }};
}

std::string url_of(const SocketFake& server) {
  return "ws://127.0.0.1:" + std::to_string(server.port()) + "/link/?ticket=1";
}

using Notes = std::vector<std::string>;

}  // namespace

TEST_CASE("text goes both ways, and the path is asked for as it is") {
  Heard server_heard;
  SocketFake server({.opening =
                         [&](SocketFake::Connection, const std::string& target) {
                           server_heard.note(target);
                           return true;
                         },
                     .opened = nullptr,
                     .message =
                         [&](SocketFake::Connection from, const std::string& text) {
                           server_heard.note(text);
                           server.send(from, "you said " + text);
                         },
                     .closed = nullptr});
  Heard heard;
  WebSocketClient client({.url = url_of(server)}, noting(heard));
  REQUIRE(heard.wait_for(1));
  CHECK(client.sender()("hello"));
  REQUIRE(heard.wait_for(2));
  CHECK(heard.notes() == Notes{"opened", "message you said hello"});
  CHECK(server_heard.notes() == Notes{"/link/?ticket=1", "hello"});
}

TEST_CASE("whichever way the other side ends it, the end is told once") {
  Heard heard;
  std::atomic<SocketFake::Connection> last = 0;
  SocketFake server({.opening = nullptr,
                     .opened = [&](SocketFake::Connection id) { last = id; },
                     .message = nullptr,
                     .closed = nullptr});
  WebSocketClient client({.url = url_of(server)}, noting(heard));
  REQUIRE(heard.wait_for(1));
  while (last == 0) std::this_thread::yield();  // the server may learn of it later than the client
  SUBCASE("in good order") {
    server.close(last);
  }
  SUBCASE("without a word") {
    server.cut(last);
  }
  REQUIRE(heard.wait_for(2));
  CHECK(heard.notes() == Notes{"opened", "closed"});
  CHECK_FALSE(client.sender()("too late"));
}

TEST_CASE("a connection that cannot be made is told as closed") {
  Heard heard;
  SUBCASE("nobody listens") {
    const WebSocketClient client({.url = "ws://127.0.0.1:" + std::to_string(fakes::free_port())}, noting(heard));
    CHECK(heard.wait_for(1));
  }
  SUBCASE("the handshake is refused") {
    SocketFake server({.opening = [](SocketFake::Connection, const std::string&) { return false; },
                       .opened = nullptr,
                       .message = nullptr,
                       .closed = nullptr});
    const WebSocketClient client({.url = url_of(server)}, noting(heard));
    CHECK(heard.wait_for(1));
  }
  SUBCASE("what answers is no WebSocket server") {
    fakes::HttpFake server([](fakes::HttpFake::Connection, const fakes::FakeRequest&) {
      return std::optional(fakes::FakeAnswer{.body = "{}"});
    });
    const WebSocketClient client({.url = "ws://127.0.0.1:" + std::to_string(server.port())}, noting(heard));
    CHECK(heard.wait_for(1));
  }
  CHECK(heard.notes() == Notes{"closed"});
}

TEST_CASE("a client that goes away hears nothing any more, and waits for no answer from a peer that hangs") {
  Heard heard;
  SocketFake server({});
  const auto begin = steady_clock::now();
  {
    WebSocketClient client({.url = url_of(server)}, noting(heard));
    REQUIRE(heard.wait_for(1));
    server.hang();
    client.close();
    CHECK_FALSE(client.sender()("x"));
  }
  CHECK(steady_clock::now() - begin < std::chrono::seconds(20));
  CHECK(heard.notes() == Notes{"opened"});
}

TEST_CASE("a client may go away while it is still connecting") {
  Heard heard;
  SocketFake server({});
  server.hang();
  { const WebSocketClient client({.url = url_of(server)}, noting(heard)); }
  CHECK(heard.notes().empty());
}

TEST_CASE("an absurdly long message ends the connection") {
  Heard heard;
  SocketFake server({.opening = nullptr,
                     .opened = [&](SocketFake::Connection id) { server.send(id, std::string(2'000, 'x')); },
                     .message = nullptr,
                     .closed = nullptr});
  const WebSocketClient client({.url = url_of(server), .largest_message = 1'000}, noting(heard));
  REQUIRE(heard.wait_for(2));
  CHECK(heard.notes() == Notes{"opened", "closed"});
}

TEST_CASE("an exception of an event ends nothing") {
  Heard heard;
  SocketFake server({.opening = nullptr,
                     .opened =
                         [&](SocketFake::Connection id) {
                           server.send(id, "one");
                           server.send(id, "two");
                         },
                     .message = nullptr,
                     .closed = nullptr});
  const WebSocketClient client({.url = url_of(server)}, {.message = [&](const std::string& text, const WebSocketSend&) {
                                 heard.note(text);
                                 throw std::runtime_error("oops");
                               }});
  REQUIRE(heard.wait_for(2));
  CHECK(heard.notes() == Notes{"one", "two"});
}

TEST_CASE("over TLS a ping is a sign of life, and only who proves to be the host is talked to") {
  const fakes::TemporaryFolder folder;
  const SocketFake::Identity identity{folder / "certificate.pem", folder / "key.pem"};
  REQUIRE(std::system(("openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 1 -subj /CN=x "
                       "-addext subjectAltName=IP:127.0.0.1 -keyout " +
                       identity.key + " -out " + identity.certificate + " 2>/dev/null")
                          .c_str()) == 0);
  Heard there;
  std::atomic<SocketFake::Connection> last = 0;
  SocketFake server({.opening = nullptr,
                     .opened =
                         [&](SocketFake::Connection id) {
                           last = id;
                           there.note("opened");
                         },
                     .message = nullptr,
                     .closed = nullptr,
                     .ponged = [&](SocketFake::Connection) { there.note("ponged"); }},
                    identity);
  const auto url = "wss://127.0.0.1:" + std::to_string(server.port()) + "/";
  Heard stranger;
  {
    const WebSocketClient client({.url = url}, noting(stranger));
    REQUIRE(stranger.wait_for(1));
  }
  CHECK(stranger.notes() == Notes{"closed"});

  setenv("SSL_CERT_FILE", identity.certificate.c_str(), 1);
  Heard heard;
  {
    const WebSocketClient client({.url = url}, noting(heard));
    REQUIRE(heard.wait_for(1));
    CHECK(heard.notes() == Notes{"opened"});
    const auto quiet_since = client.last_heard();
    REQUIRE(there.wait_for(1));
    server.ping(last);
    REQUIRE(there.wait_for(2));
    CHECK(there.notes() == Notes{"opened", "ponged"});
    CHECK(client.last_heard() > quiet_since);
    CHECK(heard.notes() == Notes{"opened"});
  }
  unsetenv("SSL_CERT_FILE");
}

TEST_CASE("what is no URL of a WebSocket is refused") {
  Heard heard;
  for (const char* url : {"", "http://127.0.0.1", "ws://", "ws:///path", "ws://a b/", "ws://127.0.0.1:0/",
                          "ws://h:70000", "ws://h:12x/", "ws://user@host/", "wss//x"}) {
    CHECK_THROWS_AS(WebSocketClient({.url = url}, noting(heard)), std::invalid_argument);
  }
  CHECK(heard.notes().empty());
}

TEST_CASE("binary frames and pings are no messages") {
  Heard heard;
  SocketFake server({.opening = nullptr,
                     .opened =
                         [&](SocketFake::Connection id) {
                           server.send_binary(id, "\x01\x02");
                           server.ping(id);
                           server.send(id, "text");
                         },
                     .message = nullptr,
                     .closed = nullptr});
  const WebSocketClient client({.url = url_of(server)}, noting(heard));
  REQUIRE(heard.wait_for(2));
  CHECK(heard.notes() == Notes{"opened", "message text"});
}
