// What the fake X answers to requests.
#include <algorithm>

#include <nlohmann/json.hpp>

#include "adapters/picture.h"
#include "adapters/transport/digest.h"
#include "tests/fakes/fake_x.h"
#include "tests/fakes/x_operations.h"

namespace osrbot::fakes {
namespace {

using nlohmann::json;

std::string decoded(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '%' && i + 2 < text.size()) {
      out += static_cast<char>(std::stoi(std::string(text.substr(i + 1, 2)), nullptr, 16));
      i += 2;
    } else {
      out += text[i] == '+' ? ' ' : text[i];
    }
  }
  return out;
}

std::vector<std::pair<std::string, std::string>> pairs_of(std::string_view query) {
  std::vector<std::pair<std::string, std::string>> pairs;
  while (!query.empty()) {
    const auto end = std::min(query.find('&'), query.size());
    const auto pair = query.substr(0, end);
    const auto equals = std::min(pair.find('='), pair.size());
    pairs.emplace_back(decoded(pair.substr(0, equals)), decoded(pair.substr(std::min(equals + 1, pair.size()))));
    query.remove_prefix(std::min(end + 1, query.size()));
  }
  return pairs;
}

FakeAnswer problem(int status, const std::string& type, const std::string& detail) {
  return {
      .status = status,
      .body =
          json{
              {"type", "https://api.x.com/2/problems/" + type}, {"title", type}, {"status", status}, {"detail", detail}}
              .dump(),
      .content_type = "application/problem+json"};
}

std::uint64_t number(const std::map<std::string, std::string>& query, const char* name) {
  const auto found = query.find(name);
  return found == query.end() ? 0 : std::stoull(found->second);
}

}  // namespace

std::optional<FakeAnswer> FakeX::authorised(const XRequest& request, bool app, bool account) const {
  const std::string& given = request.authorization;
  if (app && given == "Bearer " + bearer) return std::nullopt;
  const bool signed_by_key = given.starts_with("OAuth oauth_consumer_key=\"" + consumer_key + "\"");
  const bool has_token = std::ranges::any_of(access_tokens_, [&](const auto& one) { return given == "Bearer " + one; });
  if (account && (signed_by_key || has_token)) return std::nullopt;
  return problem(401, "not-authorized-for-resource", "Unauthorized");
}

std::optional<FakeAnswer> FakeX::handle(HttpFake::Connection connection, const FakeRequest& raw) {
  const auto mark = std::min(raw.target.find('?'), raw.target.size());
  const auto pairs = pairs_of(raw.target.substr(std::min(mark + 1, raw.target.size())));
  XRequest request{.method = std::string(raw.method),
                   .path = std::string(raw.target.substr(0, mark)),
                   .query = {pairs.begin(), pairs.end()},
                   .body = std::string(raw.body),
                   .authorization = std::string(raw.header("authorization"))};
  const std::lock_guard lock(mutex_);
  requests_.push_back(request);
  changed_.notify_all();
  const auto refusal =
      std::ranges::find_if(refusals_, [&](const auto& one) { return request.path.starts_with(one.first); });
  if (refusal != refusals_.end()) {
    const FakeAnswer answer = refusal->second;
    refusals_.erase(refusal);
    return answer;
  }
  if (request.path == "/2/oauth2/token") return token(request);
  const XOperation* operation = x_operation(request.method, request.path);
  std::string complaint = operation == nullptr ? request.method + " " + request.path + " is no operation"
                                               : x_complaint(*operation, pairs, request.body);
  if (!complaint.empty()) {
    complaints_.push_back(complaint);
    return problem(400, "invalid-request", complaint);
  }
  if (auto no = authorised(request, operation->app, operation->account)) return no;

  if (request.path == "/2/users/me") {
    return FakeAnswer{.body = json{{"data", {{"id", bot.id}, {"username", bot.handle}, {"name", bot.name}}}}.dump()};
  }
  if (request.path == "/2/tweets/search/stream") {
    if (rules_.empty()) return problem(409, "rule-configuration-issue", "No rules");
    ++streams_;
    stream_ = connection;
    server_.begin(connection);
    return std::nullopt;
  }
  if (request.path == "/2/tweets/search/stream/rules") {
    if (request.method == "POST") return change_rules(request);
    json data = json::array();
    for (const XRule& rule : rules_) data.push_back({{"id", rule.id}, {"value", rule.value}, {"tag", rule.tag}});
    json answer = {{"meta", {{"result_count", data.size()}}}};
    if (!data.empty()) answer["data"] = data;
    return FakeAnswer{.body = answer.dump()};
  }
  if (request.path == "/2/tweets/search/recent") {
    return list_posts(request, [&](const XPost& post) { return post.author != bot.id && post.reposts.empty(); });
  }
  if (request.path.ends_with("/mentions")) {
    return list_posts(request,
                      [&](const XPost& post) { return post.text.find("@" + bot.handle) != std::string::npos; });
  }
  if (request.path == "/2/users/" + bot.id + "/tweets") {
    return list_posts(request, [&](const XPost& post) { return post.author == bot.id; });
  }
  if (request.path == "/2/dm_events") return messages(request);
  if (request.path.starts_with("/2/dm_conversations/")) return write_message(request);
  if (request.path == "/2/media/upload") return upload(request);
  if (request.path == "/2/media/metadata") return describe(request);
  return request.method == "POST" ? write(request) : look_up(request);
}

FakeAnswer FakeX::token(const XRequest& request) {
  const auto pairs = pairs_of(request.body);
  const std::map<std::string, std::string> form(pairs.begin(), pairs.end());
  const auto value = [&](const char* name) {
    const auto found = form.find(name);
    return found == form.end() ? std::string() : found->second;
  };
  const FakeAnswer no{.status = 400, .body = R"({"error":"invalid_request","error_description":"not valid"})"};
  if (value("client_id").empty()) return no;
  if (value("grant_type") == "refresh_token") {
    if (std::erase(refresh_tokens_, value("refresh_token")) == 0) return no;
  } else if (value("grant_type") == "authorization_code") {
    const auto code = codes_.find(value("code"));
    if (code == codes_.end() || value("code_verifier").size() < 43 || value("redirect_uri").empty()) return no;
    codes_.erase(code);
  } else {
    return no;
  }
  const std::string number = std::to_string(++last_token_);
  access_tokens_.push_back("access-" + number);
  refresh_tokens_.push_back("refresh-" + number);
  return {.body = json{{"token_type", "bearer"},
                       {"expires_in", 7200},
                       {"access_token", "access-" + number},
                       {"refresh_token", "refresh-" + number},
                       {"scope", "tweet.read tweet.write users.read offline.access"}}
                      .dump()};
}

FakeAnswer FakeX::list_posts(const XRequest& request, const std::function<bool(const XPost&)>& wanted) const {
  const auto since = number(request.query, "since_id");
  const auto below = number(request.query, "pagination_token");
  const auto most = std::min<std::size_t>(page_size_, number(request.query, "max_results"));
  std::vector<const XPost*> page;
  bool more = false;
  for (auto post = posts_.rbegin(); post != posts_.rend() && post->first > since; ++post) {
    if ((below != 0 && post->first >= below) || post->second.deleted || !wanted(post->second)) continue;
    if (page.size() == most) {
      more = true;
      break;
    }
    page.push_back(&post->second);
  }
  std::string data;
  for (const XPost* post : page) data += (data.empty() ? "" : ",") + json_of(*post);
  json meta = {{"result_count", page.size()}};
  if (!page.empty()) meta.update({{"newest_id", page.front()->id}, {"oldest_id", page.back()->id}});
  if (more) meta["next_token"] = page.back()->id;
  return {.body = page.empty() ? json{{"meta", meta}}.dump()
                               : R"({"data":[)" + data + R"(],"includes":)" + includes_of(page) + R"(,"meta":)" +
                                     meta.dump() + "}"};
}

FakeAnswer FakeX::change_rules(const XRequest& request) {
  const json body = json::parse(request.body);
  json errors = json::array();
  for (const json& rule : body.value("add", json::array())) {
    const bool there = std::ranges::any_of(rules_, [&](const XRule& one) { return one.value == rule.at("value"); });
    if (there) {
      errors.push_back({{"title", "DuplicateRule"}, {"value", rule.at("value")}});
    } else if (rule.at("value").get<std::string>().size() > 1024) {
      errors.push_back({{"title", "InvalidRule"}, {"detail", "Rule is too long"}});
    } else {
      rules_.push_back({std::to_string(++last_rule_), rule.at("value"), rule.value("tag", "")});
    }
  }
  if (body.contains("delete")) {
    for (const json& id : body.at("delete").value("ids", json::array())) {
      std::erase_if(rules_, [&](const XRule& rule) { return rule.id == id; });
    }
  }
  json answer = {{"meta", {{"sent", "now"}}}};
  if (!errors.empty()) answer["errors"] = errors;
  return {.status = body.contains("add") ? 201 : 200, .body = answer.dump()};
}

FakeAnswer FakeX::write(const XRequest& request) {
  const json body = json::parse(request.body);
  XPost post{.id = std::to_string(++last_id_), .author = bot.id, .text = body.value("text", "")};
  post.conversation = post.id;
  if (body.contains("reply")) {
    post.reply_to = body.at("reply").at("in_reply_to_tweet_id");
    const XPost* parent = find(post.reply_to);
    if (parent == nullptr) return problem(403, "not-authorized-for-resource", "The post to reply to is deleted");
    post.conversation = parent->conversation;
    const XPost* quoted = find(parent->quotes);
    const bool may = parent->author == bot.id || parent->text.find("@" + bot.handle) != std::string::npos ||
                     (quoted != nullptr && quoted->author == bot.id);
    if (!may) {
      return problem(
          403, "not-authorized-for-resource",
          "Reply to this conversation is not allowed because you have not been mentioned or otherwise engaged "
          "by the author of the post you are replying to.");
    }
  }
  if (body.contains("media")) {
    post.picture = body.at("media").at("media_ids").at(0);
    if (!pictures_.contains(post.picture)) return problem(400, "invalid-request", "Your media IDs are invalid.");
  }
  const bool again = std::ranges::any_of(written_, [&](const std::string& id) {
    const XPost& one = posts_.at(std::stoull(id));
    return one.text == post.text && one.reply_to == post.reply_to;
  });
  if (again) return problem(403, "forbidden", "You are not allowed to create a Tweet with duplicate content.");
  posts_[last_id_] = post;
  written_.push_back(post.id);
  FakeAnswer answer{.status = 201, .body = json{{"data", {{"id", post.id}, {"text", post.text}}}}.dump()};
  if (std::exchange(lose_next_answer_, false)) answer.close_after = 0;
  return answer;
}

FakeAnswer FakeX::upload(const XRequest& request) {
  const json body = json::parse(request.body);
  auto content = from_base64(body.value("media", ""));
  if (body.value("media_category", "") != "tweet_image" || !content || content->empty() ||
      content->size() > largest_picture) {
    return problem(400, "invalid-request", "The media is no image of at most 5 MB.");
  }
  const std::string id = std::to_string(++last_id_);
  pictures_[id] = {.content = *std::move(content), .alt = ""};
  return {.body = json{{"data", {{"id", id}, {"media_key", "3_" + id}, {"expires_after_secs", 86400}}}}.dump()};
}

FakeAnswer FakeX::describe(const XRequest& request) {
  const json body = json::parse(request.body);
  const auto found = pictures_.find(body.value("id", ""));
  if (found == pictures_.end()) return problem(400, "invalid-request", "There is no such media.");
  found->second.alt = body.at("metadata").at("alt_text").at("text");
  return {.body = json{{"data", {{"id", found->first}}}}.dump()};
}

FakeAnswer FakeX::write_message(const XRequest& request) {
  const std::string_view rest =
      std::string_view(request.path).substr(std::string_view("/2/dm_conversations/with/").size());
  messages_written_.emplace_back(rest.substr(0, rest.find('/')), json::parse(request.body).at("text"));
  const std::string id = std::to_string(++last_id_);
  return {.status = 201, .body = json{{"data", {{"dm_conversation_id", "1-2"}, {"dm_event_id", id}}}}.dump()};
}

FakeAnswer FakeX::look_up(const XRequest& request) const {
  json data = json::array();
  json errors = json::array();
  const std::string& ids = request.query.at("ids");
  for (std::size_t begin = 0; begin <= ids.size();) {
    const auto end = std::min(ids.find(',', begin), ids.size());
    const std::string id = ids.substr(begin, end - begin);
    begin = end + 1;
    if (find(id) != nullptr) {
      data.push_back({{"id", id}, {"text", ""}});
    } else {
      errors.push_back({{"type", "https://api.x.com/2/problems/resource-not-found"},
                        {"title", "Not Found Error"},
                        {"detail", "Could not find tweet with ids: [" + id + "]."},
                        {"resource_type", "tweet"},
                        {"resource_id", id},
                        {"parameter", "ids"},
                        {"value", id}});
    }
  }
  json answer = json::object();
  if (!data.empty()) answer["data"] = data;
  if (!errors.empty()) answer["errors"] = errors;
  return {.body = answer.dump()};
}

FakeAnswer FakeX::messages(const XRequest& request) const {
  const auto most = number(request.query, "max_results");
  const auto page = request.query.find("pagination_token");
  std::size_t from = page == request.query.end() ? 0 : std::stoul(page->second);
  json data = json::array();
  json users = json::array();
  for (; from < events_.size() && data.size() < most; ++from) {
    const Event& event = events_[events_.size() - 1 - from];
    data.push_back(
        {{"id", event.id}, {"event_type", "MessageCreate"}, {"text", event.text}, {"sender_id", event.sender}});
    if (const XUser* who = user(event.sender)) {
      users.push_back({{"id", who->id}, {"username", who->handle}, {"name", who->name}});
    }
  }
  json answer = {{"meta", {{"result_count", data.size()}}}};
  if (from < events_.size()) {
    const std::string token = std::to_string(from);
    answer["meta"]["next_token"] = std::string(16 - std::min<std::size_t>(16, token.size()), '0') + token;
  }
  if (!data.empty()) answer.update({{"data", data}, {"includes", {{"users", users}}}});
  return {.body = answer.dump()};
}

}  // namespace osrbot::fakes
