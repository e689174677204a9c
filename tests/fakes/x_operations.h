// The operations of X's API that the bot uses, as X describes them: what a request may hold. The table was checked
// against X's own OpenAPI description (docs.x.com/x-api/overview); the fake refuses what is not in it.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace osrbot::fakes {

struct XParameter {
  std::string_view name;
  std::string_view pattern;  ///< regular expression of the whole value; of each item when it is a list
  bool required = false;
  bool is_list = false;
};

struct XOperation {
  std::string_view method;
  std::string_view path;  ///< "/2/users/{id}/mentions": a part in braces is an id
  bool app = false;       ///< takes the app's bearer token
  bool account = false;   ///< takes an account's token
  std::vector<XParameter> parameters;
  std::vector<std::string_view> body;  ///< the fields it may have, inner ones as "reply.in_reply_to_tweet_id"
};

const std::vector<XOperation>& x_operations();

/// Which operation a request is; null: none.
const XOperation* x_operation(std::string_view method, std::string_view path);

/// What is wrong with the request; empty: nothing. @param query decoded @param body JSON or empty
std::string x_complaint(const XOperation& operation, const std::vector<std::pair<std::string, std::string>>& query,
                        std::string_view body);

}  // namespace osrbot::fakes
