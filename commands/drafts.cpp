#include "commands/drafts.h"

#include <fmt/format.h>

namespace osrbot {
namespace {

bool is_unreserved(unsigned char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '.' ||
         c == '_' || c == '~';
}

std::string percent_encoded(std::string_view text) {
  std::string encoded;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    encoded += is_unreserved(byte) ? std::string(1, c) : fmt::format("%{:02X}", byte);
  }
  return encoded;
}

}  // namespace

std::string reply_link(std::string_view page, std::string_view message_id, std::string_view text) {
  constexpr std::string_view post = "{post}";
  constexpr std::string_view words = "{text}";
  std::string link;
  while (!page.empty()) {
    if (page.starts_with(post)) {
      link += percent_encoded(message_id);
      page.remove_prefix(post.size());
    } else if (page.starts_with(words)) {
      link += percent_encoded(text);
      page.remove_prefix(words.size());
    } else {
      link += page.front();
      page.remove_prefix(1);
    }
  }
  return link;
}

}  // namespace osrbot
