// Signatures of OAuth 1.0a (RFC 5849) with HMAC-SHA1, as X takes them.
#pragma once

#include <chrono>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace osrbot::x {

/// Names and values, decoded.
using Parameters = std::vector<std::pair<std::string, std::string>>;

/// "a=1&b=x%20y"
std::string query_string(const Parameters& parameters);

struct OAuth1Keys {
  std::string consumer_key;
  std::string consumer_secret;
  std::string token;
  std::string token_secret;
};

/// The value of the Authorization header for a request. A JSON body is not signed. @param url without its query
std::string oauth1_header(const OAuth1Keys& keys, std::string_view method, std::string_view url,
                          const Parameters& query, const std::string& nonce, std::chrono::sys_seconds now);

}  // namespace osrbot::x
