// A Slack on loopback: the part of the Web API that the bot uses, the sockets of Socket Mode, and the faults that both
// have.
#pragma once

#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <deque>
#include <functional>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "tests/fakes/http_fake.h"
#include "tests/fakes/socket_fake.h"

namespace osrbot::fakes {

/// A call of the Web API, or of a response_url, that was accepted.
struct SlackCall {
  std::string method;  ///< "chat.postMessage", or "response/1" for a response_url
  std::string body;    ///< JSON, or a form
  std::string token;
  std::chrono::steady_clock::time_point at;

  /// A member of the JSON body as a string, or its JSON if it is none; empty when absent.
  std::string operator[](const char* name) const;
};

/// A file that was shared in a channel, after all steps were taken in their order.
struct SlackFile {
  std::string name;
  std::string content;
  std::string channel;
  std::string thread;
  std::string words;  ///< blocks as JSON, else the comment
};

/// What Slack heard in answer to an envelope.
struct SlackAck {
  SocketFake::Connection connection = 0;
  std::string payload;  ///< JSON; empty: none
};

struct FakeSlackOptions {
  std::string bot_token = "xoxb-1-fake";
  std::string app_token = "xapp-1-fake";
  std::string team = "T1";
  std::string bot_user = "UBOT";
  bool greets = true;  ///< says hello on each socket
};

/// Thread-safe.
class FakeSlack {
 public:
  using Connection = SocketFake::Connection;

  explicit FakeSlack(FakeSlackOptions options = {});
  ~FakeSlack();

  std::string url() const { return web_.url(); }
  const FakeSlackOptions& options() const { return options_; }

  /// The next `times` calls of `method` get this answer instead; no value: none at all, the call hangs.
  void fail(const std::string& method, std::optional<FakeAnswer> answer, int times = 1);
  /// The same with Slack's "no".
  void refuse(const std::string& method, const std::string& error, int times = 1);
  /// The next call of `method` is answered when release() is called, with what it would have got at once.
  void hold(const std::string& method);
  void release();
  /// What oauth.v2.access answers to this code, once.
  void grant(const std::string& code, const std::string& team, const std::string& token);
  /// An address to which a message may be sent, as `response_url`.
  std::string response_url(const std::string& name) const { return web_.url() + "/response/" + name; }

  std::vector<SlackCall> calls(std::string_view method) const;
  std::size_t count(std::string_view method) const;
  std::vector<SlackFile> files() const;

  /// Sockets that are open now, in the order in which they were opened.
  std::vector<Connection> sockets() const;
  std::size_t sockets_ever() const;
  /// Sends an envelope and returns its id. `type`: "events_api", "slash_commands" or "interactive".
  std::string push(Connection to, const std::string& type, const std::string& payload);
  /// Sends the same envelope again.
  void repeat(Connection to, const std::string& envelope);
  void send_raw(Connection to, const std::string& text) { socket_.send(to, text); }
  void disconnect(Connection to, const std::string& reason);
  SocketFake& socket() { return socket_; }

  /// How often, and how, an envelope was acknowledged.
  std::vector<SlackAck> acknowledged(const std::string& envelope) const;

  /// Waits until `condition` holds; it is asked again whenever something happens. False after `limit`.
  bool wait_until(const std::function<bool()>& condition,
                  std::chrono::milliseconds limit = std::chrono::seconds(30)) const;

 private:
  std::optional<FakeAnswer> handle(HttpFake::Connection from, const FakeRequest& request);
  FakeAnswer answer(const std::string& method, const std::string& token, const std::string& body);
  FakeAnswer offer_upload(const std::string& form);
  FakeAnswer take_upload(const std::string& id, const std::string& bytes);
  FakeAnswer complete_upload(const std::string& body);
  void hear(Connection from, const std::string& text);

  const FakeSlackOptions options_;
  mutable std::mutex mutex_;  // guards what follows
  mutable std::condition_variable changed_;
  std::map<std::string, std::deque<std::optional<FakeAnswer>>> faults_;
  std::string held_method_;
  std::vector<std::pair<HttpFake::Connection, FakeAnswer>> held_;
  std::map<std::string, std::string> grants_;
  /// Of which an upload was begun.
  struct Upload {
    std::string name;
    std::size_t length = 0;
    std::optional<std::string> content;
  };

  std::vector<SlackCall> calls_;
  std::map<std::string, Upload> uploads_;  ///< by file id
  std::size_t uploads_ever_ = 0;
  std::vector<SlackFile> files_;
  std::vector<Connection> sockets_;
  std::size_t sockets_ever_ = 0;
  std::uint64_t last_ = 0;
  std::map<std::string, std::string> envelopes_;  ///< as they were sent
  std::map<std::string, std::vector<SlackAck>> acknowledged_;

  SocketFake socket_;
  HttpFake web_;  // last: their threads use all of the above
};

}  // namespace osrbot::fakes
