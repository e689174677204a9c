#include "adapters/x/oauth1.h"

#include <algorithm>

#include <fmt/format.h>

#include "adapters/percent_encoding.h"
#include "adapters/transport/digest.h"

namespace osrbot::x {
std::string query_string(const Parameters& parameters) {
  std::string out;
  for (const auto& [name, value] : parameters) {
    if (!out.empty()) out += '&';
    out += percent_encoded(name) + '=' + percent_encoded(value);
  }
  return out;
}

std::string oauth1_header(const OAuth1Keys& keys, std::string_view method, std::string_view url,
                          const Parameters& query, const std::string& nonce, std::chrono::sys_seconds now) {
  const Parameters oauth = {{"oauth_consumer_key", keys.consumer_key},
                            {"oauth_nonce", nonce},
                            {"oauth_signature_method", "HMAC-SHA1"},
                            {"oauth_timestamp", std::to_string(now.time_since_epoch().count())},
                            {"oauth_token", keys.token},
                            {"oauth_version", "1.0"}};
  Parameters all;
  for (const auto* list : {&oauth, &query}) {
    for (const auto& [name, value] : *list) all.emplace_back(percent_encoded(name), percent_encoded(value));
  }
  std::ranges::sort(all);
  std::string joined;
  for (const auto& [name, value] : all) joined += (joined.empty() ? "" : "&") + name + "=" + value;
  const std::string base = std::string(method) + "&" + percent_encoded(url) + "&" + percent_encoded(joined);
  const std::string key = percent_encoded(keys.consumer_secret) + "&" + percent_encoded(keys.token_secret);

  std::string header = "OAuth ";
  for (const auto& [name, value] : oauth) header += fmt::format("{}=\"{}\", ", name, percent_encoded(value));
  return header + fmt::format("oauth_signature=\"{}\"", percent_encoded(base64(hmac_sha1(key, base))));
}

}  // namespace osrbot::x
