// Whether an HTTP request is from Slack.
#pragma once

#include <chrono>
#include <string>
#include <string_view>

#include "config/secret.h"

namespace osrbot::slack {

/// Slack, "Verifying requests": "v0=" and the HMAC-SHA256 in hex of "v0:{timestamp}:{raw body}" under the signing
/// secret; the timestamp must be within 300 s. Compares in constant time.
/// @param timestamp the header X-Slack-Request-Timestamp
/// @param signature the header X-Slack-Signature
bool is_signed_by_slack(const Secret& signing_secret, std::string_view timestamp, std::string_view body,
                        std::string_view signature, std::chrono::sys_seconds now);

/// The signature that Slack would send.
std::string request_signature(std::string_view signing_secret, std::string_view timestamp, std::string_view body);

}  // namespace osrbot::slack
