#include "tests/fakes/x_operations.h"

#include <algorithm>
#include <regex>
#include <set>

#include <nlohmann/json.hpp>

namespace osrbot::fakes {
namespace {

using nlohmann::json;

constexpr std::string_view id_pattern = "[0-9]{1,19}";
constexpr std::string_view token_pattern = ".+";
constexpr std::string_view user_fields = "id|name|username|created_at|description|verified|protected";
constexpr std::string_view post_fields =
    "conversation_id|created_at|display_text_range|edit_controls|entities|id|lang|note_post|text|withheld";
constexpr std::string_view post_expansions =
    "author_id|edit_history_post_ids|entities\\.mentions\\.username|in_reply_to_user_id|referenced_posts|username";

XParameter fields(std::string_view name, std::string_view pattern) {
  return {.name = name, .pattern = pattern, .is_list = true};
}

std::vector<XParameter> listing(std::string_view most, std::vector<XParameter> more = {}) {
  std::vector<XParameter> all = {
      {.name = "max_results", .pattern = most},    {.name = "pagination_token", .pattern = token_pattern},
      {.name = "since_id", .pattern = id_pattern}, fields("post.fields", post_fields),
      fields("expansions", post_expansions),       fields("user.fields", user_fields)};
  all.insert(all.end(), more.begin(), more.end());
  return all;
}

void list_fields(const json& object, const std::string& prefix, std::set<std::string>& names) {
  for (const auto& [name, value] : object.items()) {
    names.insert(prefix + name);
    if (value.is_object()) list_fields(value, prefix + name + ".", names);
    if (value.is_array()) {
      for (const json& one : value) {
        if (one.is_object()) list_fields(one, prefix + name + ".", names);
      }
    }
  }
}

bool matches(std::string_view value, std::string_view pattern) {
  return std::regex_match(value.begin(), value.end(), std::regex(std::string(pattern)));
}

bool matches(const XParameter& parameter, const std::string& value) {
  if (!parameter.is_list) return matches(value, parameter.pattern);
  std::set<std::string> seen;
  for (std::size_t begin = 0; begin <= value.size();) {
    const auto end = std::min(value.find(',', begin), value.size());
    const auto item = value.substr(begin, end - begin);
    if (!matches(item, parameter.pattern) || !seen.insert(item).second) return false;
    begin = end + 1;
  }
  return true;
}

}  // namespace

const std::vector<XOperation>& x_operations() {
  static const std::vector<XOperation> table = {
      {.method = "GET", .path = "/2/users/me", .account = true, .parameters = {fields("user.fields", user_fields)}},
      {.method = "GET",
       .path = "/2/tweets/search/stream",
       .app = true,
       .parameters = {fields(
                          "tweet.fields",
                          "author_id|conversation_id|created_at|display_text_range|edit_history_tweet_ids|entities|id|"
                          "in_reply_to_user_id|lang|note_tweet|referenced_tweets|text"),
                      fields("expansions",
                             "author_id|edit_history_tweet_ids|in_reply_to_user_id|referenced_tweets\\.id|"
                             "referenced_tweets\\.id\\.author_id"),
                      fields("user.fields", user_fields)}},
      {.method = "GET",
       .path = "/2/tweets/search/stream/rules",
       .app = true,
       .parameters = {{.name = "pagination_token", .pattern = ".{16}"}}},
      {.method = "POST",
       .path = "/2/tweets/search/stream/rules",
       .app = true,
       .body = {"add", "add.value", "add.tag", "delete", "delete.ids", "delete.values"}},
      {.method = "GET",
       .path = "/2/tweets/search/recent",
       .app = true,
       .account = true,
       .parameters = listing("[1-9][0-9]|100", {{.name = "query", .pattern = "[\\s\\S]{1,4096}", .required = true}})},
      {.method = "GET",
       .path = "/2/users/{id}/mentions",
       .app = true,
       .account = true,
       .parameters = listing("[5-9]|[1-9][0-9]|100")},
      {.method = "GET",
       .path = "/2/users/{id}/tweets",
       .app = true,
       .account = true,
       .parameters = listing("[5-9]|[1-9][0-9]|100")},
      {.method = "GET",
       .path = "/2/tweets",
       .app = true,
       .account = true,
       .parameters = {{.name = "ids", .pattern = id_pattern, .required = true, .is_list = true},
                      fields("post.fields", post_fields)}},
      {.method = "GET",
       .path = "/2/dm_events",
       .account = true,
       .parameters = {{.name = "max_results", .pattern = "[1-9]|[1-9][0-9]|100"},
                      {.name = "pagination_token", .pattern = ".{16,}"},
                      fields("event_types", "MessageCreate|ParticipantsJoin|ParticipantsLeave"),
                      fields("dm_event.fields", "created_at|dm_conversation_id|event_type|id|text"),
                      fields("expansions", "participant_ids|sender_id"),
                      fields("user.fields", user_fields)}},
      {.method = "POST",
       .path = "/2/tweets",
       .account = true,
       .body = {"text", "reply", "reply.in_reply_to_tweet_id", "reply.exclude_reply_user_ids", "quote_tweet_id",
                "media", "media.media_ids"}},
      {.method = "POST", .path = "/2/media/upload", .account = true, .body = {"media", "media_category"}},
      {.method = "POST",
       .path = "/2/media/metadata",
       .account = true,
       .body = {"id", "metadata", "metadata.alt_text", "metadata.alt_text.text"}},
      {.method = "POST", .path = "/2/dm_conversations/with/{id}/messages", .account = true, .body = {"text"}},
  };
  return table;
}

const XOperation* x_operation(std::string_view method, std::string_view path) {
  for (const XOperation& operation : x_operations()) {
    const auto pattern =
        std::regex_replace(std::string(operation.path), std::regex("\\{id\\}"), std::string(id_pattern));
    if (operation.method == method && matches(path, pattern)) return &operation;
  }
  return nullptr;
}

std::string x_complaint(const XOperation& operation, const std::vector<std::pair<std::string, std::string>>& query,
                        std::string_view body) {
  for (const auto& [name, value] : query) {
    const auto known = std::ranges::find(operation.parameters, name, &XParameter::name);
    if (known == operation.parameters.end()) return "The query parameter [" + name + "] is not one of those allowed.";
    if (!matches(*known, value)) return "The value of [" + name + "] is not valid: " + value;
  }
  for (const XParameter& parameter : operation.parameters) {
    if (parameter.required &&
        std::ranges::find(query, parameter.name, &std::pair<std::string, std::string>::first) == query.end())
      return "The query parameter [" + std::string(parameter.name) + "] is missing.";
  }
  if (operation.body.empty()) return body.empty() ? "" : "There is a body.";
  const json value = json::parse(body, nullptr, false);
  if (!value.is_object() || value.empty()) return "The body is no JSON object.";
  std::set<std::string> names;
  list_fields(value, "", names);
  for (const std::string& name : names) {
    if (std::ranges::find(operation.body, name) == operation.body.end()) return "[" + name + "] is not allowed.";
  }
  return "";
}

}  // namespace osrbot::fakes
