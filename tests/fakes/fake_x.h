// X, as far as the bot uses it, on loopback: posts, stream, rules, search, answers, direct messages and logins, with
// the faults that the real one has.
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

namespace osrbot::fakes {

struct XUser {
  std::string id;
  std::string handle;
  std::string name;
};

/// A post, whoever wrote it. Ids grow, and hold the time as X's do.
struct XPost {
  std::string id;
  std::string author;  ///< id of a user
  std::string text;
  std::string conversation = {};  ///< empty: it begins one
  std::string reply_to = {};
  std::string quotes = {};
  std::string reposts = {};
  std::vector<std::string> versions = {};  ///< ids of the post before it was edited, itself last
  bool deleted = false;
  std::string picture = {};  ///< id of what was uploaded for it
};

/// A picture that was uploaded.
struct XPicture {
  std::string content;  ///< bytes
  std::string alt;
};

struct XRule {
  std::string id;
  std::string value;
  std::string tag;
};

struct XRequest {
  std::string method;
  std::string path;
  std::map<std::string, std::string> query;
  std::string body;
  std::string authorization;
};

/// Thread-safe.
class FakeX {
 public:
  FakeX();

  std::string url() const { return server_.url(); }

  const XUser bot{"900", "osrbot", "osrbot"};
  const XUser ana{"7", "ana", "Ana"};
  const XUser bo{"8", "bo", "Bo"};
  const std::string bearer = "app-token";

  /// An id of the given time; each is new.
  std::string new_id(std::chrono::sys_time<std::chrono::milliseconds> at);

  /// X has the post; search finds it. Its id is chosen unless it has one.
  XPost add(XPost post);
  void remove(const std::string& id);
  /// The line by which the stream tells of a post.
  std::string line_of(const XPost& post) const;

  /// Waits until so many streams were begun, ever.
  bool wait_for_streams(std::size_t count);
  std::size_t streams() const;
  /// Sends bytes to the stream that is open.
  void stream(const std::string& bytes);
  void stream_post(const XPost& post) { stream(line_of(post) + "\r\n"); }
  void hang_up();

  std::vector<XRule> rules() const;
  void set_rules(std::vector<XRule> rules);

  /// What the bot wrote, in order.
  std::vector<XPost> written() const;
  std::vector<std::pair<std::string, std::string>> messages_written() const;  ///< user id, text
  std::map<std::string, XPicture> pictures() const;                           ///< by id
  void message_from(const XUser& user, const std::string& text, const std::string& id);

  /// The next request to a path that begins so is answered like this instead.
  void refuse(const std::string& path, FakeAnswer answer);
  /// The next post or message is taken, and the connection breaks before the bot hears of it.
  void lose_next_answer();
  void set_page_size(std::size_t posts) { page_size_ = posts; }

  /// Logins: a refresh token that is good once. Access tokens are good until expire().
  void allow_login(const std::string& code, const std::string& verifier_challenge);
  void allow_refresh(const std::string& token);
  void allow_access(const std::string& token);
  void expire_access();
  /// OAuth 1.0a: requests signed with this key count as the account's.
  std::string consumer_key = "consumer";

  std::vector<XRequest> requests(std::string_view path_prefix = "") const;
  /// Waits until so many requests to such a path came.
  bool wait_for_requests(std::string_view path_prefix, std::size_t count);
  /// What was wrong with requests, by the table of operations; empty: nothing ever was.
  std::vector<std::string> complaints() const;

 private:
  std::optional<FakeAnswer> handle(HttpFake::Connection connection, const FakeRequest& request);
  std::optional<FakeAnswer> authorised(const XRequest& request, bool app, bool account) const;
  FakeAnswer token(const XRequest& request);
  FakeAnswer list_posts(const XRequest& request, const std::function<bool(const XPost&)>& wanted) const;
  FakeAnswer change_rules(const XRequest& request);
  FakeAnswer write(const XRequest& request);
  FakeAnswer upload(const XRequest& request);
  FakeAnswer describe(const XRequest& request);
  FakeAnswer write_message(const XRequest& request);
  FakeAnswer look_up(const XRequest& request) const;
  FakeAnswer messages(const XRequest& request) const;
  const XUser* user(const std::string& id) const;
  std::string json_of(const XPost& post) const;
  std::string includes_of(const std::vector<const XPost*>& posts) const;
  const XPost* find(const std::string& id) const;

  mutable std::mutex mutex_;  // guards what follows
  std::condition_variable changed_;
  std::uint64_t last_id_ = 0;
  std::uint64_t last_rule_ = 0;
  std::uint64_t last_token_ = 0;
  std::map<std::uint64_t, XPost> posts_;
  std::vector<XRule> rules_;
  std::vector<std::string> written_;
  std::vector<std::pair<std::string, std::string>> messages_written_;
  std::map<std::string, XPicture> pictures_;
  struct Event {
    std::string id;
    std::string sender;
    std::string text;
  };
  std::vector<Event> events_;
  std::deque<std::pair<std::string, FakeAnswer>> refusals_;
  std::vector<XRequest> requests_;
  std::vector<std::string> complaints_;
  std::size_t streams_ = 0;
  HttpFake::Connection stream_ = 0;
  bool lose_next_answer_ = false;
  std::size_t page_size_ = 100;
  std::map<std::string, std::string> codes_;
  std::vector<std::string> refresh_tokens_;
  std::vector<std::string> access_tokens_ = {"account-token"};

  HttpFake server_;  // last: its thread uses all of the above
};

}  // namespace osrbot::fakes
