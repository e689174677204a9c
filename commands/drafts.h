// Links that open a prepared answer for a person to send.
#pragma once

#include <string>
#include <string_view>

namespace osrbot {

/// `page` with "{post}" and "{text}" filled in, percent-encoded (RFC 3986: all but letters, digits and -._~).
std::string reply_link(std::string_view page, std::string_view message_id, std::string_view text);

}  // namespace osrbot
