#include "adapters/slack/request_signature.h"

#include <charconv>
#include <cstdint>

#include "adapters/transport/digest.h"

namespace osrbot::slack {

namespace {

constexpr std::int64_t widest_gap = 300;  // seconds

}  // namespace

std::string request_signature(std::string_view signing_secret, std::string_view timestamp, std::string_view body) {
  std::string signed_text;
  signed_text.reserve(4 + timestamp.size() + body.size());
  signed_text.append("v0:").append(timestamp).append(":").append(body);
  return "v0=" + hex(hmac_sha256(signing_secret, signed_text));
}

bool is_signed_by_slack(const Secret& signing_secret, std::string_view timestamp, std::string_view body,
                        std::string_view signature, std::chrono::sys_seconds now) {
  if (signing_secret.empty() || timestamp.size() > 15) return false;
  std::int64_t seconds = 0;
  const auto [end, error] = std::from_chars(timestamp.data(), timestamp.data() + timestamp.size(), seconds);
  if (error != std::errc() || end != timestamp.data() + timestamp.size()) return false;
  const std::int64_t gap = now.time_since_epoch().count() - seconds;
  if (gap > widest_gap || gap < -widest_gap) return false;
  return equal_in_constant_time(signature, request_signature(signing_secret.reveal(), timestamp, body));
}

}  // namespace osrbot::slack
