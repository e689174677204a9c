// The configuration that is shipped for public webhooks, in a real nginx before the bot's own server.
#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>

#include <arpa/inet.h>
#include <doctest/doctest.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/inotify.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "adapters/transport/http_client.h"
#include "adapters/transport/http_server.h"
#include "tests/fakes/http_fake.h"
#include "tests/fakes/server_threads.h"
#include "tests/fakes/temporary_folder.h"

using namespace osrbot;
namespace fs = std::filesystem;

namespace {

constexpr const char* nginx_program = "/usr/sbin/nginx";

bool has_nginx() {
  if (fs::exists(nginx_program)) return true;
  MESSAGE("skipped: there is no nginx; `scripts/install check` installs it");
  return false;
}

std::string shipped() {
  std::ifstream file(OSRBOT_SOURCE_DIR "/docs/nginx-webhook.conf");
  std::stringstream text;
  text << file.rdbuf();
  return text.str();
}

/// Replaces every occurrence; there must be one.
void replace(std::string& text, const std::string& from, const std::string& to) {
  auto at = text.find(from);
  REQUIRE_MESSAGE(at != std::string::npos, from);
  for (; at != std::string::npos; at = text.find(from, at + to.size())) text.replace(at, from.size(), to);
}

/// Writes a whole configuration around the server blocks.
void write(const fs::path& file, const fs::path& folder, const std::string& servers) {
  std::ofstream(file) << "daemon off;\nmaster_process off;\npid " << folder.string() << "/pid;\nerror_log "
                      << folder.string() << "/error.log;\nevents {}\nhttp {\naccess_log off;\nclient_body_temp_path "
                      << folder.string() << "/body;\nproxy_temp_path " << folder.string()
                      << "/proxy;\nfastcgi_temp_path " << folder.string() << "/f;\nuwsgi_temp_path " << folder.string()
                      << "/u;\nscgi_temp_path " << folder.string() << "/s;\n"
                      << servers << "}\n";
}

/// The shipped configuration on a free port of loopback, without TLS and with short timeouts, before a server that
/// says what reached it.
class Proxied {
 public:
  Proxied() : port_(fakes::free_port()), server_({.port = behind_}, [](LogLevel, std::string_view) {}) {
    fakes::share_four_threads();
    for (const char* path : {"/telegram", "/slack/events", "/slack/commands", "/slack/interactions", "/slack/install",
                             "/slack/oauth", "/metrics", "/healthz"}) {
      server_.route(path, [](const ServerRequest& request, const HttpServer::Reply& reply) {
        reply({.status = 200,
               .body = request.method + " " + request.path + " " + std::to_string(request.body.size()) + " " +
                       std::string(request.header("x-slack-signature"))});
      });
    }
    server_.start();
    auto text = shipped();
    replace(text, "listen 443 ssl;", "listen 127.0.0.1:" + std::to_string(port_) + ";");
    replace(text, "  listen [::]:443 ssl;\n", "");
    replace(text, "http://127.0.0.1:8080", "http://127.0.0.1:" + std::to_string(behind_));
    replace(text, "client_body_timeout  10s", "client_body_timeout  1s");
    replace(text, "client_header_timeout 10s", "client_header_timeout 1s");
    // Certificates are tried in the other test.
    for (const char* line : {"  ssl_certificate     ", "  ssl_certificate_key ", "  ssl_protocols "}) {
      const auto begin = text.find(line);
      REQUIRE(begin != std::string::npos);
      text.erase(begin, text.find('\n', begin) + 1 - begin);
    }
    write(folder_ / "nginx.conf", folder_ / "", text);
    start();
  }
  ~Proxied() {
    kill(nginx_, SIGTERM);
    waitpid(nginx_, nullptr, 0);
  }

  HttpResponse request(HttpRequest::Method method, const std::string& path, const std::string& body = {}) {
    HttpRequest out;
    out.method = method;
    out.url = "http://127.0.0.1:" + std::to_string(port_) + path;
    out.body = body;
    out.headers = {"X-Slack-Signature: v0=abc"};
    auto result = client_.fetch(out);
    if (auto* failure = std::get_if<HttpFailure>(&result)) FAIL(failure->text);
    return std::get<HttpResponse>(result);
  }
  HttpResponse post(const std::string& path, const std::string& body) {
    return request(HttpRequest::Method::post, path, body);
  }
  HttpResponse get(const std::string& path) { return request(HttpRequest::Method::get, path); }

  /// Sends bytes and says what comes back until the other side closes.
  std::string raw(const std::string& bytes) const {
    const int peer = connect();
    REQUIRE(send(peer, bytes.data(), bytes.size(), MSG_NOSIGNAL) == static_cast<ssize_t>(bytes.size()));
    std::string answer;
    char buffer[1024];
    for (ssize_t count = 0; (count = recv(peer, buffer, sizeof buffer, 0)) > 0;) {
      answer.append(buffer, static_cast<std::size_t>(count));
    }
    close(peer);
    return answer;
  }

 private:
  int connect() const {
    const int peer = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port_);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    const bool good = ::connect(peer, reinterpret_cast<sockaddr*>(&address), sizeof address) == 0;
    if (good) return peer;
    close(peer);
    return -1;
  }

  void start() {
    // When it listens it writes down its process id.
    const int folder_watch = inotify_init1(IN_CLOEXEC);
    REQUIRE(inotify_add_watch(folder_watch, (folder_ / "").c_str(), IN_CREATE | IN_MODIFY) >= 0);
    nginx_ = fork();
    if (nginx_ == 0) {
      const std::string folder = folder_ / "";
      const std::string file = folder_ / "nginx.conf";
      execl(nginx_program, nginx_program, "-p", folder.c_str(), "-c", file.c_str(), "-e", "/dev/null", nullptr);
      _exit(127);
    }
    int peer = -1;
    while ((peer = connect()) < 0) {
      pollfd news{.fd = folder_watch, .events = POLLIN, .revents = 0};
      REQUIRE_MESSAGE(poll(&news, 1, 30'000) == 1, "nginx does not begin to listen");
      char events[4096];
      REQUIRE(read(folder_watch, events, sizeof events) > 0);
    }
    close(peer);
    close(folder_watch);
  }

  const fakes::TemporaryFolder folder_;
  const std::uint16_t port_;
  const std::uint16_t behind_ = fakes::free_port();
  HttpServer server_;
  HttpClient client_;
  pid_t nginx_ = -1;
};

}  // namespace

TEST_CASE("nginx takes the shipped configuration as it is, with a certificate") {
  if (!has_nginx()) return;
  const fakes::TemporaryFolder folder;
  const std::string key = folder / "key.pem";
  const std::string certificate = folder / "certificate.pem";
  REQUIRE(std::system(("openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 1 -subj "
                       "/CN=bot.example.org -keyout " +
                       key + " -out " + certificate + " 2>/dev/null")
                          .c_str()) == 0);
  auto text = shipped();
  replace(text, "/etc/letsencrypt/live/bot.example.org/fullchain.pem", certificate);
  replace(text, "/etc/letsencrypt/live/bot.example.org/privkey.pem", key);
  write(folder / "nginx.conf", folder / "", text);
  const std::string command =
      std::string(nginx_program) + " -t -q -e /dev/null -c " + std::string(folder / "nginx.conf");
  CHECK(std::system(command.c_str()) == 0);
}

TEST_CASE("what platforms call gets through whole, and nothing else of the bot can be reached") {
  if (!has_nginx()) return;
  Proxied bot;
  for (const std::string path : {"/telegram", "/slack/events", "/slack/commands", "/slack/interactions"}) {
    CHECK(bot.post(path, std::string(5'000, 'x')).body == "POST " + path + " 5000 v0=abc");
    CHECK(bot.get(path).status == 403);
  }
  for (const std::string path : {"/slack/install", "/slack/oauth"}) {
    CHECK(bot.get(path + "?code=1").body == "GET " + path + " 0 v0=abc");
    CHECK(bot.post(path, "x").status == 403);
  }
  for (const char* path : {"/", "/metrics", "/healthz", "/slack", "/slack/", "/slack/events/", "/slack/other"}) {
    CHECK(bot.get(path).status == 404);
  }
}

TEST_CASE("bodies over the limit and slow senders end at nginx") {
  if (!has_nginx()) return;
  Proxied bot;
  CHECK(bot.post("/slack/events", std::string((1 << 20) + 1, 'x')).status == 413);
  const std::string head = "POST /slack/events HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\n";
  CHECK(bot.raw(head + "only this").find("200 OK") == std::string::npos);       // closed, by and by
  CHECK(bot.raw("POST /slack/events HT").find("200 OK") == std::string::npos);  // likewise
  CHECK(bot.post("/slack/events", "still there").status == 200);
}

TEST_CASE("one sender who calls without end is slowed down, and the bot is not") {
  if (!has_nginx()) return;
  Proxied bot;
  int refused = 0;
  for (int i = 0; i < 40; ++i) refused += bot.get("/slack/install").status == 503 ? 1 : 0;
  CHECK(refused > 0);
  CHECK(bot.post("/slack/events", "x").status == 200);
}
