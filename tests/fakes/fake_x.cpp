#include "tests/fakes/fake_x.h"

#include <algorithm>

#include <nlohmann/json.hpp>

namespace osrbot::fakes {
namespace {

using nlohmann::json;

constexpr std::chrono::milliseconds epoch{1'288'834'974'657};

}  // namespace

FakeX::FakeX()
    : server_([this](HttpFake::Connection connection, const FakeRequest& request) {
        return handle(connection, request);
      }) {}

std::string FakeX::new_id(std::chrono::sys_time<std::chrono::milliseconds> at) {
  const std::lock_guard lock(mutex_);
  const auto milliseconds = at.time_since_epoch() - epoch;
  last_id_ = std::max(last_id_ + 1, static_cast<std::uint64_t>(milliseconds.count()) << 22U);
  return std::to_string(last_id_);
}

XPost FakeX::add(XPost post) {
  if (post.id.empty())
    post.id = new_id(std::chrono::floor<std::chrono::milliseconds>(std::chrono::system_clock::now()));
  if (post.conversation.empty()) post.conversation = post.id;
  const std::lock_guard lock(mutex_);
  posts_[std::stoull(post.id)] = post;
  return post;
}

void FakeX::remove(const std::string& id) {
  const std::lock_guard lock(mutex_);
  posts_.at(std::stoull(id)).deleted = true;
}

const XUser* FakeX::user(const std::string& id) const {
  for (const XUser* one : {&bot, &ana, &bo}) {
    if (one->id == id) return one;
  }
  return nullptr;
}

const XPost* FakeX::find(const std::string& id) const {
  const auto found = id.empty() ? posts_.end() : posts_.find(std::stoull(id));
  return found == posts_.end() || found->second.deleted ? nullptr : &found->second;
}

std::string FakeX::json_of(const XPost& post) const {
  json out = {{"id", post.id}, {"text", post.text}, {"author_id", post.author}, {"conversation_id", post.conversation}};
  json references = json::array();
  if (!post.reply_to.empty()) references.push_back({{"type", "replied_to"}, {"id", post.reply_to}});
  if (!post.quotes.empty()) references.push_back({{"type", "quoted"}, {"id", post.quotes}});
  if (!post.reposts.empty()) references.push_back({{"type", "retweeted"}, {"id", post.reposts}});
  if (!references.empty()) out["referenced_posts"] = references;
  if (const XPost* parent = find(post.reply_to)) out["in_reply_to_user_id"] = parent->author;
  out["edit_history_post_ids"] = post.versions.empty() ? json::array({post.id}) : json(post.versions);
  return out.dump();
}

std::string FakeX::includes_of(const std::vector<const XPost*>& posts) const {
  json users = json::array();
  json referenced = json::array();
  for (const XUser* one : {&bot, &ana, &bo}) {
    users.push_back({{"id", one->id}, {"username", one->handle}, {"name", one->name}});
  }
  for (const XPost* post : posts) {
    if (const XPost* quoted = find(post->quotes)) referenced.push_back(json::parse(json_of(*quoted)));
  }
  return json{{"users", users}, {"posts", referenced}}.dump();
}

std::string FakeX::line_of(const XPost& post) const {
  const std::lock_guard lock(mutex_);
  return R"({"data":)" + json_of(post) + R"(,"includes":)" + includes_of({&post}) +
         R"(,"matching_rules":[{"id":"1","tag":"osrbot:tags"}]})";
}

bool FakeX::wait_for_streams(std::size_t count) {
  std::unique_lock lock(mutex_);
  return changed_.wait_for(lock, std::chrono::seconds(60), [&] { return streams_ >= count; });
}

std::size_t FakeX::streams() const {
  const std::lock_guard lock(mutex_);
  return streams_;
}

void FakeX::stream(const std::string& bytes) {
  server_.post([this, bytes] {
    std::unique_lock lock(mutex_);
    const auto connection = stream_;
    lock.unlock();
    server_.send(connection, bytes);
  });
}

void FakeX::hang_up() {
  server_.post([this] {
    std::unique_lock lock(mutex_);
    const auto connection = stream_;
    lock.unlock();
    server_.hang_up(connection);
  });
}

std::vector<XRule> FakeX::rules() const {
  const std::lock_guard lock(mutex_);
  return rules_;
}

void FakeX::set_rules(std::vector<XRule> rules) {
  const std::lock_guard lock(mutex_);
  rules_ = std::move(rules);
}

std::vector<XPost> FakeX::written() const {
  const std::lock_guard lock(mutex_);
  std::vector<XPost> posts;
  for (const std::string& id : written_) posts.push_back(posts_.at(std::stoull(id)));
  return posts;
}

std::vector<std::pair<std::string, std::string>> FakeX::messages_written() const {
  const std::lock_guard lock(mutex_);
  return messages_written_;
}

std::map<std::string, XPicture> FakeX::pictures() const {
  const std::lock_guard lock(mutex_);
  return pictures_;
}

void FakeX::message_from(const XUser& sender, const std::string& text, const std::string& id) {
  const std::lock_guard lock(mutex_);
  events_.push_back({id, sender.id, text});
}

void FakeX::refuse(const std::string& path, FakeAnswer answer) {
  const std::lock_guard lock(mutex_);
  refusals_.emplace_back(path, std::move(answer));
}

void FakeX::lose_next_answer() {
  const std::lock_guard lock(mutex_);
  lose_next_answer_ = true;
}

void FakeX::allow_login(const std::string& code, const std::string& verifier_challenge) {
  const std::lock_guard lock(mutex_);
  codes_[code] = verifier_challenge;
}

void FakeX::allow_refresh(const std::string& token) {
  const std::lock_guard lock(mutex_);
  refresh_tokens_.push_back(token);
}

void FakeX::allow_access(const std::string& token) {
  const std::lock_guard lock(mutex_);
  access_tokens_.push_back(token);
}

void FakeX::expire_access() {
  const std::lock_guard lock(mutex_);
  access_tokens_.clear();
}

std::vector<XRequest> FakeX::requests(std::string_view path_prefix) const {
  const std::lock_guard lock(mutex_);
  std::vector<XRequest> found;
  std::ranges::copy_if(requests_, std::back_inserter(found),
                       [&](const XRequest& request) { return request.path.starts_with(path_prefix); });
  return found;
}

bool FakeX::wait_for_requests(std::string_view path_prefix, std::size_t count) {
  std::unique_lock lock(mutex_);
  return changed_.wait_for(lock, std::chrono::seconds(60), [&] {
    return static_cast<std::size_t>(std::ranges::count_if(
               requests_, [&](const XRequest& request) { return request.path.starts_with(path_prefix); })) >= count;
  });
}

std::vector<std::string> FakeX::complaints() const {
  const std::lock_guard lock(mutex_);
  return complaints_;
}

}  // namespace osrbot::fakes
