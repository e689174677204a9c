// A Telegram on loopback: the part of the Bot API that the bot uses, with the checks that Telegram makes and the faults
// that it has. Fast enough (tens of thousands of calls a second) to measure the bot and not itself.
#pragma once

#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <deque>
#include <functional>
#include <map>
#include <mutex>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include <nlohmann/json_fwd.hpp>

#include "tests/fakes/http_fake.h"
#include "tests/fakes/telegram_html.h"

namespace osrbot::fakes {

struct SentButton {
  std::string label;
  std::string data;
  std::string url;

  bool operator==(const SentButton&) const = default;
};

/// A sendMessage or sendDocument that was accepted.
struct SentMessage {
  std::int64_t message_id = 0;
  std::int64_t chat = 0;
  std::int64_t topic = 0;
  std::int64_t reply_to = 0;
  std::string html;
  std::string text;  ///< as the reader sees it; of a document: its caption
  std::vector<HtmlEntity> entities;
  std::vector<std::vector<SentButton>> buttons;
  std::string file_name;  ///< of a document
  std::string media_type;
  std::string content;
  std::chrono::steady_clock::time_point at;
};

/// What goes wrong with a call instead of its usual answer.
struct Fault {
  std::optional<FakeAnswer> answer;  ///< no value: no answer at all, the call hangs
  bool takes_effect = false;         ///< the call is carried out nevertheless, and only its answer goes wrong

  static Fault hang() { return {}; }
  static Fault refusal(int code, const std::string& description, const std::string& parameters = {});
  static Fault too_many(std::optional<int> retry_after);
  static Fault garbage(std::string body);
  static Fault server_error() {
    return {FakeAnswer{.status = 502, .body = "<html>Bad Gateway</html>", .content_type = "text/html"}};
  }
  /// Closes the connection after so many bytes of an answer.
  static Fault cut(std::size_t bytes) { return {FakeAnswer{.body = std::string(1000, ' '), .close_after = bytes}}; }
};

struct FakeTelegramOptions {
  std::uint16_t port = 0;  ///< 0: any that is free
  std::string token = "123456:fake-token";
  std::int64_t bot_id = 123456;
  std::string username = "fake_osr_bot";
  std::chrono::milliseconds delay{0};  ///< before the answers to everything but getUpdates: a far server
  bool keep_sent = true;               ///< false: only count what was sent
};

/// Thread-safe.
class FakeTelegram {
 public:
  explicit FakeTelegram(FakeTelegramOptions options = {});
  ~FakeTelegram();

  std::string url() const { return server_.url(); }
  const FakeTelegramOptions& options() const { return options_; }

  /// Adds an update: the JSON of an Update object without its update_id, or whatever text is to come instead of one.
  /// Returns the update_id that it got.
  std::int64_t push(std::string update);
  /// Adds text to the list of updates exactly as it is.
  void push_raw(std::string text);
  /// Adds `count` updates that are made when they are asked for. `make` gets 0, 1, … and must not call the fake.
  void push_many(std::int64_t count, std::function<std::string(std::int64_t)> make);

  /// A file that somebody sent: getFile names it, and it can be downloaded.
  void add_file(const std::string& id, std::string content);

  /// The next `times` calls of `method` fail.
  void fail(const std::string& method, Fault fault, int times = 1);
  /// What is sent to `chat` is refused with 403.
  void block(std::int64_t chat);
  /// What is sent to `chat` is refused with 400 and the new id.
  void migrate(std::int64_t chat, std::int64_t to);
  /// Topics that were closed: what is sent to them is refused.
  void close_topic(std::int64_t chat, std::int64_t topic);

  /// What was sent, from the given position on.
  std::vector<SentMessage> sent(std::size_t from = 0) const;
  std::uint64_t sent_count() const;
  /// Calls that broke a rule of the Bot API, with the rule. A test that expects none checks that this is empty.
  std::vector<std::string> violations() const;
  std::uint64_t calls(const std::string& method) const;
  /// The JSON that a method was last called with.
  std::string last_call(const std::string& method) const;
  /// Updates that the bot has neither confirmed nor can confirm any more: still in the list.
  std::int64_t unconfirmed() const;

  /// Waits until `condition` holds; it is asked again after each call that the fake answers. False after `limit`.
  bool wait_until(const std::function<bool()>& condition,
                  std::chrono::milliseconds limit = std::chrono::seconds(30)) const;

 private:
  using Reply = std::optional<FakeAnswer>;

  Reply handle(HttpFake::Connection connection, const FakeRequest& request);
  Reply dispatch(HttpFake::Connection connection, std::string_view method, const FakeRequest& request);
  FakeAnswer get_file(const nlohmann::json& call);
  Reply get_updates(HttpFake::Connection connection, const nlohmann::json& call);
  FakeAnswer send_message(const nlohmann::json& call);
  FakeAnswer send_document(const FakeRequest& request);
  FakeAnswer accept(const nlohmann::json& call, SentMessage message, std::size_t longest);
  FakeAnswer set_my_commands(const nlohmann::json& call);
  FakeAnswer violation(const std::string& rule);
  std::string next_updates(std::size_t limit);
  void wake_poll();
  void answer_waiting_poll();

  const FakeTelegramOptions options_;
  const std::string prefix_;

  mutable std::mutex mutex_;  // guards what follows
  mutable std::condition_variable changed_;
  struct Waiting {
    HttpFake::Connection connection;
    std::uint64_t number;
    std::size_t limit;
  };
  std::optional<Waiting> poll_;
  std::uint64_t last_poll_ = 0;
  std::deque<std::pair<std::int64_t, std::string>> updates_;
  std::int64_t next_update_id_ = 700'000'000;
  std::int64_t to_make_ = 0;
  std::int64_t made_ = 0;
  std::function<std::string(std::int64_t)> make_;
  bool webhook_ = false;
  std::map<std::string, std::deque<Fault>> faults_;
  std::map<std::string, std::string, std::less<>> files_;
  std::set<std::int64_t> blocked_;
  std::map<std::int64_t, std::int64_t> migrated_;
  std::set<std::pair<std::int64_t, std::int64_t>> closed_topics_;
  std::vector<SentMessage> sent_;
  std::uint64_t sent_count_ = 0;
  std::int64_t last_message_id_ = 1000;
  std::vector<std::string> violations_;
  std::map<std::string, std::uint64_t, std::less<>> calls_;
  std::map<std::string, std::string, std::less<>> last_calls_;

  HttpFake server_;  // last: its thread uses all of the above
};

}  // namespace osrbot::fakes
