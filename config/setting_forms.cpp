#include "config/setting_forms.h"

#include <algorithm>
#include <cctype>

namespace osrbot::settings {

bool is_url(std::string_view text) {
  const auto scheme = text.find("://");
  if (scheme == std::string_view::npos) return false;
  if (text.substr(0, scheme) != "http" && text.substr(0, scheme) != "https") return false;
  const auto host = text.substr(scheme + 3);
  return !host.empty() && host.front() != '/' && host.front() != ':' &&
         std::ranges::none_of(host, [](unsigned char c) { return c <= ' ' || c == '"' || c == '?' || c == '#'; });
}

bool is_token_letter(char c) {
  return std::isalnum(static_cast<unsigned char>(c)) || c == '_' || c == '-';
}

}  // namespace osrbot::settings
