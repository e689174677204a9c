// Slack's Events API under load: the real program, signed requests over 16 connections, each answered after its update
// is durable. Prints figures and judges nothing.
#include <algorithm>
#include <atomic>
#include <chrono>
#include <fstream>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

#include <arpa/inet.h>
#include <fmt/format.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <unistd.h>

#include "adapters/slack/app_needs.h"
#include "adapters/slack/request_signature.h"
#include "storage/sql.h"
#include "tests/fakes/bot_process.h"
#include "tests/fakes/fake_slack.h"
#include "tests/fakes/slack_events.h"
#include "tests/fakes/temporary_folder.h"

using namespace osrbot;
using namespace osrbot::fakes;
using std::chrono::steady_clock;

namespace {

constexpr int connections = 16;
constexpr std::int64_t requests = 32'000;
constexpr std::int64_t people = 50;
constexpr const char* secret = "8f742231b10e8888abcd99";

void require(bool holds, const char* what) {
  if (!holds) throw std::runtime_error(what);
}

/// Of ten, six are chatter in a channel, four are words to the bot, which answers.
std::string body_of(std::int64_t i) {
  slack_events::Said said{.text = "just talking about the weather in the ward today, number " + std::to_string(i)};
  said.user = "U" + std::to_string(i % people);
  said.ts = fmt::format("{}.000100", 1'700'000'000 + i);
  said.event_id = "Ev" + std::to_string(i);
  if (i % 10 >= 6) {
    said.text = "claim T" + std::to_string(900'000 + i);
    said.channel = "D" + std::to_string(i % people);
  }
  return slack_events::message(said);
}

std::string request_of(std::int64_t i, const std::string& path) {
  const auto body = body_of(i);
  const auto now = std::to_string(
      std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now().time_since_epoch()).count());
  return fmt::format(
      "POST {} HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\nX-Slack-Request-Timestamp: {}\r\n"
      "X-Slack-Signature: {}\r\nContent-Length: {}\r\n\r\n{}",
      path, now, slack::request_signature(secret, now, body), body.size(), body);
}

int connect_to(std::uint16_t port) {
  const int peer = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(port);
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  const int yes = 1;
  setsockopt(peer, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);
  if (connect(peer, reinterpret_cast<sockaddr*>(&address), sizeof address) == 0) return peer;
  close(peer);
  return -1;
}

/// Sends one request and reads the answer to its end; its status.
int status_of(int peer, const std::string& request) {
  require(send(peer, request.data(), request.size(), MSG_NOSIGNAL) == static_cast<ssize_t>(request.size()), "send");
  std::string answer;
  char buffer[4096];
  for (;;) {
    const auto count = recv(peer, buffer, sizeof buffer, 0);
    require(count > 0, "the bot closed a connection");
    answer.append(buffer, static_cast<std::size_t>(count));
    const auto head = answer.find("\r\n\r\n");
    if (head == std::string::npos) continue;
    const auto length = answer.find("Content-Length: ");
    const auto size = length == std::string::npos || length > head ? 0 : std::stoul(answer.substr(length + 16));
    if (answer.size() >= head + 4 + size) return std::stoi(answer.substr(9, 3));
  }
}

}  // namespace

int main() {
  const TemporaryFolder folder;
  FakeSlack slack;
  const auto port = free_port();
  std::ofstream(folder / "osrbot.json") << R"({"slack": {"mode": "events", "limits": {"per_channel_second": 0}}})";
  BotProcess bot(OSRBOT_PROGRAM,
                 {{"OSRBOT_CONFIG", folder / "osrbot.json"},
                  {"OSRBOT_DB", folder / "bot.db"},
                  {"OSRBOT_HTTP_ADDRESS", "127.0.0.1:" + std::to_string(port)},
                  {"OSRBOT_SLACK_BOT_TOKEN", slack.options().bot_token},
                  {"OSRBOT_SLACK_SIGNING_SECRET", secret},
                  {"OSRBOT_SLACK_BASE_URL", slack.url()}},
                 folder / "bot.log");
  require(slack.wait_until([&] { return slack.count("auth.test") > 0; }), "the bot did not start");
  int first = -1;
  require(slack.wait_until([&] { return (first = connect_to(port)) >= 0; }), "the bot does not listen");
  close(first);

  std::vector<std::string> prepared;
  for (std::int64_t i = 0; i < requests; ++i) prepared.push_back(request_of(i, slack::events_path));

  std::vector<std::vector<double>> times(connections);
  std::atomic<std::int64_t> next = 0;
  std::atomic<std::int64_t> refused = 0;
  const auto begin = steady_clock::now();
  {
    std::vector<std::jthread> callers;
    for (auto& mine : times) {
      callers.emplace_back([&] {
        const int peer = connect_to(port);
        require(peer >= 0, "connect");
        for (std::int64_t i = next++; i < requests; i = next++) {
          const auto sent = steady_clock::now();
          if (status_of(peer, prepared[static_cast<std::size_t>(i)]) != 200) ++refused;
          mine.push_back(std::chrono::duration<double, std::milli>(steady_clock::now() - sent).count());
        }
        close(peer);
      });
    }
  }
  const double seconds = std::chrono::duration<double>(steady_clock::now() - begin).count();
  const std::int64_t resident = bot.peak_resident_kib();
  bot.kill();  // whatever was answered with 200 has to be there
  std::vector<double> all;
  for (const auto& mine : times) all.insert(all.end(), mine.begin(), mine.end());
  std::ranges::sort(all);

  storage::Connection db(folder / "bot.db", storage::Connection::Mode::read_write);
  const auto durable = db.number("SELECT count(*) FROM seen_updates WHERE adapter = 'slack'");
  fmt::print("{} signed events over {} connections: 60 % chatter, 40 % words to the bot\n\n", requests, connections);
  fmt::print("{:<44}{:>12.0f}\n", "requests a second", static_cast<double>(requests) / seconds);
  fmt::print("{:<44}{:>12.2f}\n", "p50 to the 200, ms", all[all.size() / 2]);
  fmt::print("{:<44}{:>12.2f}\n", "p99 to the 200, ms", all[all.size() * 99 / 100]);
  fmt::print("{:<44}{:>12}\n", "not answered with 200", refused.load());
  fmt::print("{:<44}{:>12}\n", "of 12,800 effects, durable after SIGKILL", durable);
  fmt::print("{:<44}{:>12.1f}\n", "peak resident memory, MiB", static_cast<double>(resident) / 1024);
  return 0;
}
