#include "adapters/x/calls.h"

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <nlohmann/json.hpp>

#include "adapters/json_text.h"

namespace osrbot::x::calls {
namespace {

using nlohmann::json;
using Method = HttpRequest::Method;

// X is renaming "tweet" to "post": the stream has the old names yet, the rest has the new ones.
constexpr const char* stream_fields =
    "author_id,conversation_id,display_text_range,edit_history_tweet_ids,entities,id,in_reply_to_user_id,note_tweet,"
    "referenced_tweets,text";
constexpr const char* stream_expansions = "author_id,referenced_tweets.id,referenced_tweets.id.author_id";
constexpr const char* post_fields = "conversation_id,display_text_range,entities,id,note_post,text";
constexpr const char* expansions = "author_id,edit_history_post_ids,in_reply_to_user_id,referenced_posts";
constexpr const char* user_fields = "id,name,username";

void add_page(Parameters& query, Id since, const std::string& page) {
  if (since > 0) query.emplace_back("since_id", std::to_string(since));
  if (!page.empty()) query.emplace_back("pagination_token", page);
}

Parameters listing(Id since, const std::string& page) {
  Parameters query = {
      {"max_results", "100"}, {"post.fields", post_fields}, {"expansions", expansions}, {"user.fields", user_fields}};
  add_page(query, since, page);
  return query;
}

}  // namespace

Call me() {
  return {.path = "/2/users/me", .query = {{"user.fields", user_fields}}, .who = Identity::account};
}

Call stream() {
  return {.path = "/2/tweets/search/stream",
          .query = {{"tweet.fields", stream_fields}, {"expansions", stream_expansions}, {"user.fields", user_fields}}};
}

Call rules(const std::string& page) {
  Call call{.path = "/2/tweets/search/stream/rules"};
  if (!page.empty()) call.query.emplace_back("pagination_token", page);
  return call;
}

Call add_rules(const std::vector<Rule>& rules) {
  json add = json::array();
  for (const Rule& rule : rules) add.push_back({{"value", rule.value}, {"tag", rule.tag}});
  return {.method = Method::post, .path = "/2/tweets/search/stream/rules", .json = json_text({{"add", add}})};
}

Call delete_rules(const std::vector<std::string>& ids) {
  return {
      .method = Method::post, .path = "/2/tweets/search/stream/rules", .json = json_text({{"delete", {{"ids", ids}}}})};
}

Call search(const std::string& query, Id since, const std::string& page, Identity who) {
  Call call{.path = "/2/tweets/search/recent", .query = listing(since, page), .who = who};
  call.query.emplace_back("query", query);
  return call;
}

Call mentions(const std::string& user, Id since, const std::string& page) {
  return {.path = "/2/users/" + user + "/mentions", .query = listing(since, page), .who = Identity::account};
}

Call own_posts(const std::string& user, Id since) {
  Call call{.path = "/2/users/" + user + "/tweets",
            .query = {{"max_results", "20"}, {"post.fields", "id,text"}, {"expansions", "referenced_posts"}},
            .who = Identity::account};
  add_page(call.query, since, "");
  return call;
}

Call messages(std::size_t most, const std::string& page) {
  Call call{.path = "/2/dm_events",
            .query = {{"max_results", std::to_string(most)},
                      {"event_types", "MessageCreate"},
                      {"dm_event.fields", "event_type,id,text"},
                      {"expansions", "sender_id"},
                      {"user.fields", user_fields}},
            .who = Identity::account};
  add_page(call.query, 0, page);
  return call;
}

Call look_up(const std::vector<std::string>& ids) {
  return {.path = "/2/tweets",
          .query = {{"ids", fmt::format("{}", fmt::join(ids, ","))}, {"post.fields", "id"}},
          .who = Identity::account};
}

Call upload(const Picture& picture) {
  return {.method = Method::post,
          .path = "/2/media/upload",
          .json = json_text({{"media", picture.content}, {"media_category", "tweet_image"}}),
          .who = Identity::account};
}

Call describe_picture(const std::string& id, const std::string& alt) {
  return {.method = Method::post,
          .path = "/2/media/metadata",
          .json = json_text({{"id", id}, {"metadata", {{"alt_text", {{"text", alt}}}}}}),
          .who = Identity::account};
}

Call post(const std::string& text, const std::string& reply_to, const std::string& picture) {
  json body = {{"text", text}};
  if (!picture.empty()) body["media"] = {{"media_ids", json::array({picture})}};
  if (!reply_to.empty()) body["reply"] = {{"in_reply_to_tweet_id", reply_to}};
  return {.method = Method::post, .path = "/2/tweets", .json = json_text(body), .who = Identity::account};
}

Call message(const std::string& user, const std::string& text) {
  return {.method = Method::post,
          .path = "/2/dm_conversations/with/" + user + "/messages",
          .json = json_text({{"text", text}}),
          .who = Identity::account};
}

}  // namespace osrbot::x::calls
